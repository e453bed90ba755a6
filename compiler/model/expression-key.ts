/**
 * A text for each expression such that equal texts mean the same at run time. Promises: spans do not count, neither do the
 * types of what its name already tells. Path parameters and bodies are of the route, so their types do count.
 */
import { childrenOf } from "./expression-children.ts";
import type { Expr } from "./expression.ts";
import type { Type } from "./types.ts";

export type ExpressionKeys = (expr: Expr) => string;

/** Remembers the key of each expression object that it has seen. */
export function expressionKeys(): ExpressionKeys {
  const known = new WeakMap<Expr, string>();
  const keyOf = (expr: Expr): string => {
    const found = known.get(expr);
    if (found !== undefined) return found;
    const key = `${expr.op}${ownKey(expr)}${inner(childrenOf(expr).map(keyOf))}`;
    known.set(expr, key);
    return key;
  };
  return keyOf;
}

function inner(children: readonly string[]): string {
  return children.length === 0 ? "" : `(${children.join(",")})`;
}

function ownKey(expr: Expr): string {
  if ("document" in expr) return documentKey(expr);
  return expr.op === "record" || expr.op === "answerBody" || "item" in expr ? mappingKey(expr) : own(expr);
}

function mappingKey(expr: Extract<Expr, { readonly op: "record" | "each" | "item" | "answerBody" }>): string {
  if (expr.op === "answerBody") return "";
  return ` ${expr.op === "record" ? JSON.stringify(Object.keys(expr.fields)) : expr.item}`;
}

function documentKey(expr: Extract<Expr, { readonly document: number }>): string {
  return ` ${expr.document} ${expr.op === "awsAllows" ? expr.orDenied : expr.asksCaller}`;
}

/** What an expression says itself, beside its children. */
function own(expr: Exclude<Expr, { readonly document: number } | { readonly op: "record" | "each" | "item" | "answerBody" }>): string {
  if (expr.op === "routeFact" || expr.op === "entryFact") return ` ${expr.fact}`;
  switch (expr.op) {
    case "awsTable":
      return ` ${expr.allows} ${expr.orDenied}`;
    case "const":
      return ` ${plain(expr.type).kind} ${JSON.stringify(expr.value)}`;
    case "pathParam":
      return ` ${JSON.stringify(expr.name)} ${JSON.stringify(plain(expr.type))}`;
    case "body":
      return ` ${JSON.stringify(plain(expr.type))}`;
    case "env":
    case "param":
    case "header":
    case "headers":
    case "query":
    case "queries":
    case "tag":
    case "network":
    case "field":
      return ` ${JSON.stringify(expr.name)}`;
    case "principalField":
    case "principalId":
    case "isIdentity":
      return ofCaller(expr);
    case "stageValue":
      return ` ${JSON.stringify(Object.keys(expr.values))}`;
    case "compare":
    case "networkAlgebra":
      return ` ${expr.operator}`;
    case "matches":
      return ` ${JSON.stringify(expr.pattern)}`;
    case "stage":
    case "clientIp":
    case "method":
    case "path":
    case "host":
    case "now":
    case "timeOfDay":
    case "weekday":
    case "isKnown":
    case "not":
    case "and":
    case "or":
    case "if":
    case "in":
    case "has":
    case "coalesce":
    case "startsWith":
    case "endsWith":
    case "contains":
    case "lower":
    case "sizeOf":
    case "text":
    case "concat":
    case "list":
    case "range":
      return "";
  }
}

function ofCaller(expr: Expr & { readonly op: "principalField" | "principalId" | "isIdentity" }): string {
  switch (expr.op) {
    case "principalField":
      return ` ${JSON.stringify([expr.name, ...expr.identities])}`;
    case "principalId":
      return expr.of === undefined ? "" : ` ${JSON.stringify(expr.of)}`;
    case "isIdentity":
      return ` ${JSON.stringify(expr.identity)}`;
  }
}

/** Narrowing takes the optional away from the same thing. */
function plain(type: Type): Type {
  return type.kind === "optional" ? plain(type.type) : type;
}
