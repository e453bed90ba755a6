/** A plan with what cannot be written into a request: only a defect makes one. The call is refused, told of, and takes nothing along. */
import { get } from "node:http";
import { afterEach, expect, test } from "vitest";
import type { Gateway, HostSettings } from "../../../runtime/contract/gateway.ts";
import { managedHttpBackend } from "../../../runtime/hosts/node/upstream/managed-backend.ts";
import { serve } from "../../../runtime/hosts/node/serve.ts";
import { nodeWorld } from "../../../runtime/hosts/node/world.ts";
import { waiting } from "../../harness/waiting.ts";
import { plainGateway } from "./plain-gateway.ts";
import { httpBackend, portOf } from "./served.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Plans of paths under `/bad` set a field that would be two. */
function careless(settings: HostSettings): Gateway {
  const plain = plainGateway(settings);
  return {
    handle: async (request, world) => {
      const outcome = await plain.handle(request, world);
      const { answer } = outcome;
      if (answer.kind !== "forward" || !answer.target.startsWith("/bad")) return outcome;
      return { ...outcome, answer: { ...answer, headers: [...answer.headers, ["x-a", "b\r\nx-c: d"]] } };
    },
  };
}

function status(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1", path, agent: false }, (answer) => (answer.resume(), resolve(answer.statusCode ?? 0))).on(
      "error",
      reject,
    );
  });
}

test("a place of the only connection is free again, a copy ends, and the next call is answered", async () => {
  const asked: string[] = [];
  const backend = await httpBackend((request, response) => (asked.push(request.url ?? ""), response.end("ok")));
  open.push(() => (backend.closeAllConnections(), backend.close()));
  const url = `http://127.0.0.1:${portOf(backend)}`;
  const traffic = { timeouts: waiting(2_000), connections: 1, mirror: { share: 1 } };
  const settings: HostSettings = {
    name: "test",
    port: 0,
    entries: [],
    limits: { body: 1_000, headers: 16_384, headerTimeout: 2_000, bodyTimeout: 2_000, idleTimeout: 5_000 },
    backends: [{ kind: "http", name: "main", targets: [url], mirrors: [url], traffic }],
  };
  const faults: string[] = [];
  const serving = await serve({ gateway: careless(settings), settings }, nodeWorld(), {
    address: "127.0.0.1",
    sites: [],
    log: () => {},
    fault: (_id, error) => faults.push(String(error)),
    backends: { http: managedHttpBackend },
  });
  open.push(() => serving.stop(0));
  for (let at = 0; at < 3; at++) expect(await status(serving.port, "/bad")).toBe(500);
  expect(faults).toEqual(Array.from({ length: 3 }, () => "Error: a field that cannot be sent: x-a"));
  expect(await status(serving.port, "/good")).toBe(200);
  await expect.poll(() => asked).toEqual(["/good", "/good"]);
});
