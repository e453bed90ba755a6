/** `balance: least_requests`: how calls are shared out among the addresses. */
import type { Phrase } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { HttpTraffic } from "../../../../../runtime/contract/http-traffic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import { balanceForm } from "./http.diagnostics.ts";

/** Undefined: one after the other. */
export function readBalance(phrase: Phrase | undefined, context: CheckContext): HttpTraffic["balance"] {
  if (phrase === undefined) return undefined;
  const [word, ...more] = phrase.terms;
  const name = word?.kind === "name" && more.length === 0 ? word.name : undefined;
  if (name === "round_robin") return undefined;
  if (name === "least_requests") return name;
  context.report(finding(balanceForm, phrase.span, { written: context.written(phrase.span, 40) }));
  return undefined;
}
