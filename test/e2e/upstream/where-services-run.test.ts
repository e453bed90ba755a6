/**
 * The example of where services run, as a deployment has it: the built bundle in a process of its own, before servers, a name server and TLS on loopback.
 * ECS, EC2, Elastic Beanstalk and Cloud Map are reached each in its way, and go on while servers go.
 */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createServer as createHttp2Server } from "node:http2";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChildProcess, spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFences } from "../../../compiler/diagnostics/page.ts";
import { certificate, pemFolder, serverAuth } from "../../harness/certificates.ts";
import { compileFiles } from "../../harness/compile-files.ts";
import { call, type Called } from "./call.ts";
import { dnsServer, type Records } from "./dns-server.ts";
import { type RawServer, rawServer } from "./raw-server.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;
const FOLDER = join(ROOT, "examples/where-services-run");
const open: (() => unknown)[] = [];
const servers = new Map<string, RawServer>();
const records: Records = new Map();
let gateway: { readonly process: ChildProcess; readonly port: number };

beforeAll(async () => {
  const bundle = mkdtempSync(join(tmpdir(), "gwl-reach-"));
  await done(spawn(process.execPath, [join(ROOT, "compiler/cli/bin.js"), "build", FOLDER, "--out", bundle], { stdio: "ignore" }));
  const { port: orders } = await named("ecs 1", "127.0.0.1");
  await named("ecs 2", "127.0.0.2", orders);
  const one = await named("ec2 1", "127.0.0.1");
  const two = await named("ec2 2", "127.0.0.1");
  const [left, right] = [await named("task 1", "127.0.0.1"), await named("task 2", "127.0.0.2")];
  records.set("orders.shop.internal", { addresses: ["127.0.0.1", "127.0.0.2"] });
  records.set("parcels.shop.internal", { addresses: ["127.0.0.1"] });
  records.set("a.shop.local", { addresses: ["127.0.0.1"] });
  records.set("b.shop.local", { addresses: ["127.0.0.2"] });
  records.set("stock.shop.local", {
    services: [
      { priority: 1, port: left.port, name: "a.shop.local" },
      { priority: 1, port: right.port, name: "b.shop.local" },
    ],
  });
  const names = await dnsServer(records);
  open.push(names.close);
  gateway = await started(bundle, {
    NAME_SERVER: names.address,
    ORDERS_URL: `http://orders.shop.internal:${orders}`,
    CATALOG_A: `http://127.0.0.1:${one.port}`,
    CATALOG_B: `http://127.0.0.1:${two.port}`,
    STOCK_SERVICE: "http://stock.shop.local",
    PARCELS_URL: `http://parcels.shop.internal:${await parcels()}`,
    ...(await beanstalk()),
  });
});
afterAll(async () => {
  gateway.process.kill("SIGKILL");
  for (const close of open.reverse()) await close();
});

test("compiles without a word of complaint, and so does what its README shows", async () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".gwl"));
  const sources = files.map((file) => ({ file, text: readFileSync(join(FOLDER, file), "utf8") }));
  expect(
    (await compileFiles(sources.sort((left, right) => Number(right.file === "gateway.gwl") - Number(left.file === "gateway.gwl")))).text,
  ).toBe("");
  const [fence] = readFences(readFileSync(join(FOLDER, "README.md"), "utf8")).filter(({ language }) => language === "gwl");
  expect((await compileFiles([{ file: "gateway.gwl", text: `gwl 1\ngateway g { listen 8080 }\n${fence?.text ?? ""}` }])).text).toBe("");
});

test("ECS: all tasks of the name are called, and one that goes away takes no call with it", async () => {
  expect(await bodies("/orders/17", 4)).toEqual(["ecs 1 /orders/17", "ecs 2 /orders/17"]);
  servers.get("ecs 1")?.close();
  for (let turn = 0; turn < 6; turn++) expect(await ask("/orders/17")).toMatchObject({ status: 200, body: "ecs 2 /orders/17" });
  expect(await ask("/orders", "POST")).toMatchObject({ status: 200, body: "ecs 2 /orders" });
});

test("EC2: both instances are called, by the paths that they know", async () => {
  expect(await bodies("/catalog/shoes?size=42", 4)).toEqual(["ec2 1 /v1/shoes?size=42", "ec2 2 /v1/shoes?size=42"]);
});

test("Elastic Beanstalk: by TLS, which proves the name, with the field that it wants", async () => {
  expect(await ask("/legacy/reports")).toMatchObject({ status: 200, body: "beanstalk /reports reach" });
});

test("Cloud Map: SRV records lead to the tasks, and a warehouse stays with one", async () => {
  const owners = new Set<string>();
  // Which task has which depends on the tasks' ports: of 40, one task has them all in one run of 500,000,000,000.
  for (let warehouse = 0; warehouse < 40; warehouse++) {
    const headers = { "X-Warehouse": `warehouse-${warehouse}` };
    const first = await call(gateway.port, { path: "/stock/4", headers });
    const second = await call(gateway.port, { path: "/stock/4", headers });
    expect(second.body).toBe(first.body);
    owners.add(first.body);
  }
  expect([...owners].sort()).toEqual(["task 1 /stock/4", "task 2 /stock/4"]);
});

test("HTTP/2 in clear, with trailers", async () => {
  const asked = { method: "POST", path: "/parcels/Track", body: "17", headers: { TE: "trailers" } };
  expect(await call(gateway.port, asked)).toMatchObject({
    status: 200,
    body: "parcel 17",
    isWhole: true,
    headers: { trailers: { "grpc-status": "0" } },
  });
});

function ask(path: string, method = "GET"): Promise<Called> {
  return call(gateway.port, { path, method });
}

async function bodies(path: string, count: number): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let turn = 0; turn < count; turn++) found.add((await ask(path)).body);
  return [...found].sort();
}

/** Says its name and what it was asked for. */
async function named(name: string, host: string, port = 0): Promise<RawServer> {
  const server = await rawServer(
    (socket, { path }) => {
      const text = `${name} ${path}`;
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
    },
    undefined,
    host,
    port,
  );
  servers.set(name, server);
  open.push(server.close);
  return server;
}

async function beanstalk(): Promise<Readonly<Record<string, string>>> {
  const authority = await certificate({ subject: "CN=Example CA", isAuthority: true });
  const made = await certificate({
    subject: "CN=localhost",
    by: authority,
    names: [{ type: "dns", value: "localhost" }],
    uses: [serverAuth],
  });
  const server = createTlsServer({ cert: made.pem, key: made.key }, (request, response) =>
    response.end(`beanstalk ${request.url} ${String(request.headers["x-gateway"])}`),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => (server.closeAllConnections(), server.close()));
  return {
    LEGACY_URL: `https://localhost:${(server.address() as AddressInfo).port}`,
    LEGACY_CA: pemFolder().write("ca.pem", authority.pem),
  };
}

async function parcels(): Promise<number> {
  const server = createHttp2Server();
  server.on("session", (session) => open.push(() => session.destroy()));
  server.on("stream", (stream) => {
    let body = "";
    stream.on("data", (chunk: Buffer) => {
      body += String(chunk);
    });
    stream.on("end", () => {
      stream.respond({ ":status": 200 }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.end(`parcel ${body}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function started(bundle: string, variables: Readonly<Record<string, string>>): Promise<typeof gateway> {
  const child = spawn(process.execPath, [join(bundle, "worker.js")], {
    env: { ...process.env, PORT: "0", ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += String(chunk);
      const found = /"port":(\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    child.once("exit", (code) => reject(new Error(`the gateway ended with ${code}: ${text}`)));
  });
  return { process: child, port };
}

function done(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`it ended with ${code}`))));
  });
}
