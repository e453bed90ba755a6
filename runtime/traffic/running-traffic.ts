/**
 * The limits of a started gateway (D200). A call is counted at all limits of its route or at none. Promises: what is counted here is looked at and
 * counted without waiting, so nothing comes between the two; stores are asked only for calls that pass here.
 */
import type { TableData } from "../contract/table-data.ts";
import type { Admission, Traffic } from "../kernel/traffic.ts";
import { admitted, refused } from "./admission.ts";
import { keyText } from "./key-text.ts";
import type { Clock } from "./meter.ts";
import { planLimits } from "./plan-limits.ts";
import { startLimit } from "./running-limit.ts";
import { admitShared, type Asking, type Counted } from "./shared-limits.ts";

export function traffic({ name, traffic: limits = [], plans }: TableData): Traffic {
  const running = limits.map(startLimit);
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
    const asking = keys.map(([number, key], place): Asking => {
      const limit = running[number];
      if (limit === undefined) throw new Error(`there is no limit ${number}`);
      return { place, limit, key };
    });
    const here = asking.filter(isCountedHere).map(({ place, limit, key }): Counted => {
      const count = limit.countOf(key, now);
      return { place, asked: { limit, count, passes: limit.meter.left(count) >= 1 } };
    });
    const asked = here.map((one) => one.asked);
    if (!asked.every(({ passes }) => passes)) return refused(asked, now);
    for (const { limit, count } of asked) if (count !== undefined) limit.meter.take(count);
    if (here.length === asking.length) return admitted(asked, now, request);
    const elsewhere = asking.filter((one) => !isCountedHere(one));
    return admitShared(name, here, elsewhere, now, request, world);
  };
}

function isCountedHere({ limit }: Asking): boolean {
  return limit.data.shared === undefined;
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
