/** `scopes: ["orders/read", "orders/write"]`: what tokens can be good for. Promises: each could stand in a token (RFC 6749 section 3.3). */
import type { Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkExpression } from "../../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../../check/expressions/evaluate-constant.ts";
import { listForm } from "./jwt.diagnostics.ts";
import { impossibleScope } from "./token.diagnostics.ts";

/** Without what is wrong; undefined where none are named, or only wrong ones. */
export function readScopes(phrase: Phrase | undefined, context: CheckContext): readonly string[] | undefined {
  if (phrase === undefined) return undefined;
  const [list, ...more] = phrase.terms;
  if (list?.kind !== "list" || more.length > 0 || list.items.length === 0) {
    context.report(finding(listForm, phrase.span, { setting: "scopes", example: 'scopes: ["orders/read"]' }));
    return undefined;
  }
  const place = context.place(phrase.span.file, { kind: "nothing", what: "the scopes of an identity" });
  const scopes = new Set<string>();
  for (const item of list.items) {
    const expr = checkExpression(item, place, context.report, { kind: "string" });
    const scope = evaluateConstant(expr);
    if (expr.type.kind === "poison") continue;
    const why = scopeProblem(scope, scopes);
    if (why !== undefined) context.report(finding(impossibleScope, item.span, { written: context.written(item.span, 60), why }));
    else if (typeof scope === "string") scopes.add(scope);
  }
  return scopes.size === 0 ? undefined : [...scopes];
}

function scopeProblem(scope: unknown, before: ReadonlySet<string>): string | undefined {
  if (typeof scope !== "string") return "it is known only when the gateway starts";
  if (before.has(scope)) return "it is named twice";
  return /^[!#-[\]-~]+$/.test(scope) ? undefined : 'scopes are visible ASCII characters without `"` and `\\`, and a space ends one';
}
