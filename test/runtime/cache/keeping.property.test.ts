/**
 * Which answers are kept and for how long: as `http-cache-semantics` says, where it knows the rule; and whatever answers say, never longer than the
 * program says, and never what sets a cookie.
 */
import fc from "fast-check";
import CachePolicy from "http-cache-semantics";
import { describe, expect, test } from "vitest";
import { type Came, keepingOf, type KeepingRule } from "../../../runtime/cache/keeping.ts";
import { ageOf, mayStandIn, useOf } from "../../../runtime/cache/stored-answer.ts";
import type { HeaderField } from "../../../runtime/contract/gateway.ts";

const CAME = Date.parse("2026-11-30T12:00:00Z");
const date = (seconds: number): string => new Date(CAME + seconds * 1000).toUTCString();
const YEARS = 10 * 365 * 86_400_000;

const STATUSES = [200, 200, 200, 201, 203, 204, 206, 301, 302, 304, 307, 308, 400, 401, 403, 404, 410, 429, 500, 501, 503];
const seconds = fc.constantFrom(0, 1, 59, 60, 3600);
const directive = fc.oneof(
  fc.constantFrom("no-store", "no-cache", "private", "public", "must-revalidate", "immutable", "no-transform"),
  seconds.map((many) => `max-age=${many}`),
  seconds.map((many) => `s-maxage=${many}`),
);
const nameOf = (text: string): string => text.split("=")[0] ?? "";
const cacheControl = fc.uniqueArray(directive, { selector: nameOf, maxLength: 4 });
const field = fc.oneof(
  seconds.map((many): HeaderField => ["expires", date(many - 30)]),
  fc.constant<HeaderField>(["expires", "0"]),
  fc.constantFrom(0, 5, 100).map((many): HeaderField => ["age", String(many)]),
  fc.constant<HeaderField>(["date", date(0)]),
  fc.constant<HeaderField>(["etag", '"v"']),
  fc.constant<HeaderField>(["vary", "*"]),
  fc.constant<HeaderField>(["vary", "accept"]),
);
const fields = fc.uniqueArray(field, { selector: ([name]) => name, maxLength: 4 });
const answer = fc.record({ status: fc.constantFrom(...STATUSES), said: cacheControl, fields });
const call = fc.record({ isPersonal: fc.boolean(), isAuthorized: fc.boolean(), keepsNothing: fc.boolean() });

function cameOf({ status, said, fields: others }: { status: number; said: readonly string[]; fields: readonly HeaderField[] }): Came {
  const control: readonly HeaderField[] = said.length === 0 ? [] : [["cache-control", said.join(", ")]];
  return { status, fields: [...control, ...others], asked: CAME, came: CAME };
}

function ruleOf(
  time: number,
  { isPersonal, isAuthorized, keepsNothing }: { isPersonal: boolean; isAuthorized: boolean; keepsNothing: boolean },
): KeepingRule {
  return { time, staleWhileRevalidate: 0, staleIfError: 0, isPersonal, needsConsent: !isPersonal && isAuthorized, keepsNothing };
}

/** A policy whose clock stands still. */
class PolicyThen extends CachePolicy {
  now(): number {
    return CAME;
  }
}

describe("an answer", () => {
  test("is fresh for as long as the library says, where it says how long", () => {
    let kept = 0;
    fc.assert(
      fc.property(answer, call, (given, about) => {
        const says = (name: string): boolean => given.said.some((one) => nameOf(one) === name);
        const explicit = says("max-age") || (says("s-maxage") && !about.isPersonal) || given.fields.some(([name]) => name === "expires");
        fc.pre(explicit);
        const came = cameOf(given);
        const keeping = keepingOf(ruleOf(YEARS, about), came);
        const ours = keeping === undefined ? 0 : Math.max(0, keeping.lifetime - ageOf(keeping, CAME));
        const headers = {
          ...(about.isAuthorized ? { authorization: "x" } : {}),
          ...(about.keepsNothing ? { "cache-control": "no-store" } : {}),
        };
        const policy = new PolicyThen(
          { method: "GET", url: "/", headers },
          { status: came.status, headers: Object.fromEntries(came.fields) },
          { shared: !about.isPersonal, cacheHeuristic: 0, immutableMinTimeToLive: 0 },
        );
        const theirs = policy.storable() ? policy.timeToLive() : 0;
        expect(ours).toBe(theirs);
        if (ours > 0) kept++;
      }),
      { numRuns: 5_000 },
    );
    expect(kept).toBeGreaterThan(200);
  });

  test("is fresh for no longer than the program says, and what sets a cookie is not kept", () => {
    fc.assert(
      fc.property(answer, call, fc.integer({ min: 1, max: 120 }), fc.integer({ min: 0, max: 500 }), (given, about, time, later) => {
        const came = cameOf(given);
        const keeping = keepingOf(ruleOf(time * 1000, about), came);
        const withCookie = { ...came, fields: [...came.fields, ["set-cookie", "a=b"] as const] };
        expect(keepingOf(ruleOf(time * 1000, about), withCookie)).toBeUndefined();
        if (keeping === undefined) return;
        expect(keeping.lifetime).toBeLessThanOrEqual(time * 1000);
        const use = useOf(keeping, CAME + later * 1000);
        if (later >= time) expect(use).toBe("stale");
        // Time makes nothing fresh again.
        if (use === "stale") expect(useOf(keeping, CAME + (later + 1) * 1000)).toBe("stale");
      }),
      { numRuns: 3_000 },
    );
  });

  test("stands in for a failure as long as both say, and not at all where one of them says no", () => {
    const rule = { ...ruleOf(10_000, { isPersonal: false, isAuthorized: false, keepsNothing: false }), staleIfError: 60_000 };
    const after = (said: string, seconds: number): boolean => {
      const keeping = keepingOf(rule, cameOf({ status: 200, said: [said], fields: [["etag", '"v"']] }));
      return keeping !== undefined && mayStandIn(keeping, CAME + seconds * 1000);
    };
    expect([after("max-age=10", 69), after("max-age=10", 70)]).toEqual([true, false]);
    expect([after("max-age=10, stale-if-error=5", 14), after("max-age=10, stale-if-error=5", 15)]).toEqual([true, false]);
    expect([after("max-age=10, stale-if-error=500", 69), after("max-age=10, stale-if-error=500", 70)]).toEqual([true, false]);
    expect([after("max-age=10, must-revalidate", 9), after("max-age=10, must-revalidate", 10)]).toEqual([true, false]);
    expect([after("max-age=10, proxy-revalidate", 10), after("s-maxage=10", 10)]).toEqual([false, false]);
  });
});
