/**
 * The hygiene cases against the Node host with a gateway written by hand, and against a bare `node:http` server: the second says
 * what Node's parser refuses by itself, and so what only the gateway holds.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exchangeRaw } from "../../runtime/hosts/raw-client.ts";
import { rules } from "../../runtime/hosts/plain-gateway.ts";
import { httpBackend, portOf, type Served, serveBefore } from "../../runtime/hosts/served.ts";
import { hygieneCases } from "./cases/index.ts";
import { filledIn, runHygiene } from "./run-hygiene.ts";

const [host, path] = ["api.example", "/catalog/items"];

describe("the Node host", () => {
  let backend: Server;
  let served: Served;
  let reached = 0;

  beforeAll(async () => {
    backend = await httpBackend((request, answer) => {
      request.on("end", () => reached++).resume();
      request.on("end", () => answer.end("ok"));
    });
    served = await serveBefore(backend, {}, { ...rules, hosts: [host] });
  });
  afterAll(async () => {
    await served.stop();
    backend.closeAllConnections();
    backend.close();
  });

  runHygiene(() => ({ port: served.port, host, path, reachedBackend: () => reached }));

  test("nothing but answers and refusals happened", () => {
    expect(served.faults).toEqual([]);
  });
});

describe("a bare `node:http` server", () => {
  let bare: Server;
  const seen = { requests: 0, errors: 0 };

  beforeAll(async () => {
    const take: RequestListener = (request, answer) => {
      seen.requests++;
      request.on("error", () => {}).resume();
      answer.end("ok");
    };
    bare = createServer({ insecureHTTPParser: false, requireHostHeader: false, maxHeaderSize: 64 * 1024 }, take).on(
      "checkExpectation",
      take,
    );
    bare.maxHeadersCount = 0;
    bare.on("connect", (_request, socket) => {
      seen.requests++;
      socket.destroy();
    });
    bare.on("clientError", (_error, socket) => {
      seen.errors++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", () => resolve()));
  });
  afterAll(() => {
    bare.closeAllConnections();
    bare.close();
  });

  for (const [about, cases] of Object.entries(hygieneCases)) {
    test.each(cases)(`${about}: $name: parser refuses $parser`, async ({ bytes, parser }) => {
      Object.assign(seen, { requests: 0, errors: 0 });
      await exchangeRaw(portOf(bare), filledIn(bytes, { host, path }), 120);
      if (parser === "head") expect(seen).toEqual({ requests: 0, errors: expect.toSatisfy((count: number) => count > 0) });
      else if (parser === "body") expect(seen).toEqual({ requests: 1, errors: expect.toSatisfy((count: number) => count > 0) });
      else expect(seen.requests).toBeGreaterThan(0);
    });
  }
});
