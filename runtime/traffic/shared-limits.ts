/**
 * Limits that are counted in a store (D204, D390). Promises: the store is asked once, for all of them at a time; what was counted there or here and is
 * refused elsewhere is given back, and calls under way are when they are over.
 */
import type { GatewayRequest } from "../contract/request.ts";
import type { SharedAsk, SharedCount, SharedReturn } from "../contract/shared-counts.ts";
import type { World } from "../contract/world.ts";
import type { Admission } from "../kernel/traffic.ts";
import { hexOf } from "../kernel/hex.ts";
import { admitted, type Asked, refused, whenOver } from "./admission.ts";
import { quotaWindow } from "./calendar-quota.ts";
import type { Clock, Count } from "./meter.ts";
import type { RunningLimit } from "./running-limit.ts";

/** `place`: in the order of all limits of the call. */
export type Asking = { readonly place: number; readonly limit: RunningLimit; readonly key: string | undefined };
/** Those that were counted here already. */
export type Counted = { readonly place: number; readonly asked: Asked };
type Answered = Counted & { readonly giveBack?: () => void };

export async function admitShared(
  gateway: string,
  here: readonly Counted[],
  asking: readonly Asking[],
  now: Clock,
  request: GatewayRequest,
  world: World,
): Promise<Admission> {
  const asks = asking.map((one) => sharedAsk(gateway, one, now, world));
  const counts = (await world.shared?.count(asks)) ?? [];
  const surplus: SharedReturn[] = [];
  const answers = asking.map((one, at) => answerOf(one, asks[at], counts[at] ?? "away", now, surplus));
  const all = [...here.map(takenHere), ...answers].sort((left, right) => left.place - right.place);
  const asked = all.map((answer) => answer.asked);
  if (asked.every(({ passes }) => passes)) {
    const leases = asked.flatMap(({ lease }) => lease ?? []);
    if (leases.length > 0) whenOver(request, () => world.shared?.giveBack(leases));
    return admitted(asked, now, request);
  }
  for (const { giveBack } of all) giveBack?.();
  if (surplus.length > 0) world.shared?.giveBack(surplus);
  return refused(asked, now);
}

function takenHere({ place, asked }: Counted): Answered {
  const { limit, count } = asked;
  const at = count?.at ?? 0;
  return { place, asked, giveBack: () => count && limit.meter.giveBack(count, at) };
}

/** `surplus` gets what the store is to be told of where the call is refused after all. */
function answerOf(
  { place, limit, key }: Asking,
  ask: SharedAsk | undefined,
  answer: SharedCount,
  now: Clock,
  surplus: SharedReturn[],
): Answered {
  if (answer === "alone" || (answer === "away" && limit.data.shared?.otherwise === "local")) {
    const count = limit.countOf(key, now);
    const passes = limit.meter.left(count) >= 1;
    if (!passes) return { place, asked: { limit, count, passes } };
    limit.meter.take(count);
    return takenHere({ place, asked: { limit, count, passes } });
  }
  if (answer === "away" || ask === undefined) return { place, asked: { limit, count: undefined, passes: false } };
  const { measure } = limit.data;
  const at = measure.kind === "quota" ? quotaWindow(measure, now.latest).begin : 0;
  const { amount, passes, lease } = answer;
  const count: Count = { amount, at };
  const taken: SharedReturn = lease === undefined ? ask : { ...ask, lease };
  const giveBack = (): void => {
    limit.meter.giveBack(count, at);
    surplus.push(taken);
  };
  return { place, asked: { limit, count, passes, ...(lease === undefined ? {} : { lease: taken }) }, ...(passes ? { giveBack } : {}) };
}

/** Who reads the store learns nothing of callers: keys are digests. */
function sharedAsk(gateway: string, { limit, key }: Asking, now: Clock, world: World): SharedAsk {
  const { measure, shared } = limit.data;
  if (shared === undefined) throw new Error("this limit is not shared");
  const counted = measure.kind === "quota" ? { kind: measure.kind, calls: measure.calls, ...quotaWindow(measure, now.latest) } : measure;
  const named = JSON.stringify([gateway, shared.id, counted, key ?? null]);
  return { store: shared.store, key: `gwl:${hexOf(world.digest("sha256", named))}`, measure: counted };
}
