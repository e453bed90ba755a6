/** Clients that are slower than what they get: each gets its own bytes, and one that takes nothing holds one piece. */
import { connect, type Socket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { httpBackend, pause, type Served, serveBefore, until } from "../../runtime/hosts/served.ts";

const MIB = 1024 * 1024;
/** More than the system takes for a client that reads nothing, on both ways. */
const size = 24 * MIB;

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

/** Of the answer to `/CODE`, in which every four bytes say where they stand and whose they are. */
function bodyOf(code: number): Buffer {
  const body = new Uint32Array(size / 4);
  for (let at = 0; at < body.length; at++) body[at] = ((at << 4) | code) >>> 0;
  return Buffer.from(body.buffer);
}

async function before(bodies: readonly Buffer[]): Promise<Served> {
  const backend = await httpBackend((request, response) => {
    const body = bodies[Number(request.url?.slice(-1))] ?? Buffer.alloc(0);
    if (request.url?.startsWith("/length") === true) response.setHeader("content-length", body.length);
    response.flushHeaders();
    response.end(body);
  });
  const served = await serveBefore(backend, { limits: { idleTimeout: 60_000 }, timeout: 60_000 });
  open.push({ close: () => (backend.closeAllConnections(), backend.close()) }, { close: served.stop });
  return served;
}

function asking({ port }: Served, path: string): Socket {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => {}).write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  open.push({ close: () => socket.destroy() });
  return socket;
}

/** All that comes; it rests for so many milliseconds behind each MiB. */
async function heard(socket: Socket, rest: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let since = 0;
  for await (const part of socket as AsyncIterable<Buffer>) {
    parts.push(part);
    since += part.length;
    if (rest > 0 && since > MIB) {
      since = 0;
      await pause(rest);
    }
  }
  const all = Buffer.concat(parts);
  return all.subarray(all.indexOf("\r\n\r\n") + 4);
}

/** `body` without what says how long its chunks are. */
function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf("\r\n", at);
    const length = Number.parseInt(body.toString("latin1", at, end), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}

test("many at once, quick ones and slow ones, get each the bytes of its own answer", { timeout: 60_000 }, async () => {
  const bodies = [0, 1, 2, 3].map(bodyOf);
  const served = await before(bodies);
  const answers = bodies.flatMap((body, code) => [
    heard(asking(served, `/length${code}`), code * 4).then((all) => all.equals(body)),
    heard(asking(served, `/chunks${code}`), 12 - code * 4).then((all) => unchunked(all).equals(body)),
  ]);
  expect(await Promise.all(answers)).toEqual(answers.map(() => true));
});

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("those that take nothing hold one piece each", { timeout: 60_000 }, async () => {
  const count = 40;
  const served = await before([Buffer.alloc(size)]);
  await heard(asking(served, "/length0"), 0);
  collectGarbage();
  const buffers = (): number => process.memoryUsage().arrayBuffers;
  const least = buffers();
  const sockets = Array.from({ length: count }, () => asking(served, "/length0").pause());
  // Nothing moves any more: what each got is in the system's hands, and what follows waits at the server.
  let [moved, still] = [-1, 0];
  await until(() => {
    collectGarbage();
    const now = buffers();
    still = now === moved ? still + 1 : 0;
    moved = now;
    return still > 50;
  }, 50_000);
  expect(sockets.every(({ destroyed }) => !destroyed)).toBe(true);
  expect((moved - least) / count).toBeLessThan(40 * 1024);
});
