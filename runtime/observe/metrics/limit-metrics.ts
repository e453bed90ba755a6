/** Which limits refused. A gateway without limits has none of these figures. */
import type { CallRecord } from "../call-record.ts";
import { counter, type Family } from "./families.ts";
import type { Measured } from "./measured.ts";
import { numbering } from "./numbering.ts";

export type LimitMetrics = {
  /** `decision` of a refusal. */
  readonly refused: (decision: Decision, route: number) => void;
  readonly families: () => readonly Family[];
};
type Decision = NonNullable<CallRecord["outcome"]>["decision"];

export function limitMetrics({ ofRoute, routes, limits }: Measured): LimitMetrics {
  const numbers = numbering(limits.map(({ key }) => key));
  const refusals = counter("gwl_limit_refusals_total", "Calls that a limit refused; one that several refuse counts at each.", (key) => {
    const { name = "", kind = "", plan = "" } = limits[Math.floor(key / routes.count) - 1] ?? {};
    return { ...ofRoute(key % routes.count), limit: name, kind, plan };
  });
  return {
    refused: ({ rules }, route) => {
      for (const rule of rules) {
        const limit = numbers.numberOf(rule);
        if (limit > 0) refusals.add(limit * routes.count + route);
      }
    },
    families: () => [refusals.family()].filter(({ values }) => values.length > 0),
  };
}
