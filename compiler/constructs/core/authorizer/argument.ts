/** `KIND(VALUE)`: the value in the parentheses of an identity's kind: a constant, an environment value, or one by stage. */
import type { Call } from "../../../../grammar/ast.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkValue } from "../../../check/expressions/check-expression.ts";
import { baseOf } from "../../../check/types/built-in-types.ts";
import type { Expr } from "../../../model/expression.ts";

/** `types`: the first is what a text is taken for; values of the others will do as well. */
type Form = { readonly what: string; readonly types: readonly ["url" | "string", ...("arn" | "string")[]] };

export function readArgument(call: Call, { what, types }: Form, context: CheckContext): Expr {
  const [argument, ...more] = call.arguments;
  const place = context.place(call.span.file, { kind: "nothing", what });
  const phrase = argument === undefined || more.length > 0 ? { terms: [], span: call.span } : argument.value;
  const [usual] = types;
  const [first] = phrase.terms;
  if (first?.kind !== "name" || first.name === "stage") return checkValue(phrase, place, context.report, { kind: usual });
  const value = checkValue(phrase, place, context.report);
  const base = baseOf(value.type).kind;
  return base === "poison" || types.some((type) => type === base) ? value : checkValue(phrase, place, context.report, { kind: usual });
}
