/**
 * Denies that are false only because of what the routes of today are: they guard against the routes of tomorrow, and
 * nothing is wrong with them. Knows statements, no diagrams.
 */
import { childrenOf } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";
import type { StatedAt } from "./program-places.ts";

/** For a deny that is never true. One that comes by a policy is a guard wherever it is not used for one route alone. */
export function isStandingGuard(place: StatedAt | undefined): boolean {
  if (place === undefined || place.level === "route") return false;
  return place.statement.kind !== "rule" || asksOfRoute(place.statement.when);
}

/** Whether another route, or another `accept`, could give the expression another value. */
function asksOfRoute(expr: Expr): boolean {
  switch (expr.op) {
    case "tag":
    case "routeFact":
    case "method":
    case "isKnown":
    case "isIdentity":
    case "principalId":
    case "principalField":
      return true;
    default:
      return childrenOf(expr).some(asksOfRoute);
  }
}
