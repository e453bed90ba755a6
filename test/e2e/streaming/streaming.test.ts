import { createHash } from "node:crypto";
import { get, request } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { openSocket } from "../../runtime/hosts/raw-client.ts";
import { httpBackend, pause, type Served, serveBefore, until } from "../../runtime/hosts/served.ts";

const size = 100 * 1024 * 1024;
const piece = Buffer.alloc(64 * 1024, "0123456789abcdef");
/** What pipes on the way hold: sockets of the system and streams of three parties in this one process. */
const heldOnTheWay = 24 * 1024 * 1024;
/** The same and what the collector has not swept yet, which it does at its own pace. */
const unswept = 50 * 1024 * 1024;

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type Counted = Served & { readonly sent: () => number; readonly received: () => number; readonly digest: () => string };

/** A backend that sends or takes 100 MiB as fast as it is let. */
async function before(): Promise<Counted> {
  const counts = { sent: 0, received: 0 };
  const hash = createHash("sha256");
  const backend = await httpBackend(async (incoming, answer) => {
    if (incoming.method === "GET") {
      answer.setHeader("content-length", size);
      const closed = new Promise((resolve) => answer.once("close", resolve));
      while (counts.sent < size && !answer.destroyed) {
        const goOn = answer.write(piece);
        counts.sent += piece.length;
        if (!goOn) await Promise.race([closed, new Promise((resolve) => answer.once("drain", resolve))]);
      }
      answer.end();
      return;
    }
    if (incoming.url === "/slow") await pause(500);
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      counts.received += chunk.length;
      hash.update(chunk);
    }
    answer.end("done");
  });
  const served = await serveBefore(backend, { limits: { body: size, bodyTimeout: 30_000 }, timeout: 30_000 });
  open.push({ close: served.stop }, { close: () => (backend.closeAllConnections(), backend.close()) });
  return { ...served, sent: () => counts.sent, received: () => counts.received, digest: () => hash.digest("hex") };
}

const wholeDigest = (() => {
  const hash = createHash("sha256");
  for (let sent = 0; sent < size; sent += piece.length) hash.update(piece);
  return hash.digest("hex");
})();

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** The most bytes in live buffers while `work` runs, above what there were before. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  collectGarbage();
  const start = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const timer = setInterval(() => {
    collectGarbage();
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - start);
  }, 150);
  await work().finally(() => clearInterval(timer));
  return peak;
}

test("100 MiB come down whole, in memory that does not grow with them", async () => {
  const { port } = await before();
  const hash = createHash("sha256");
  const peak = await peakOf(async () => {
    await new Promise<void>((resolve, reject) => {
      get({ port, host: "127.0.0.1", agent: false }, (incoming) => {
        incoming.on("data", (chunk: Buffer) => hash.update(chunk)).on("end", resolve);
        incoming.on("error", reject);
      });
    });
  });
  expect(hash.digest("hex")).toBe(wholeDigest);
  expect(peak).toBeLessThan(unswept);
});

test("100 MiB go up whole, in memory that does not grow with them", async () => {
  const { port, received, digest } = await before();
  const peak = await peakOf(async () => {
    await new Promise<void>((resolve, reject) => {
      const call = request(
        { port, host: "127.0.0.1", agent: false, method: "POST", headers: { "transfer-encoding": "chunked" } },
        (incoming) => {
          incoming.resume().on("end", resolve);
        },
      );
      call.on("error", reject);
      void (async () => {
        for (let sent = 0; sent < size; sent += piece.length) {
          if (!call.write(piece)) await new Promise((drained) => call.once("drain", drained));
        }
        call.end();
      })();
    });
  });
  expect(received()).toBe(size);
  expect(digest()).toBe(wholeDigest);
  expect(peak).toBeLessThan(unswept);
});

test("a client that does not read holds the backend back", async () => {
  const { port, sent } = await before();
  const socket = await openSocket(port);
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await until(() => sent() > 0);
  await pause(500);
  const held = sent();
  expect(held).toBeLessThan(heldOnTheWay);
  await pause(300);
  expect(sent()).toBe(held);
  socket.destroy();
});

test("a backend that does not read holds the client back", async () => {
  const { port } = await before();
  const socket = await openSocket(port);
  socket.write(`POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`);
  let written = 0;
  const fill = (): void => {
    while (written < size && socket.writableLength < 1024 * 1024) {
      socket.write(piece);
      written += piece.length;
    }
  };
  const timer = setInterval(fill, 5);
  await pause(400);
  expect(written - socket.writableLength).toBeLessThan(heldOnTheWay);
  let text = "";
  socket.on("data", (chunk) => (text += String(chunk)));
  await until(() => text.endsWith("done") || text.endsWith("0\r\n\r\n"), 20_000);
  clearInterval(timer);
  expect(written).toBe(size);
  socket.destroy();
});
