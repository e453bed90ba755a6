/**
 * The limits of a started gateway (D200). A call is counted at all limits of its route or at none. Promises: one call is decided without
 * waiting, so nothing comes between looking and counting.
 */
import type { Cause, HeaderField } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { TableData } from "../contract/table-data.ts";
import type { LimitData, Measure } from "../contract/traffic-data.ts";
import type { Admission, Traffic } from "../kernel/traffic.ts";
import { calendarQuota } from "./calendar-quota.ts";
import { callsUnderWay } from "./calls-under-way.ts";
import { type CountOf, countedKeys } from "./counted-keys.ts";
import { keyText } from "./key-text.ts";
import { type Clock, type Count, type Meter, seconds } from "./meter.ts";
import { planLimits } from "./plan-limits.ts";
import { tokenBucket } from "./token-bucket.ts";

type RunningLimit = { readonly data: LimitData; readonly meter: Meter; readonly countOf: CountOf };
type Asked = { readonly limit: RunningLimit; readonly count: Count };

export function traffic({ traffic: limits = [], plans }: TableData): Traffic {
  const running = limits.map(started);
  const tick = clock();
  const ofPlans = plans === undefined ? undefined : planLimits(plans, limits);
  return (call, route, request, world) => {
    const keys: (readonly [number: number, key: string | undefined])[] = [];
    for (const { number, key } of ofPlans?.(call, route) ?? []) keys.push([number, keyText(key, undefined, world)]);
    for (const [at, number] of route.numbers.entries()) {
      const { hasKey = false, prefix } = limits[number] ?? {};
      keys.push([number, hasKey ? keyText(route.keys[at]?.(call), prefix, world) : undefined]);
    }
    if (keys.length === 0) return unlimited;
    const now = tick(world.now());
    const asked = keys.map(([number, key]): Asked => {
      const limit = running[number];
      if (limit === undefined) throw new Error(`there is no limit ${number}`);
      return { limit, count: limit.countOf(key, now) };
    });
    return admission(asked, now, request);
  };
}

const unlimited: Admission = { fields: [] };

function started(data: LimitData): RunningLimit {
  const meter = meterOf(data.measure);
  return { data, meter, countOf: countedKeys(meter) };
}

/** By the instant at which it is asked: what a call waited for before must not count twice. */
function clock(): (instant: number) => Clock {
  let last: number | undefined;
  let passed = 0;
  let latest = Number.NEGATIVE_INFINITY;
  return (given) => {
    const instant = Math.floor(given);
    passed += Math.max(0, instant - (last ?? instant));
    last = instant;
    latest = Math.max(latest, instant);
    return { passed, latest };
  };
}

function meterOf(measure: Measure): Meter {
  switch (measure.kind) {
    case "throttle":
      return tokenBucket(measure);
    case "quota":
      return calendarQuota(measure);
    case "concurrency":
      return callsUnderWay(measure);
  }
}

function admission(asked: readonly Asked[], now: Clock, request: GatewayRequest): Admission {
  const refusing = asked.filter(({ limit, count }) => limit.meter.left(count) < 1);
  const [first] = refusing;
  if (first === undefined) {
    for (const { limit, count } of asked) limit.meter.take(count);
    const fields = limitFields(asked, now);
    for (const { limit, count } of asked) {
      const { over } = limit.meter;
      if (over === undefined) continue;
      if (request.whenOver === undefined) over(count);
      else request.whenOver(() => over(count));
    }
    return { fields };
  }
  const wait = refusing.reduce((longest, { limit, count }) => Math.max(longest, limit.meter.wait(count, now)), 1);
  return {
    fields: limitFields(asked, now),
    refused: {
      cause: causeOf(first.limit.data),
      keys: refusing.map(({ limit }) => limit.data.key).sort(),
      facts: { retryAfter: seconds(wait) },
    },
  };
}

/** draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4. Names hold no quotes. */
function limitFields(asked: readonly Asked[], now: Clock): readonly HeaderField[] {
  let policies = "";
  let left = "";
  for (const { limit, count } of asked) {
    const { data, meter } = limit;
    const behind = policies === "" ? "" : ", ";
    policies += `${behind}"${data.name}"${meter.policy(count)}`;
    left += `${behind}"${data.name}";r=${meter.left(count)}${meter.reset(count, now)}`;
  }
  return policies === ""
    ? []
    : [
        ["ratelimit-policy", policies],
        ["ratelimit", left],
      ];
}

function causeOf({ measure }: LimitData): Cause {
  switch (measure.kind) {
    case "throttle":
      return "throttled";
    case "quota":
      return "quota-exceeded";
    case "concurrency":
      return "too-many-at-once";
  }
}
