/** The limits of the plans that a caller has, each with the key under which it counts: the caller, and the route where it holds for some only. */
import type { LimitData, PlansData } from "../contract/traffic-data.ts";
import type { Call } from "../kernel/call.ts";
import type { RouteLimits } from "../kernel/traffic.ts";

export type PlanLimit = { readonly number: number; readonly key: string };

export function planLimits(
  { claims, plans }: PlansData,
  limits: readonly LimitData[],
): (call: Call, route: Pick<RouteLimits, "placed">) => readonly PlanLimit[] {
  const byName = new Map<unknown, readonly number[]>(plans.map((plan) => [plan.name, plan.limits]));
  const isPlaced = (number: number): boolean => limits[number]?.isPlaced === true;
  const kindOf = (number: number): string | undefined => limits[number]?.measure.kind;
  const inForce = (all: readonly number[], call: Call, { placed }: Pick<RouteLimits, "placed">): readonly number[] => {
    const here = placed.flatMap(({ number, holds }) => (all.includes(number) && holds(call) ? [number] : []));
    const taken = new Set(here.map(kindOf));
    return all.filter((number) => (isPlaced(number) ? here.includes(number) : !taken.has(kindOf(number))));
  };
  return (call, route) =>
    call.principals.flatMap(({ identity, id, claims: said }) => {
      const claim = claims[identity];
      const all = claim === null || claim === undefined ? undefined : byName.get(said[claim]);
      const caller = `${identity} ${id}`;
      return all === undefined
        ? []
        : inForce(all, call, route).map((number) => ({ number, key: isPlaced(number) ? `${caller} ${call.route}` : caller }));
    });
}
