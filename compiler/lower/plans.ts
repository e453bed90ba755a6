/** Plans as the IR has them: who says which one a caller has, and on which routes a limit takes the place of others. */
import { isPlanType } from "../model/plans.ts";
import type { IrPlans, IrPlanLimit } from "../model/ir.ts";
import type { PlacedRoute } from "../model/placed-route.ts";
import type { Program } from "../model/program.ts";
import { isFalse } from "./constants.ts";
import { fold } from "./fold.ts";
import type { RouteFacts } from "./route-facts.ts";
import type { LimitTable } from "./traffic.ts";

/** Undefined where there are none. */
export function irPlans({ plans = [], identities }: Program, table: LimitTable): IrPlans | undefined {
  if (plans.length === 0) return undefined;
  return {
    claims: identities.map(({ claims }) => claims.find(({ type }) => isPlanType(type))?.name),
    plans: plans.map(({ name, limits }) => ({ name, limits: limits.map((limit) => table.numberOf(limit)) })),
  };
}

/** Those with a condition that may hold here. */
export function planLimitsOn({ plans = [] }: Program, placed: PlacedRoute, facts: RouteFacts, table: LimitTable): readonly IrPlanLimit[] {
  if (placed.accept.length === 0) return [];
  return plans.flatMap(({ limits }) =>
    limits.flatMap((limit) => {
      const where = limit.where && fold(limit.where, facts);
      return where === undefined || isFalse(where) ? [] : [{ limit: table.numberOf(limit), where }];
    }),
  );
}
