/** `balance: least_requests`: how calls are shared out among the addresses. */
import type { Phrase } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { HttpTraffic } from "../../../../../runtime/contract/http-traffic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import { checkExpression } from "../../../../check/expressions/check-expression.ts";
import type { Expr } from "../../../../model/expression.ts";
import { anyIdentity } from "../../../access/level-around.ts";
import { isExpression } from "../../../terms.ts";
import { balanceForm } from "./http.diagnostics.ts";

/** No `balance`: one after the other. `key`: what `hash` goes by. */
export type Balance = { readonly balance?: HttpTraffic["balance"]; readonly key?: Expr };

export function readBalance(phrase: Phrase | undefined, context: CheckContext): Balance {
  if (phrase === undefined) return {};
  const [word, by, key, ...more] = phrase.terms;
  const name = word?.kind === "name" ? word.name : undefined;
  if (by === undefined && name === "round_robin") return {};
  if (by === undefined && name === "least_requests") return { balance: name };
  if (name !== "hash" || by?.kind !== "name" || by.name !== "by" || !isExpression(key) || more.length > 0) {
    context.report(finding(balanceForm, phrase.span, { written: context.written(phrase.span, 40) }));
    return {};
  }
  const missing = "a backend is called by many routes";
  const reads = { kind: "request", principal: anyIdentity(context), body: { missing }, parameters: { missing } } as const;
  const expected = { kind: "optional", type: { kind: "string" } } as const;
  const expr = checkExpression(key, context.place(phrase.span.file, reads), context.report, expected);
  return expr.type.kind === "poison" ? {} : { balance: "hash", key: expr };
}
