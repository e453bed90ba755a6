/** `expect deny by inside(office)`: an outcome and whom it is by. Whom it is by is looked up when the whole program is known. */
import type { Term } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Expr } from "../../../model/expression.ts";
import type { TestExpectation } from "../../../model/program.ts";
import { readTerms, type PhraseReader } from "../../phrase-reader.ts";
import { foundTerm } from "../../terms.ts";
import { policyArguments, takePolicy } from "../policy-call.ts";
import { outcomeForm } from "./test.diagnostics.ts";

export type Expectation = { readonly outcome: TestExpectation["outcome"]; readonly by?: Author };
/** `arguments` are absent where any use of the policy is meant. */
export type Author =
  | { readonly kind: "default" }
  | { readonly kind: "reason"; readonly because: string; readonly label: string }
  | { readonly kind: "policy"; readonly policy: string; readonly arguments?: readonly Expr[]; readonly label: string };

export const EXPECTATION_FORMS = [
  "expect allow",
  "expect deny by POLICY",
  'expect deny by "reason"',
  "expect deny by default",
  "expect 404",
];

/** Undefined after a finding. `around` is underlined where there is nothing. */
export function readExpectation(terms: readonly Term[], around: Span, context: CheckContext): Expectation | undefined {
  const phrase = readTerms(terms, { word: "expect", end: terms.at(-1)?.span ?? around, written: EXPECTATION_FORMS }, context);
  const outcome = readOutcome(phrase, around, context);
  if (outcome === undefined) return undefined;
  if (!phrase.takes("by")) return phrase.end() ? { outcome } : undefined;
  const by = readAuthor(phrase, context);
  return phrase.end() && by !== undefined ? { outcome, by } : undefined;
}

function readOutcome(phrase: PhraseReader, around: Span, context: CheckContext): TestExpectation["outcome"] | undefined {
  if (phrase.takes("allow")) return "allow";
  if (phrase.takes("deny")) return "deny";
  const next = phrase.peek();
  const status = next?.kind === "int" ? Number(next.text) : 0;
  if (status >= 100 && status <= 599) {
    phrase.expression("a status");
    return { status };
  }
  const span = next?.span ?? around;
  context.report(finding(outcomeForm, span, { found: next === undefined ? "an empty cell" : foundTerm(next, context.written(span)) }));
  return undefined;
}

function readAuthor(phrase: PhraseReader, context: CheckContext): Author | undefined {
  if (phrase.takes("default")) return { kind: "default" };
  const next = phrase.peek();
  if (next?.kind === "text") {
    phrase.text("a reason");
    return { kind: "reason", because: next.value, label: JSON.stringify(next.value) };
  }
  const call = takePolicy(phrase);
  const policy = call && context.resolve("policy", call.name);
  if (call === undefined || policy === undefined) return undefined;
  const label = context.written(call.span);
  if (call.arguments === undefined) return { kind: "policy", policy: policy.name, label };
  const place = context.place(call.span.file, { kind: "nothing", what: "an expectation" });
  const values = policyArguments(call, policy, place, context);
  return values && { kind: "policy", policy: policy.name, arguments: values, label };
}
