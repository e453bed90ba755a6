/** The HTTP side of a door: strict parsing, deadlines, one request of a connection after the other. Knows no gateway's rules and no door's kind. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { Server as SocketServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { TlsOptions } from "node:tls";
import { type Connections, connections } from "./connections.ts";
import type { ArrivedBy } from "./door.ts";
import type { Host, Http2Doors, Http2Sessions } from "./host.ts";
import { parserFault, refuseRaw } from "./raw-refusal.ts";
import { answer } from "./serve-request.ts";
import { shed } from "./shed.ts";

/** The parser's own limit stands above ours, so that it is ours which answers. */
const roomForTarget = 48 * 1024;

export type HttpServer = { readonly server: Server; readonly line: Connections; readonly http2: Http2Sessions | undefined };
/** `tls`: where the door speaks it. `http2`: whether it speaks that as well. */
export type DoorKind = { readonly tls?: TlsOptions | undefined; readonly http2?: true | undefined };

/** `door`: the entry's name; empty for the gateway's own. */
export function httpServer(host: Host, door: string, arrivedBy: ArrivedBy, { tls, http2 }: DoorKind): HttpServer {
  const { limits } = host.settings;
  const options = {
    insecureHTTPParser: false,
    requireHostHeader: false,
    joinDuplicateHeaders: false,
    noDelay: true,
    maxHeaderSize: limits.headers + roomForTarget,
    headersTimeout: limits.headerTimeout,
    requestTimeout: limits.headerTimeout + limits.bodyTimeout + 1_000,
    keepAliveTimeout: limits.idleTimeout,
    connectionsCheckingInterval: Math.min(1_000, limits.headerTimeout / 2),
  };
  const server: Server = tls === undefined ? createServer(options) : createTlsServer({ ...options, ...tls });
  server.maxHeadersCount = 0;
  const event = tls === undefined ? "connection" : "secureConnection";
  const line = connections(server, event, () => host.isStopping() && setImmediate(line.closeIdle));
  const { observer } = host;
  server.on(event, (socket: Duplex) => {
    observer.happened({ kind: "connection-opened", door });
    socket.once("close", () => observer.happened({ kind: "connection-closed", door }));
  });
  const { overload } = host;
  const take = (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void => {
    if (overload !== undefined && !request.url?.startsWith("/-/")) {
      if (!overload.enter()) return shed(request, response, host.world.requestId());
      response.once("close", overload.leave);
    }
    line.inTurn(request.socket, response, () => {
      if (host.isLeaving()) response.shouldKeepAlive = false;
      return answer(host, () => arrivedBy(request.socket), request, response, awaitsContinue);
    });
  };
  server.on("request", (request, response) => take(request, response, false));
  server.on("checkContinue", (request, response) => take(request, response, true));
  server.on("checkExpectation", (request, response) => take(request, response, false));
  const refuse = (fault: Parameters<typeof refuseRaw>[1], socket: Duplex): void =>
    refuseRaw(host, fault, socket, arrivedBy(socket as Socket).peer, line.current(socket));
  host.upgrades?.(server, {
    isBusy: (socket) => line.current(socket) !== undefined,
    take: (request, response) => take(request, response, false),
    refuse: (socket) => refuse("malformed", socket),
  });
  server.on("connect", (_request: IncomingMessage, socket: Duplex) => refuse("malformed", socket));
  server.on("clientError", (error, socket) => {
    const fault = parserFault(error, socket);
    if (fault === undefined) socket.destroy();
    else refuse(fault, socket);
  });
  return { server, line, http2: http2 && speaking(host)(host, door, arrivedBy, server, tls !== undefined) };
}

function speaking({ http2Doors }: Host): Http2Doors {
  if (http2Doors === undefined) throw new Error("the server brings nothing that could speak HTTP/2");
  return http2Doors;
}

/** Takes no more, lets calls in flight end for at most `grace` milliseconds, then breaks them. */
export function closed({ server, line, http2 }: HttpServer, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.closeAllConnections();
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

/** Takes no more; each connection ends with its next answer, or after the idle time as ever. `node:http` would break those on which a request may be coming. */
export function retired({ server, http2 }: HttpServer): Promise<void> {
  http2?.retire();
  return new Promise((resolve) => void SocketServer.prototype.close.call(server, () => resolve()));
}
