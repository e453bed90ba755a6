/** What an expression reads, by its words alone (D50): never what constants would leave of it. */
import { childrenOf } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";

export type Reads = {
  readonly principal: boolean;
  readonly body: boolean;
  /** Header and query names of which *the* value is read. */
  readonly headers: ReadonlySet<string>;
  readonly queries: ReadonlySet<string>;
  /** Query names of which anything is read. */
  readonly queryNames: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  readonly routeFacts: ReadonlySet<RouteFactName>;
};
export type RouteFactName = "api" | "version" | "path" | "method";

export type Phase = "request" | "principal" | "body";
export const PHASES: readonly Phase[] = ["request", "principal", "body"];

export function phaseOf(reads: Reads): Phase {
  return reads.body ? "body" : reads.principal ? "principal" : "request";
}

export function readsOf(expressions: readonly Expr[]): Reads {
  const reads = {
    principal: false,
    body: false,
    headers: new Set<string>(),
    queries: new Set<string>(),
    queryNames: new Set<string>(),
    tags: new Set<string>(),
    routeFacts: new Set<RouteFactName>(),
  };
  const open = [...expressions];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (expr.op === "header") reads.headers.add(expr.name);
    else if (expr.op === "query") reads.queries.add(expr.name);
    else if (expr.op === "tag") reads.tags.add(expr.name);
    else if (expr.op === "routeFact") reads.routeFacts.add(expr.fact);
    else if (expr.op === "method") reads.routeFacts.add("method");
    else if (expr.op === "body") reads.body = true;
    else if (readsPrincipal(expr)) reads.principal = true;
    if (expr.op === "query" || expr.op === "queries") reads.queryNames.add(expr.name);
    open.push(...childrenOf(expr));
  }
  return reads;
}

export function allReads(parts: readonly Reads[]): Reads {
  return {
    principal: parts.some((part) => part.principal),
    body: parts.some((part) => part.body),
    headers: new Set(parts.flatMap((part) => [...part.headers])),
    queries: new Set(parts.flatMap((part) => [...part.queries])),
    queryNames: new Set(parts.flatMap((part) => [...part.queryNames])),
    tags: new Set(parts.flatMap((part) => [...part.tags])),
    routeFacts: new Set(parts.flatMap((part) => [...part.routeFacts])),
  };
}

function readsPrincipal(expr: Expr): boolean {
  return expr.op === "isKnown" || expr.op === "isIdentity" || expr.op === "principalId" || expr.op === "principalField";
}
