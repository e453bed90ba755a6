/** The example of a service of gRPC, built and run as a process before a real server of gRPC, called by gRPC's own library by TLS and in clear. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { status } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN, ended, environment, until } from "../../cli/gwl.ts";
import { certificate, pemFolder, serverAuth } from "../../harness/certificates.ts";
import { freePorts } from "../observe/built-gateway.ts";
import { type Gateway, startGateway } from "../shop/gateway-process.ts";
import { type Ended, ordersClient, type OrdersClient, type Service, service } from "./grpc-service.ts";

const FOLDER = new URL("../../../examples/grpc-service", import.meta.url).pathname;
const [ACME, OTHER] = ["acme-0123456789abcdef0123", "other-0123456789abcdef012"];
const digest = (key: string): string => createHash("sha256").update(key).digest("hex");
const clients: OrdersClient[] = [];
let orders: Service;
let gateway: Gateway;
let ca = "";
let ports: { readonly own: number; readonly tls: number };

beforeAll(async () => {
  orders = await service();
  const authority = await certificate({ subject: "CN=Servers", isAuthority: true });
  const names = [{ type: "dns", value: "gateway.example" }] as const;
  const server = await certificate({ subject: "CN=gateway.example", by: authority, uses: [serverAuth], names });
  const pem = pemFolder();
  const bundle = mkdtempSync(join(tmpdir(), "gwl-grpc-"));
  const built = await ended(spawn(process.execPath, [BIN, "build", FOLDER, "--out", bundle], { env: environment() }));
  if (built.code !== 0) throw new Error(built.out + built.err);
  const [own = 0, tls = 0] = await freePorts(2);
  ports = { own, tls };
  ca = authority.pem;
  gateway = startGateway(bundle, {
    PORT: String(own),
    TLS_PORT: String(tls),
    CERTIFICATE: pem.write("cert.pem", server.pem),
    KEY: pem.write("key.pem", server.key),
    ORDERS_URL: `http://127.0.0.1:${orders.port}`,
    PARTNER_KEYS: JSON.stringify({
      keys: [
        { id: "acme", sha256: digest(ACME), fields: { org: "Acme Ltd" } },
        { id: "other", sha256: digest(OTHER), fields: { org: "Other Inc" } },
      ],
    }),
  });
  await until(() => gateway.out.split("\n").length > 2 || gateway.code !== undefined);
  if (gateway.code !== undefined) throw new Error(gateway.err);
});
afterAll(() => {
  for (const client of clients) client.close();
  gateway.child.kill("SIGKILL");
  orders.stop();
});

const failed = (call: Promise<unknown>): Promise<Ended> =>
  call.then(
    () => Promise.reject(new Error("it went well")),
    (error: unknown) => error as Ended,
  );

describe.each(["by TLS", "in clear"] as const)("%s", (how) => {
  const clientWith = (key?: string): OrdersClient => {
    const client = how === "by TLS" ? ordersClient(ports.tls, ca, key) : ordersClient(ports.own, undefined, key);
    clients.push(client);
    return client;
  };
  let acme: OrdersClient;
  beforeAll(() => {
    acme = clientWith(ACME);
  });

  test("a call, its answer and its trailers", async () => {
    expect(await acme.get("o1")).toEqual({ id: "o1", amount: 7, trailers: { cost: "1" } });
  });

  test("an error of the service, with its details and trailers", async () => {
    const error = await failed(acme.get("none"));
    expect(error).toMatchObject({ code: status.NOT_FOUND, details: "there is no such order: 100 %" });
    const metadata = error.metadata as unknown as { getMap: () => Record<string, unknown> };
    expect(metadata.getMap()).toMatchObject({ reason: "sold out", "detail-bin": Buffer.from([0, 1, 255]) });
  });

  test("streams: of answers, of requests, and both at once", async () => {
    const watched = await acme.watch("o1");
    expect([watched.length, watched.at(-1)]).toEqual([1_000, { id: "o1", amount: 999 }]);
    expect(await acme.imports(Array.from({ length: 500 }, (_, at) => `o${at}`))).toEqual({ orders: 500 });
    expect(await acme.negotiate(20)).toEqual(Array.from({ length: 20 }, (_, at) => 99 - at));
  });

  test("an error before the stream of requests has ended", async () => {
    expect(await failed(acme.imports(["a", "early"]))).toMatchObject({ code: status.INVALID_ARGUMENT, details: "enough" });
  });

  test("a deadline that passes, and a call that is cancelled, end at the service too", async () => {
    const before = orders.cancelled();
    expect(await failed(acme.get("slow", 300))).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    expect((orders.deadlines.at(-1) ?? 0) - Date.now()).toBeLessThan(300);
    await until(() => orders.cancelled() === before + 1);
    expect(await failed(acme.watch("slow", () => false))).toMatchObject({ code: status.CANCELLED });
    await until(() => orders.cancelled() === before + 2);
  });

  test("refusals are statuses of gRPC", async () => {
    expect(await failed(clientWith().get("o1"))).toMatchObject({ code: status.UNAUTHENTICATED, details: "Unauthorized" });
    expect(await failed(clientWith(OTHER).imports(["a"]))).toMatchObject({ code: status.PERMISSION_DENIED, details: "Forbidden" });
    expect(await failed(acme.purge("o1"))).toMatchObject({ code: status.UNIMPLEMENTED });
  });
});

test("too many calls, and the log that keeps the status of HTTP", async () => {
  const other = ordersClient(ports.own, undefined, OTHER);
  clients.push(other);
  const ends = await Promise.all(
    Array.from({ length: 80 }, () =>
      other.get("o1").then(
        () => 0,
        (error: Ended) => error.code,
      ),
    ),
  );
  expect(new Set(ends)).toEqual(new Set([0, status.RESOURCE_EXHAUSTED]));
  await until(() => /"status":429/.test(gateway.out));
  const lines = gateway.out.split("\n").filter((line) => line.startsWith('{"time"'));
  const statuses = new Set(lines.map((line) => (JSON.parse(line) as { status: number }).status));
  expect(statuses).toEqual(new Set([0, 200, 401, 403, 404, 429]));
});

test("a service that is away is UNAVAILABLE", async () => {
  orders.stop();
  const acme = ordersClient(ports.own, undefined, ACME);
  clients.push(acme);
  expect(await failed(acme.get("o1"))).toMatchObject({ code: status.UNAVAILABLE, details: "Bad Gateway" });
  expect(gateway.err).toBe("");
});
