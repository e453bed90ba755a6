/** TLS towards servers: who proves the name of the target is called, and nobody else. */
import { randomBytes } from "node:crypto";
import { createServer, type Server, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { afterEach, beforeAll, expect, test } from "vitest";
import { certificate, clientAuth, type Folder, pemFolder, serverAuth, type Made } from "../../harness/certificates.ts";
import { call } from "./call.ts";
import { gatewayBefore } from "./gateway-before.ts";
import { rawServer } from "./raw-server.ts";

let folder: Folder;
let authority: Made;
let stranger: Made;
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

beforeAll(async () => {
  folder = pemFolder();
  authority = await certificate({ subject: "CN=Shop CA", isAuthority: true });
  stranger = await certificate({ subject: "CN=Other CA", isAuthority: true });
  folder.write("ca.pem", authority.pem);
  const own = await certificate({ subject: "CN=gateway", by: authority, uses: [clientAuth] });
  folder.write("own.pem", own.pem);
  folder.write("own-key.pem", own.key);
});

/** Answers with the name that was asked for, and with that of the client's certificate. */
async function secure(name: string, by: Made, more: ServerOptions & { readonly until?: Date } = {}): Promise<number> {
  const { until, ...options } = more;
  const names = [{ type: "dns", value: name } as const];
  const made = await certificate({ subject: `CN=${name}`, by, names, uses: [serverAuth], ...(until === undefined ? {} : { until }) });
  const server: Server = createServer({ cert: made.pem, key: made.key, ...options }, (request, response) => {
    const socket = request.socket as TLSSocket;
    response.end(`${String(socket.servername)} ${String(socket.getPeerCertificate().subject?.CN ?? "nobody")} ${request.headers.host}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => (server.closeAllConnections(), server.close()));
  return (server.address() as AddressInfo).port;
}

async function answered(backend: string): Promise<string> {
  const gateway = await gatewayBefore(`${backend}, timeout: 2s`);
  open.push(gateway.close);
  const { status, body } = await call(gateway.port);
  return status === 200 ? body : String(status);
}

const trusting = (more = ""): string => `tls { ca: "${folder.path("ca.pem")}"${more} }`;

test("a server that proves the name of its target is called, and asked for by it", async () => {
  const port = await secure("localhost", authority);
  expect(await answered(`targets: ["https://localhost:${port}"], ${trusting()}`)).toBe(`localhost nobody localhost:${port}`);
});

test("`server_name` stands in for the name of the target", async () => {
  const port = await secure("orders.internal", authority);
  expect(await answered(`targets: ["https://127.0.0.1:${port}"], ${trusting(', server_name: "orders.internal"')}`)).toBe(
    `orders.internal nobody 127.0.0.1:${port}`,
  );
});

test.each(["another name", "another authority", "a certificate of the past", "no name for an address", "authorities of the system only"])(
  "%s: 502",
  async (what) => {
    const name = what === "another name" ? "other.internal" : "localhost";
    const by = what === "another authority" ? stranger : authority;
    const port = await secure(name, by, what === "a certificate of the past" ? { until: new Date(Date.now() - 1_000) } : {});
    const host = what === "no name for an address" ? "127.0.0.1" : "localhost";
    expect(
      await answered(`targets: ["https://${host}:${port}"]${what === "authorities of the system only" ? "" : `, ${trusting()}`}`),
    ).toBe("502");
  },
);

test("a server that speaks no TLS: 502", async () => {
  const server = await rawServer(
    (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    (socket) => (socket.end("HTTP/1.1 200 OK\r\n\r\n"), true),
  );
  open.push(server.close);
  expect(await answered(`targets: ["https://localhost:${server.port}"], ${trusting()}`)).toBe("502");
});

test("a server that takes the connection and says nothing: 504", async () => {
  const server = await rawServer(
    () => {},
    () => true,
  );
  open.push(server.close);
  expect(await answered(`targets: ["https://127.0.0.1:${server.port}"], timeouts { connect: 200ms }, ${trusting()}`)).toBe("504");
});

test("a certificate of the gateway's own is shown where it is asked for", async () => {
  const port = await secure("localhost", authority, { requestCert: true, rejectUnauthorized: true, ca: authority.pem });
  const own = `, certificate: "${folder.path("own.pem")}", key: "${folder.path("own-key.pem")}"`;
  expect(await answered(`targets: ["https://localhost:${port}"], ${trusting(own)}`)).toBe(`localhost gateway localhost:${port}`);
  expect(await answered(`targets: ["https://localhost:${port}"], ${trusting()}`)).toBe("502");
});

test("files that cannot be used: nothing is served", async () => {
  await expect(answered(`targets: ["https://localhost:1"], tls { ca: "${folder.path("none.pem")}" }`)).rejects.toThrow("none.pem");
});

test.each(["TLSv1.2", "TLSv1.3"] as const)(
  "%s: the next connection resumes the session of the last, where the server still knows it",
  async (version) => {
    const resumed: boolean[] = [];
    const names = [{ type: "dns", value: "localhost" } as const];
    const made = await certificate({ subject: "CN=localhost", by: authority, names, uses: [serverAuth] });
    const server = createServer({ cert: made.pem, key: made.key, maxVersion: version }, (request, response) => {
      resumed.push((request.socket as TLSSocket).isSessionReused());
      response.writeHead(200, { connection: "close" }).end("ok");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(() => (server.closeAllConnections(), server.close()));
    const { port } = server.address() as AddressInfo;
    const gateway = await gatewayBefore(`targets: ["https://localhost:${port}"], ${trusting()}, timeout: 2s`);
    open.push(gateway.close);
    for (let at = 0; at < 3; at++) expect(await call(gateway.port)).toMatchObject({ status: 200, body: "ok" });
    // As a server does that was started anew.
    server.setTicketKeys(randomBytes(48));
    for (let at = 0; at < 3; at++) expect(await call(gateway.port)).toMatchObject({ status: 200, body: "ok" });
    expect(resumed).toEqual([false, true, true, false, true, true]);
    // What was resumed proves nothing anew, so files that hold no more end it.
    folder.write("ca.pem", stranger.pem);
    await expect.poll(async () => (await call(gateway.port)).status, { timeout: 5_000 }).toBe(502);
    folder.write("ca.pem", authority.pem);
    await expect.poll(async () => (await call(gateway.port)).status, { timeout: 5_000 }).toBe(200);
  },
);
