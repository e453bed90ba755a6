/** `let NAME = VALUE`: a constant, private to its file unless imported. Promises: reads nothing of a request. */
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { readType } from "../../check/types/read-type.ts";
import type { Expr } from "../../model/expression.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

export const constant: DeclarationConstruct<"let"> = {
  kind: "declaration",
  words: ["let"],
  within: ["file"],
  summary: "a constant with a name",
  written: ["let NAME = VALUE", "let NAME: TYPE = VALUE"],
  declares: "let",
  mean: readConstant,
};

function readConstant({ statement, file }: Declaration, context: CheckContext): Expr | undefined {
  const phrase = readPhrase(statement, constant, context);
  phrase.name("a name");
  const isTyped = phrase.takesMark(":");
  const typeTerms = isTyped ? phrase.until("=") : [];
  phrase.mark("=");
  const terms = phrase.value("a value");
  if (!phrase.end() || terms === undefined) return undefined;
  const expected = isTyped ? readType(typeTerms, statement.span, context.types(file), context.report) : undefined;
  return checkValue(
    { terms, span: statement.span },
    context.place(file, { kind: "nothing", what: "a constant" }),
    context.report,
    expected,
  );
}
