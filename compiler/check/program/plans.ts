/** Plans that nobody can have, and callers who would have two. */
import { type Diagnostic, finding } from "../../../grammar/source/diagnostic.ts";
import { isPlanType } from "../../model/plans.ts";
import { planUnused, plansOfOneCaller } from "./plans.diagnostics.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkPlans({ program }: Survey): readonly Diagnostic[] {
  const { plans = [], identities } = program;
  if (plans.length === 0) return [];
  const claims = identities.map((identity) => identity.claims.filter(({ type }) => isPlanType(type)));
  const doubled = claims.flatMap(([first, second]) =>
    first === undefined || second === undefined
      ? []
      : [finding(plansOfOneCaller, second.span, { name: second.name }, [{ span: first.span, message: "this field says it too" }])],
  );
  const unused = claims.some((of) => of.length > 0) ? [] : plans.map(({ name, span }) => finding(planUnused, span, { name }));
  return [...doubled, ...unused];
}
