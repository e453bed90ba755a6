/**
 * The limits of a started gateway (D200). A call is counted at all limits of its route or at none. Promises: what is counted here is looked at and
 * counted without waiting, so nothing comes between the two; stores are asked only for calls that pass here.
 */
import type { TableData } from "../contract/table-data.ts";
import type { World } from "../contract/world.ts";
import type { Call } from "../kernel/call.ts";
import type { Admission, RouteLimits, Traffic } from "../kernel/traffic.ts";
import { admitted, type Asked, refused } from "./admission.ts";
import { keyText } from "./key-text.ts";
import type { Clock } from "./meter.ts";
import { planLimits } from "./plan-limits.ts";
import { type RunningLimit, startLimit } from "./running-limit.ts";
import { admitShared, type Asking, type Counted } from "./shared-limits.ts";

export function traffic({ name, traffic: limits = [], plans }: TableData): Traffic {
  const running = limits.map(startLimit);
  const tick = clock();
  const ofPlans = plans === undefined ? undefined : planLimits(plans, limits);
  const limitAt = (number: number): RunningLimit => {
    const limit = running[number];
    if (limit === undefined) throw new Error(`there is no limit ${number}`);
    return limit;
  };
  const asking = (call: Call, route: RouteLimits, world: World): readonly Asking[] => {
    const all: Asking[] = [];
    if (ofPlans !== undefined)
      for (const { number, key } of ofPlans(call, route))
        all.push({ place: all.length, limit: limitAt(number), key: keyText(key, undefined, world) });
    for (let at = 0; at < route.numbers.length; at++) {
      const limit = limitAt(route.numbers[at] ?? -1);
      const { hasKey, prefix } = limit.data;
      const key = hasKey ? keyText(route.keys[at]?.(call), prefix, world) : undefined;
      all.push({ place: all.length, limit, key });
    }
    return all;
  };
  return (call, route, request, world) => {
    const all = asking(call, route, world);
    if (all.length === 0) return unlimited;
    const now = tick(world.now());
    const here: Counted[] = [];
    const asked: Asked[] = [];
    let passes = true;
    for (const { place, limit, key } of all) {
      if (isShared(limit)) continue;
      const one = lookedAt(limit, key, now);
      passes &&= one.passes;
      asked.push(one);
      here.push({ place, asked: one });
    }
    if (!passes) return refused(asked, now);
    for (const { limit, count } of asked) if (count !== undefined) limit.meter.take(count);
    if (asked.length === all.length) return admitted(asked, now, request);
    const elsewhere = all.filter(({ limit }) => isShared(limit));
    return admitShared(name, here, elsewhere, now, request, world);
  };
}

function isShared({ data }: RunningLimit): boolean {
  return data.shared !== undefined;
}

function lookedAt(limit: RunningLimit, key: string | undefined, now: Clock): Asked {
  const count = limit.countOf(key, now);
  return { limit, count, passes: limit.meter.left(count) >= 1 };
}

const unlimited: Admission = { fields: [] };

/** By the instant at which it is asked: what a call waited for before must not count twice. */
function clock(): (instant: number) => Clock {
  let last: number | undefined;
  let passed = 0;
  let latest = Number.NEGATIVE_INFINITY;
  return (given) => {
    if (!Number.isFinite(given)) throw new Error("the clock gives no time: nothing can be counted");
    const instant = Math.floor(given);
    passed += Math.max(0, instant - (last ?? instant));
    last = instant;
    latest = Math.max(latest, instant);
    return { passed, latest };
  };
}
