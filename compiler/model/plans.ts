/** Usage plans: what callers may use, by the plan that their identity says they have. */
import type { Span } from "../../grammar/source/span.ts";
import { bareType } from "./bare-type.ts";
import type { TrafficLimit } from "./traffic.ts";
import type { Type } from "./types.ts";

/** Limits have no key: they count by caller, those with `where` by route as well. */
export type Plan = { readonly name: string; readonly limits: readonly TrafficLimit[]; readonly span: Span; readonly doc?: string };

/** The type of a claim that says which plan a caller has: built in where plans are declared, and nowhere else. */
export const PLAN_TYPE = "Plan";

export function isPlanType(type: Type): boolean {
  if (type.kind === "optional") return isPlanType(type.type);
  return type.kind === "newtype" && type.name === PLAN_TYPE && bareType(type).kind === "literals";
}
