/** `KIND(ISSUER)`: who vouches for the callers of an identity, a text that the start may bring. */
import type { Call, Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Expr } from "../../../model/expression.ts";
import { unknownText } from "../jwt/issuer.ts";
import { issuerExpected } from "../jwt/token.diagnostics.ts";

type Form = { readonly kind: string; readonly what: string; readonly example: string };

export function readOnlyArgument(
  call: Call,
  form: Form,
  read: (phrase: Phrase, context: CheckContext) => Expr,
  context: CheckContext,
): Expr {
  const [argument, ...more] = call.arguments;
  if (argument !== undefined && argument.name === undefined && more.length === 0) return read(argument.value, context);
  const found = argument === undefined ? "nothing" : `\`${context.written(call.span, 60)}\``;
  context.report(finding(issuerExpected, call.span, { ...form, found }));
  return unknownText(call.span);
}
