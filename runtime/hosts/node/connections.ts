/**
 * Requests of one connection, one after the other. Promises: a pipelined request is not looked at before the answer to the
 * one before it has left, and not at all once an answer has said that the connection ends. So what is smuggled behind a refused
 * request reaches no backend.
 */
import type { Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

type Line = { waiting: number; last: Promise<void>; current: ServerResponse | undefined };

const mostWaiting = 32;

export type Connections = {
  /** Runs `work` when its turn comes, which may be done at once; not at all when the connection has ended before. */
  readonly inTurn: (socket: Duplex, response: ServerResponse, work: () => Promise<void> | undefined) => void;
  /** The answer that is under way, if any. */
  readonly current: (socket: Duplex) => ServerResponse | undefined;
  /** Closes all on which no answer is under way, those that never said anything too. */
  readonly closeIdle: () => void;
  /** Ends all that are open, those with an answer under way once it has left. */
  readonly retire: () => void;
};

/** `event`: of the server, when a connection is ready for requests. `hasEnded`: told of each request that has had its turn. */
export function connections(server: Server, event: "connection" | "secureConnection", hasEnded: () => void): Connections {
  const open = new Set<Duplex>();
  server.on(event, (socket: Duplex) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  const retired = new WeakSet<Duplex>();
  const lines = new WeakMap<Duplex, Line>();
  const lineOf = (socket: Duplex): Line => {
    const known = lines.get(socket);
    const line = known ?? { waiting: 0, last: Promise.resolve(), current: undefined };
    if (known === undefined) lines.set(socket, line);
    return line;
  };
  const step = async (line: Line, socket: Duplex, response: ServerResponse, work: () => Promise<void> | undefined): Promise<void> => {
    line.current = response;
    const working = work();
    if (working !== undefined) await working;
    line.current = undefined;
    line.waiting--;
    if (!response.shouldKeepAlive && line.waiting > 0) socket.destroy();
    else if (retired.has(socket)) socket.end();
    hasEnded();
  };
  return {
    inTurn: (socket, response, work) => {
      const line = lineOf(socket);
      if (++line.waiting > mostWaiting) {
        socket.destroy();
        return;
      }
      const begin = (): Promise<void> | undefined =>
        socket.destroyed || response.destroyed ? undefined : step(line, socket, response, work);
      line.last = line.waiting === 1 ? (begin() ?? Promise.resolve()) : line.last.then(begin);
    },
    current: (socket) => lines.get(socket)?.current,
    retire: () => {
      for (const socket of open) {
        const current = lines.get(socket)?.current;
        if (current === undefined) socket.destroy();
        else retired.add(socket);
        if (current !== undefined) current.shouldKeepAlive = false;
      }
    },
    closeIdle: () => {
      for (const socket of open) if (lines.get(socket)?.current === undefined) socket.destroy();
    },
  };
}
