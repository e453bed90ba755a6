/**
 * A connection to a server, for one call after the other. Promises: where a server said more than one answer, or anything while nobody asked, the
 * connection ends (else the next caller would get what was meant for nobody).
 */
import type { Socket } from "node:net";
import { stallTimer } from "../../stall-timer.ts";
import type { Trouble } from "../transport.ts";
import type { Call, Carrier } from "./call.ts";

export type Connection = Carrier & {
  /** Begins a call, at once where the connection is ready. */
  readonly begin: (call: Call) => void;
};

/** Where connections rest between calls. */
export type Rest = {
  /** False: there is no place. */
  readonly add: (connection: Connection) => boolean;
  /** It is gone; `hasFailed`: by an error. */
  readonly remove: (connection: Connection, hasFailed: boolean) => void;
};

/** `ready`: the event by which the socket says that it can be used. */
export function connection(socket: Socket, ready: "connect" | "secureConnect", rest: Rest): Connection {
  let current: Call | undefined;
  let isReady = false;
  let isReused = false;
  /** Something has come since the call began. */
  let isHeard = false;
  let failure: NodeJS.ErrnoException | undefined;
  const idle = stallTimer(0, () => socket.destroy());
  /** Why a call has no answer on a connection that has gone. */
  const trouble = (): Trouble => {
    if (!isReady) return "connect";
    if (!isReused || isHeard) return "reset";
    const code = failure?.code;
    return code === undefined || code === "ECONNRESET" || code === "EPIPE" ? "stale" : "reset";
  };
  const self: Connection = {
    socket,
    begin: (call) => {
      current = call;
      isHeard = false;
      idle.hold();
      call.connection = self;
      if (isReady) call.watch.onConnected(call);
    },
    release: (keepFor) => {
      current = undefined;
      if (keepFor === 0 || socket.destroyed || !socket.readable || socket.readableLength > 0 || !rest.add(self)) {
        socket.destroy();
        return;
      }
      isReused = true;
      if (socket.isPaused()) socket.resume();
      idle.touch(keepFor);
    },
  };
  socket.once(ready, () => {
    isReady = true;
    current?.watch.onConnected(current);
  });
  socket.on("data", (chunk: Buffer) => {
    isHeard = true;
    if (current === undefined) socket.destroy();
    else current.take(chunk);
  });
  socket.on("drain", () => current?.watch.onDrain());
  socket.on("end", () => {
    if (isReady && isHeard) current?.takeEnd();
    socket.destroy();
  });
  socket.on("error", (error) => {
    failure = error;
  });
  socket.on("close", () => {
    idle.hold();
    rest.remove(self, failure !== undefined);
    current?.takeBreak(trouble());
  });
  return self;
}
