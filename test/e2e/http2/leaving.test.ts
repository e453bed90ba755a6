/** How connections of HTTP/2 end when a gateway stops, retires or is swapped: no call is lost. */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { BIN, ended, environment } from "../../cli/gwl.ts";
import { adminCall } from "../../figures/admin-call.ts";
import { endOf, portOf, startGateway } from "../shop/gateway-process.ts";
import { httpBackend, pause, portOf as portOfServer, until } from "../../runtime/hosts/served.ts";
import { ordersClient, service } from "./grpc-service.ts";
import { ask, type Client, clientOf, type Http2Gateway, http2Gateway } from "./http2-gateway.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function slowBackend(): Promise<Server> {
  const backend = await httpBackend((request, answer) => {
    request.resume();
    if (request.url === "/slow") setTimeout(() => answer.end("slow"), 300);
    else answer.end("quick");
  });
  open.push(() => {
    backend.closeAllConnections();
    backend.close();
  });
  return backend;
}

async function gatewayBefore(backend: Server, calls?: number): Promise<Http2Gateway> {
  const gateway = await http2Gateway(
    `
backend main = http { targets: ["http://127.0.0.1:${portOfServer(backend)}"] }
gateway shop { listen 0 { http2: true }, limits { idle_timeout: 1s } }
entry outside { listen 0, tls { certificate: CERT, key: KEY }, allow }
ANY "/{rest: Rest}" -> main { public because "a test" }
`,
    calls === undefined ? undefined : { calls },
  );
  open.push(() => gateway.serving.stop(0));
  return gateway;
}

function clientAt(gateway: Http2Gateway, entry?: string): Client {
  const client = clientOf(gateway, entry);
  open.push(client.close);
  return client;
}

const isClosed = (client: Client): (() => boolean) => {
  let closed = false;
  client.session.once("close", () => (closed = true));
  return () => closed;
};

test.each([["outside"], [undefined]])("a stop lets calls end and tells that they were the last (%s)", async (entry) => {
  const gateway = await gatewayBefore(await slowBackend());
  const [busy, idle] = [clientAt(gateway, entry), clientAt(gateway, entry)];
  await Promise.all([ask(busy, { ":path": "/" }), ask(idle, { ":path": "/" })]);
  const closed = [isClosed(busy), isClosed(idle)];
  const calls = Promise.all(Array.from({ length: 20 }, () => ask(busy, { ":path": "/slow" })));
  await pause(50);
  const stopped = gateway.serving.stop(5_000);
  expect(new Set((await calls).map(({ status, body, code }) => `${status} ${body} ${code}`))).toEqual(new Set(["200 slow 0"]));
  await stopped;
  await until(() => closed.every((one) => one()));
  expect(busy.goaways[0]).toBe(0);
  expect(idle.goaways[0]).toBe(0);
});

test("a stop breaks what is not done in its time", async () => {
  const gateway = await gatewayBefore(await slowBackend());
  const client = clientAt(gateway);
  const call = ask(client, { ":path": "/slow" });
  await pause(50);
  const begun = Date.now();
  await gateway.serving.stop(50);
  expect(Date.now() - begun).toBeLessThan(250);
  expect((await call).status).toBe(0);
});

test("who retires tells a client with calls at once, one without with its next call, and one that is silent after its rest", async () => {
  const gateway = await gatewayBefore(await slowBackend());
  const [busy, later, silent] = [clientAt(gateway), clientAt(gateway), clientAt(gateway)];
  for (const client of [busy, later, silent]) expect((await ask(client, { ":path": "/" })).status).toBe(200);
  const call = ask(busy, { ":path": "/slow" });
  await pause(50);
  void gateway.serving.retire();
  await until(() => busy.goaways.length > 0);
  expect(await call).toMatchObject({ status: 200, body: "slow", code: 0 });
  expect(later.goaways).toEqual([]);
  expect(await ask(later, { ":path": "/slow" })).toMatchObject({ status: 200, body: "slow", code: 0 });
  await until(() => later.session.closed);
  await until(() => silent.session.closed);
  expect(silent.goaways[0]).toBe(0);
});

test("calls that are too many get 503, the connection stays, and a caller of gRPC is told that the service is unavailable", async () => {
  const gateway = await gatewayBefore(await slowBackend(), 5);
  const client = clientAt(gateway, "outside");
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask(client, { ":path": "/slow" })));
  expect(answers.filter(({ status }) => status === 200).length).toBe(5);
  expect(answers.filter(({ status, body }) => status === 503 && body.includes("overloaded")).length).toBe(25);
  const under = Array.from({ length: 5 }, () => ask(client, { ":path": "/slow" }));
  await pause(50);
  const told = await ask(
    client,
    { ":method": "POST", ":path": "/shop.Orders/Get", "content-type": "application/grpc", te: "trailers" },
    "x",
  );
  expect(told).toMatchObject({ status: 200, body: "", headers: { "grpc-status": "14", "content-type": "application/grpc" } });
  await Promise.all(under);
  expect((await ask(client, { ":path": "/slow" })).status).toBe(200);
});

test("hot swaps of processes under calls of gRPC: none fails", async () => {
  const orders = await service();
  open.push(orders.stop);
  const folder = mkdtempSync(join(tmpdir(), "gwl-h2-swap-"));
  const text = (version: string): string => `gwl 1
env ORDERS_URL: Url
backend orders = http { targets: [ORDERS_URL], protocol: h2c }
gateway swap { listen 8080 { http2: true } }
ANY "/shop.Orders/{method}" -> orders { public because "a test of version ${version}" }
`;
  const bundles = await Promise.all(
    ["A", "B"].map(async (version) => {
      const [source, bundle] = [join(folder, `${version}.gwl`), join(folder, version)];
      writeFileSync(source, text(version));
      const { code, out, err } = await ended(spawn(process.execPath, [BIN, "build", source, "--out", bundle], { env: environment() }));
      if (code !== 0) throw new Error(out + err);
      return bundle;
    }),
  );
  cpSync(bundles[0] ?? "", join(folder, "served"), { recursive: true });
  const socket = join(folder, "admin");
  const variables = { WORKERS: "2", PORT: "0", ADMIN_SOCKET: socket, ORDERS_URL: `http://127.0.0.1:${orders.port}` };
  const gateway = startGateway(join(folder, "served"), variables);
  onTestFinished(async () => {
    gateway.child.kill("SIGKILL");
    await endOf(gateway);
  });
  const port = await portOf(gateway);
  const clients = Array.from({ length: 6 }, () => ordersClient(port, undefined, undefined));
  open.push(() => clients.map(({ close }) => close()));
  const state = { isOver: false, done: 0 };
  const failed: unknown[] = [];
  const loops = clients.flatMap((client) =>
    Array.from({ length: 2 }, async () => {
      while (!state.isOver) {
        await client.get("o1").then(
          () => state.done++,
          (error: unknown) => failed.push(error),
        );
        await pause(1);
      }
    }),
  );
  const streams = clients.map((client) => client.negotiate(3_000));
  for (const bundle of [bundles[1], bundles[0], bundles[1]]) {
    await pause(400);
    const answer = await adminCall(socket, "POST", "/-/swap", { bundle });
    expect(answer).toMatchObject({ status: 200, body: { swapped: true } });
  }
  await pause(400);
  state.isOver = true;
  await Promise.all(loops);
  expect(failed).toEqual([]);
  expect(state.done).toBeGreaterThan(200);
  expect((await Promise.all(streams)).map((amounts) => amounts.length)).toEqual(clients.map(() => 3_000));
});
