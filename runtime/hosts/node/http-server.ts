/** The HTTP side of a door: which connections are open, and what becomes of their requests. Knows no gateway's rules and no door's kind. */
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import type { ArrivedBy } from "./door.ts";
import type { Host, Http2Doors, Http2Sessions } from "./host.ts";
import { Connection, type ConnectionDoor } from "./http1/connection.ts";
import { rawRefusal } from "./raw-refusal.ts";
import { takeCall } from "./take-call.ts";

/** The most that is read of a head stands above the limits of the gateway, so that it is the gateway which answers. */
const roomForTarget = 48 * 1024;

export type HttpServer = { readonly server: Server; readonly line: Connections; readonly http2: Http2Sessions | undefined };
/** The connections of HTTP/1.1. */
export type Connections = {
  /** Ends all on which no answer is under way, those that never said anything too. */
  readonly closeIdle: () => void;
  /** Ends all, those with an answer under way once it has left. */
  readonly retire: () => void;
  readonly destroy: () => void;
};
/** `tls`: where the door speaks it. `http2`: whether it speaks that as well. */
export type DoorKind = { readonly tls?: TlsOptions | undefined; readonly http2?: true | undefined };

/** `door`: the entry's name; empty for the gateway's own. */
export function httpServer(host: Host, door: string, arrivedBy: ArrivedBy, { tls, http2 }: DoorKind): HttpServer {
  // A client that says no more may still read.
  const options = { noDelay: true, allowHalfOpen: true };
  const server: Server = tls === undefined ? createServer(options) : createTlsServer({ ...options, ...tls });
  const open = new Set<Connection>();
  const { observer } = host;
  const behind = connectionDoor(host, arrivedBy, (connection) => {
    open.delete(connection);
    observer.happened({ kind: "connection-closed", door });
  });
  server.on(tls === undefined ? "connection" : "secureConnection", (socket: Socket) => {
    // Who stands before may have refused it.
    if (socket.destroyed) return;
    open.add(new Connection(socket, behind));
    observer.happened({ kind: "connection-opened", door });
  });
  const all = (does: (connection: Connection) => void) => (): void => {
    for (const connection of open) does(connection);
  };
  const line: Connections = {
    closeIdle: all((connection) => connection.isBusy() || connection.socket.destroy()),
    retire: all((connection) => connection.retire()),
    destroy: all((connection) => connection.socket.destroy()),
  };
  return { server, line, http2: http2 && speaking(host)(host, door, arrivedBy, server, tls !== undefined) };
}

function connectionDoor(host: Host, arrivedBy: ArrivedBy, onClose: (connection: Connection) => void): ConnectionDoor {
  const { limits } = host.settings;
  return {
    headBytes: limits.headers + roomForTarget,
    headerTimeout: limits.headerTimeout,
    idleTimeout: limits.idleTimeout,
    upgrades: host.settings.backends.some(({ kind }) => kind === "websocket"),
    leaving: () => (host.isStopping() ? "stopping" : host.isLeaving() ? "retiring" : "no"),
    onRequest: ({ socket }, request, response) => takeCall(host, () => arrivedBy(socket), request, response),
    refusal: ({ socket }, fault, request) => rawRefusal(host, fault, request?.rawHeaders ?? [], arrivedBy(socket).peer),
    onClose,
  };
}

function speaking({ http2Doors }: Host): Http2Doors {
  if (http2Doors === undefined) throw new Error("the server brings nothing that could speak HTTP/2");
  return http2Doors;
}

/** Takes no more, lets calls in flight end for at most `grace` milliseconds, then breaks them. */
export function closed({ server, line, http2 }: HttpServer, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      line.destroy();
      http2?.destroy();
    }, grace);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    line.closeIdle();
    http2?.close();
  });
}

/** Takes no more; each connection ends with its next answer, or after the idle time as ever. */
export function retired({ server, http2 }: HttpServer): Promise<void> {
  http2?.retire();
  return new Promise((resolve) => void server.close(() => resolve()));
}
