/** GWL4312 and on: plans and who has them. */
import { defineError, defineWarning } from "../../../grammar/source/diagnostic.ts";

export const planUnused = defineWarning<{ name: string }>({
  code: "GWL4312",
  name: "plan-unused",
  message: ({ name }) => `nobody can have the plan \`${name}\``,
  help: () => "give an identity a field of the type `Plan`, as in `fields { plan: Plan }` or `claims { plan: Plan }`",
});
export const plansOfOneCaller = defineError<{ name: string }>({
  code: "GWL4313",
  name: "plans-of-one-caller",
  message: ({ name }) => `with \`${name}\` a caller has two plans`,
  help: () => "one field of the type `Plan` says which plan a caller has; give the other one another type",
});

export const PLAN_DIAGNOSTICS = [planUnused, plansOfOneCaller] as const;
