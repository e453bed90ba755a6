/** Large uploads through a built gateway in a process of its own: how much memory it ever held, by HTTP/1.1 and by HTTP/2. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request, type Server } from "node:http";
import { connect } from "node:http2";
import type { Writable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { httpBackend, portOf } from "../../runtime/hosts/served.ts";
import { buildText } from "../process/build-text.ts";
import { endOf, type Gateway, portOf as doorOf, startGateway } from "../shop/gateway-process.ts";

const SIZE = 512 * 1024 ** 2;
const PIECE = Buffer.alloc(256 * 1024, "0123456789abcdef");
/** What sockets, streams and garbage that is not yet swept may take, in kB; measured with 1 GiB: 80 MB by HTTP/1.1, 30 MB by HTTP/2. */
const GROWTH = 128 * 1024;

const GATEWAY = `gwl 1
env BACKEND: Url
backend main = http { targets: [BACKEND], timeout: 1m }
gateway g { listen 0 { http2: true }, limits { body: 1GiB, body_timeout: 5m } }
POST "/up" -> main { public because "a test" }
`;

/** The most memory that a process ever held, in kB. */
function mostOf(pid: number | undefined): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

async function sendAll(stream: Writable): Promise<void> {
  for (let sent = 0; sent < SIZE; sent += PIECE.length) if (!stream.write(PIECE)) await once(stream, "drain");
  stream.end();
}

const WAYS: Readonly<Record<string, (port: number) => Promise<string>>> = {
  "HTTP/1.1 with a length": (port) => byHttp1(port, { "content-length": String(SIZE) }),
  "HTTP/1.1 in chunks": (port) => byHttp1(port, { "transfer-encoding": "chunked" }),
  "HTTP/2": async (port) => {
    const session = connect(`http://127.0.0.1:${port}`);
    const stream = session.request({ ":method": "POST", ":path": "/up" });
    const answer = textOf(stream);
    await sendAll(stream);
    return answer.finally(() => session.close());
  },
};

async function byHttp1(port: number, headers: Readonly<Record<string, string>>): Promise<string> {
  const call = request({ host: "127.0.0.1", port, path: "/up", method: "POST", agent: false, headers });
  const answer = once(call, "response").then(([incoming]) => textOf(incoming as AsyncIterable<Buffer>));
  await sendAll(call);
  return answer;
}

async function textOf(incoming: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const part of incoming) text += String(part);
  return text;
}

const afterwards: (() => void)[] = [];
let backend: Server;
let gateway: Gateway;
let port = 0;
beforeAll(async () => {
  backend = await httpBackend(async (incoming, answer) => {
    const hash = createHash("sha256");
    for await (const part of incoming as AsyncIterable<Buffer>) hash.update(part);
    answer.end(hash.digest("hex"));
  });
  gateway = startGateway(await buildText(GATEWAY, (clear) => afterwards.push(clear)), { BACKEND: `http://127.0.0.1:${portOf(backend)}` });
  port = await doorOf(gateway);
});
afterAll(async () => {
  gateway.child.kill("SIGTERM");
  await endOf(gateway);
  backend.closeAllConnections();
  backend.close();
  for (const clear of afterwards) clear();
});

const wholeDigest = (() => {
  const hash = createHash("sha256");
  for (let sent = 0; sent < SIZE; sent += PIECE.length) hash.update(PIECE);
  return hash.digest("hex");
})();

test.each(Object.entries(WAYS))("512 MiB by %s come whole, in memory that does not grow with them", async (_way, send) => {
  const start = mostOf(gateway.child.pid);
  expect(await send(port)).toBe(wholeDigest);
  expect(mostOf(gateway.child.pid) - start).toBeLessThan(GROWTH);
});
