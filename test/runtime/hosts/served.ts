/** A gateway on a free port of loopback, in front of a backend that the test gives. */
import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from "node:http";
import { type AddressInfo, createServer as createNetServer, type Server, type Socket } from "node:net";
import type { HostLimits, HostSettings } from "../../../runtime/contract/gateway.ts";
import type { RequestRules } from "../../../runtime/contract/request-rules.ts";
import { nodeWorld } from "../../../runtime/hosts/node/world.ts";
import type { Overload } from "../../../runtime/hosts/node/overload.ts";
import { serve, type Serving } from "../../../runtime/hosts/node/serve.ts";
import type { Observer } from "../../../runtime/observe/observer.ts";
import type { AccessEntry } from "../../../runtime/observe/access-entry.ts";
import { plainGateway } from "./plain-gateway.ts";
import { waiting } from "../../harness/waiting.ts";

export type Served = {
  readonly port: number;
  readonly entries: AccessEntry[];
  readonly faults: unknown[];
  readonly serving: Serving;
  readonly stop: () => Promise<void>;
};

export type Setting = {
  readonly limits?: Partial<HostLimits>;
  readonly timeout?: number;
  readonly targets?: readonly string[];
  readonly observers?: readonly Observer[];
  readonly overload?: Overload;
};

const limits: HostLimits = { body: 1024 * 1024, headers: 16_384, headerTimeout: 2_000, bodyTimeout: 2_000, idleTimeout: 5_000 };

export async function serveBefore(backend: Server | HttpServer | undefined, setting: Setting = {}, rules?: RequestRules): Promise<Served> {
  const targets = setting.targets ?? (backend === undefined ? [] : [`http://127.0.0.1:${portOf(backend)}`]);
  const settings: HostSettings = {
    name: "test",
    port: 0,
    entries: [],
    limits: { ...limits, ...setting.limits },
    backends: [{ kind: "http", name: "main", targets, traffic: { timeouts: waiting(setting.timeout ?? 2_000) } }],
  };
  const entries: AccessEntry[] = [];
  const faults: unknown[] = [];
  const serving = await serve({ gateway: plainGateway(settings, rules), settings }, nodeWorld(), {
    address: "127.0.0.1",
    sites: ["shop.gwl:10", "policies.gwl:3"],
    ...(setting.overload === undefined ? {} : { overload: setting.overload }),
    log: (entry) => entries.push(entry),
    fault: (_id, error) => faults.push(error),
    observers: setting.observers ?? [],
  });
  return { port: serving.port, entries, faults, serving, stop: () => serving.stop(0) };
}

export function portOf(server: Server | HttpServer): number {
  return (server.address() as AddressInfo).port;
}

/** An HTTP backend; `close` ends its connections too. */
export async function httpBackend(listener: RequestListener): Promise<HttpServer> {
  const server = createHttpServer(listener);
  await listen(server);
  return server;
}

/** A backend that speaks bytes; `calls` counts the connections. */
export async function rawBackend(onConnection: (socket: Socket, connection: number) => void): Promise<Server> {
  let count = 0;
  const server = createNetServer((socket) => {
    socket.on("error", () => {});
    onConnection(socket, ++count);
  });
  await listen(server);
  return server;
}

function listen(server: Server | HttpServer): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
}

export async function until(holds: () => boolean, milliseconds = 15_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!holds()) {
    if (Date.now() > end) throw new Error("it did not come to pass");
    await pause(10);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
