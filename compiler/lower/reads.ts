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
  /** IAM documents that are asked as AWS asks them. */
  readonly documents: ReadonlySet<number>;
};
export type RouteFactName = "api" | "version" | "path" | "method";

export type Phase = "request" | "principal" | "body";
export const PHASES: readonly Phase[] = ["request", "principal", "body"];

export function phaseOf(reads: Reads): Phase {
  return reads.body ? "body" : reads.principal ? "principal" : "request";
}

const NONE: ReadonlySet<never> = new Set();
const NOTHING: Reads = {
  principal: false,
  body: false,
  headers: NONE,
  queries: NONE,
  queryNames: NONE,
  tags: NONE,
  routeFacts: NONE,
  documents: NONE,
};
const PRINCIPAL: Reads = { ...NOTHING, principal: true };
const BODY: Reads = { ...NOTHING, body: true };

export function readsOf(expressions: readonly Expr[]): Reads {
  const found: Reads[] = [];
  const open = [...expressions];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    const own = ownReads(expr);
    if (own !== undefined) found.push(own);
    open.push(...childrenOf(expr));
  }
  return allReads(found);
}

function ownReads(expr: Expr): Reads | undefined {
  switch (expr.op) {
    case "header":
      return { ...NOTHING, headers: new Set([expr.name]) };
    case "query":
      return { ...NOTHING, queries: new Set([expr.name]), queryNames: new Set([expr.name]) };
    case "queries":
      return { ...NOTHING, queryNames: new Set([expr.name]) };
    case "tag":
      return { ...NOTHING, tags: new Set([expr.name]) };
    case "routeFact":
      return { ...NOTHING, routeFacts: new Set([expr.fact]) };
    case "method":
      return { ...NOTHING, routeFacts: new Set(["method"] as const) };
    case "awsAllows":
      return { ...PRINCIPAL, headers: new Set(expr.headers), documents: new Set([expr.document]) };
    case "applyingStatements":
      return { ...NOTHING, principal: expr.asksCaller, headers: new Set(expr.headers) };
    case "body":
      return BODY;
    case "awsTable":
    case "isKnown":
    case "isIdentity":
    case "principalId":
    case "principalField":
      return PRINCIPAL;
    default:
      return undefined;
  }
}

export function allReads(parts: readonly Reads[]): Reads {
  const [first = NOTHING, ...others] = parts;
  if (others.every((other) => other === first)) return first;
  return {
    principal: parts.some((part) => part.principal),
    body: parts.some((part) => part.body),
    headers: union(parts, (part) => part.headers),
    queries: union(parts, (part) => part.queries),
    queryNames: union(parts, (part) => part.queryNames),
    tags: union(parts, (part) => part.tags),
    routeFacts: union(parts, (part) => part.routeFacts),
    documents: union(parts, (part) => part.documents),
  };
}

/** Most parts read nothing by name, so most sets are shared. */
function union<T>(parts: readonly Reads[], names: (part: Reads) => ReadonlySet<T>): ReadonlySet<T> {
  let only: ReadonlySet<T> = NONE;
  for (const part of parts) {
    const found = names(part);
    if (found.size === 0 || found === only) continue;
    if (only.size > 0) return new Set(parts.flatMap((each) => [...names(each)]));
    only = found;
  }
  return only;
}
