/** The limits of the plans that callers have (D203). */
import { isPlanType } from "../model/plans.ts";
import type { Program, TrafficLimit } from "../model/program.ts";
import { isTrue } from "./evaluate.ts";
import type { Scene } from "./scene.ts";

/** `whose`: the caller, and the route where the limit holds for some only. */
export type PlanLimit = { readonly limit: TrafficLimit; readonly whose: string };

export function limitsOfPlans({ plans = [], identities }: Program, scene: Scene, route: string): readonly PlanLimit[] {
  return (scene.callers ?? []).flatMap(({ identity, id, claims }) => {
    const field = identities.find(({ name }) => name === identity)?.claims.find(({ type }) => isPlanType(type));
    const plan = field && plans.find(({ name }) => name === claims[field.name]);
    return inForce(plan?.limits ?? [], scene).map((limit) => ({ limit, whose: JSON.stringify([identity, id, limit.where ? route : ""]) }));
  });
}

/** One that holds here takes the place of the plan's others of its kind. */
function inForce(limits: readonly TrafficLimit[], scene: Scene): readonly TrafficLimit[] {
  const here = limits.filter(({ where }) => where && isTrue(where, scene, undefined));
  const isTaken = ({ measure }: TrafficLimit): boolean => here.some((other) => other.measure.kind === measure.kind);
  return limits.filter((limit) => here.includes(limit) || (limit.where === undefined && !isTaken(limit)));
}
