/**
 * A gateway behind `node:http`. Promises strict parsing, deadlines on every phase, and that all a request may do is what its
 * outcome says. Knows no rule of any gateway.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Gateway, HostSettings } from "../../contract/gateway.ts";
import type { World } from "../../contract/world.ts";
import type { LogSink } from "../../observe/access-entry.ts";
import { backendPool } from "./backend-pool.ts";
import { type Connections, connections } from "./connections.ts";
import { newExchange } from "./exchange.ts";
import { answeredHealth } from "./health.ts";
import type { Host } from "./host.ts";
import { parserFault, refuseRaw } from "./raw-refusal.ts";
import { serveRequest } from "./serve-request.ts";

export type ServeOptions = {
  /** Instead of the settings' port; 0: any free one. */
  readonly port?: number;
  /** The address to listen on; without one: all. */
  readonly address?: string;
  /** `file:line` of each site. */
  readonly sites: readonly string[];
  readonly log: LogSink;
  readonly fault: (id: string, error: unknown) => void;
};
export type Serving = {
  readonly address: string;
  readonly port: number;
  /** Takes no more connections, lets calls in flight end for at most `grace` milliseconds, then breaks them. */
  readonly stop: (grace: number) => Promise<void>;
};

/** The parser's own limit stands above ours, so that it is ours which answers. */
const roomForTarget = 48 * 1024;

/** Resolves when listening; rejects where that is not possible. */
export async function serve(
  started: { readonly gateway: Gateway; readonly settings: HostSettings },
  world: World,
  options: ServeOptions,
): Promise<Serving> {
  const { gateway, settings } = started;
  let isStopping = false;
  const backends = new Map(settings.backends.map((backend) => [backend.name, backendPool(backend)]));
  const { sites, log, fault } = options;
  const host: Host = { gateway, settings, world, backends, sites, log, fault, isStopping: () => isStopping };
  const { server, line } = httpServer(host);
  await listening(server, options.port ?? settings.port, options.address);
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the server has no port");
  return {
    address: bound.family === "IPv6" ? `[${bound.address}]` : bound.address,
    port: bound.port,
    stop: async (grace) => {
      isStopping = true;
      await closed(server, line, grace);
      for (const pool of backends.values()) pool.close();
    },
  };
}

function httpServer(host: Host): { readonly server: Server; readonly line: Connections } {
  const { limits } = host.settings;
  const server = createServer({
    insecureHTTPParser: false,
    requireHostHeader: false,
    joinDuplicateHeaders: false,
    noDelay: true,
    maxHeaderSize: limits.headers + roomForTarget,
    headersTimeout: limits.headerTimeout,
    requestTimeout: limits.headerTimeout + limits.bodyTimeout + 1_000,
    keepAliveTimeout: limits.idleTimeout,
    connectionsCheckingInterval: Math.min(1_000, limits.headerTimeout / 2),
  });
  server.maxHeadersCount = 0;
  const line = connections(server);
  const take = (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void => {
    line.inTurn(request.socket, response, async () => {
      if (answeredHealth(request, response, host.isStopping())) return;
      await serveRequest(newExchange(host, request, response, awaitsContinue));
      if (host.isStopping()) setImmediate(line.closeIdle);
    });
  };
  server.on("request", (request, response) => take(request, response, false));
  server.on("checkContinue", (request, response) => take(request, response, true));
  server.on("checkExpectation", (request, response) => take(request, response, false));
  server.on("connect", (_request: IncomingMessage, socket: Duplex) => refuseRaw(host, "malformed", socket, line.current(socket)));
  server.on("clientError", (error, socket) => {
    const fault = parserFault(error, socket);
    if (fault === undefined) socket.destroy();
    else refuseRaw(host, fault, socket, line.current(socket));
  });
  return { server, line };
}

function listening(server: Server, port: number, address: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, ...(address === undefined ? {} : { host: address }) }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function closed(server: Server, line: Connections, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    line.closeIdle();
  });
}
