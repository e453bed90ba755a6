import { expect, test } from "vitest";
import type { CallRecord } from "../../../runtime/observe/call-record.ts";
import { deprecatedCalls, type DeprecatedCalls } from "../../../runtime/observe/deprecated-calls.ts";

function record(route: string, caller?: string, isDeprecated = true): CallRecord {
  const principal = caller === undefined ? {} : { principal: { identity: "Customer", id: caller, claims: { mail: "secret" } } };
  const decision = { effect: "allow", cause: "rule", rules: [], parameters: {}, route, ...principal } as const;
  const answer = { kind: "local", status: 200, headers: [], body: "" } as const;
  const outcome = { requestId: "1", client: "192.0.2.1", decision, answer };
  const sizes = { time: 0, duration: 1, backendTime: 0, bytesIn: 0, bytesOut: 0, status: 200, isCut: false } as const;
  const head = { id: "1", client: "192.0.2.1", method: "GET", target: "/", httpVersion: "1.1", rawHeaders: [] };
  return { ...sizes, ...head, outcome, notes: isDeprecated ? { isDeprecated: true } : {} };
}

function counting(): { readonly told: (readonly DeprecatedCalls[])[] } & ReturnType<typeof deprecatedCalls> {
  const told: (readonly DeprecatedCalls[])[] = [];
  return { told, ...deprecatedCalls((calls) => void told.push(calls)) };
}

test("calls of what is deprecated are counted by route and caller, and told once", () => {
  const { told, observer, flush } = counting();
  for (const one of [
    record("GET /a", "u1"),
    record("GET /a", "u2"),
    record("GET /a", "u2"),
    record("GET /b"),
    record("GET /c", "u1", false),
  ])
    observer.ended(one);
  flush();
  flush();
  expect(told).toEqual([
    [
      { route: "GET /a", identity: "Customer", id: "u2", calls: 2 },
      { route: "GET /a", identity: "Customer", id: "u1", calls: 1 },
      { route: "GET /b", calls: 1 },
    ],
  ]);
});

test("of more callers than memory is meant for, the further ones are counted together", () => {
  const { told, observer, flush } = counting();
  for (let caller = 0; caller < 1_500; caller++) observer.ended(record("GET /a", `u${caller}`));
  flush();
  expect(told[0]).toHaveLength(1_001);
  expect(told[0]?.[0]).toEqual({ route: "GET /a", calls: 500 });
});
