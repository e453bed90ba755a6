/**
 * Faults of servers over real sockets. For every scenario, with GET, PUT and POST: the right status, no body that was broken off passed as whole, no
 * connection used again that is not clean, and no POST sent twice.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, type Called } from "./call.ts";
import { type Before, gatewayBefore } from "./gateway-before.ts";
import { type RawServer, rawServer } from "./raw-server.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";

let server: RawServer;
let gateway: Before;
let scenario: Scenario | undefined;
let markers = 0;
const totals = { calls: 0, wrongStatus: 0, truncatedAsWhole: 0, dirty: 0, repeatedPosts: 0 };

beforeAll(async () => {
  server = await rawServer(
    (socket, { path }) => {
      if (path === "/fault") scenario?.does(socket);
      else socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`);
    },
    (socket) => scenario?.early?.(socket) ?? false,
  );
  gateway = await gatewayBefore(
    `targets: ["http://127.0.0.1:${server.port}"], timeout: 600ms, retry 1 on [reset, timeout, 502] when idempotent`,
  );
});
afterAll(async () => {
  await gateway.close();
  server.close();
  console.log(`upstream faults: ${SCENARIOS.length} scenarios, ${JSON.stringify(totals)}`);
});

describe.each(SCENARIOS)("$name", (one) => {
  test.each(["GET", "PUT", "POST"])("%s", async (method) => {
    scenario = one;
    const before = server.seen.length;
    const called = await call(gateway.port, { method, ...(method === "GET" ? {} : { body: "some bytes" }) });
    scenario = undefined;
    count(called, one);
    expect(shown(called)).toEqual(one.expect === "cut" ? "cut" : shown({ ...called, ...one.expect, isWhole: true }));
    const posts = server.seen.slice(before).filter((seen) => seen.method === "POST" && seen.path === "/fault").length;
    if (posts > 1) totals.repeatedPosts++;
    expect(posts).toBeLessThanOrEqual(1);
    // Who comes next gets what was meant for it, at once and after a while.
    for (const wait of [one.settles ?? 0, 40]) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      const path = `/clean/${++markers}`;
      const next = await call(gateway.port, { path });
      if (next.body !== path) totals.dirty++;
      expect(next).toMatchObject({ status: 200, body: path, isWhole: true });
    }
  });
});

test("nothing broke inside", () => {
  expect(gateway.faults).toEqual([]);
  expect(totals).toMatchObject({ wrongStatus: 0, truncatedAsWhole: 0, dirty: 0, repeatedPosts: 0 });
});

function shown({ status, body, isWhole }: Called): string {
  if (!isWhole) return "cut";
  return status === 200 ? `200 ${body}` : String(status);
}

function count(called: Called, { expect: expected }: Scenario): void {
  totals.calls++;
  if (expected === "cut" && called.isWhole) totals.truncatedAsWhole++;
  if (expected !== "cut" && called.status !== expected.status) totals.wrongStatus++;
}
