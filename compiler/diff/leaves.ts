/** What questions read of a call: the parts that a request can be given so that they are answered as they should be. */
import { childrenOf } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";

/** `key`: equal for what is one part of the call. */
export type Leaf = { readonly key: string; readonly expr: Expr };

const READ: ReadonlySet<Expr["op"]> = new Set([
  "header",
  "headers",
  "query",
  "queries",
  "pathParam",
  "principalField",
  "principalId",
  "clientIp",
  "now",
  "env",
]);

export function leavesOf(expr: Expr): readonly Leaf[] {
  if (expr.op === "header" || expr.op === "headers") return [{ key: `header ${expr.name}`, expr }];
  if (expr.op === "query" || expr.op === "queries") return [{ key: `query ${expr.name}`, expr }];
  if (expr.op === "pathParam" || expr.op === "env") return [{ key: `${expr.op} ${expr.name}`, expr }];
  if (expr.op === "principalField") {
    const [identity] = expr.identities;
    return identity === undefined ? [] : [{ key: `principalField ${JSON.stringify([identity, expr.name])}`, expr }];
  }
  const path = bodyPath(expr);
  if (path !== undefined) return [{ key: `body ${JSON.stringify(path)}`, expr }];
  if (READ.has(expr.op)) return [{ key: expr.op, expr }];
  return childrenOf(expr).flatMap(leavesOf);
}

/** Names of members from the body to a part of it. */
export function bodyPath(expr: Expr): readonly string[] | undefined {
  if (expr.op === "body") return [];
  const around = expr.op === "field" ? bodyPath(expr.object) : undefined;
  return around && expr.op === "field" ? [...around, expr.name] : undefined;
}
