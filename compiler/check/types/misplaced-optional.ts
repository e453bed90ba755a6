/** `?` behind a constraint instead of behind the name of the type, as in `Int 0..100?`. Promises: the fix keeps the meaning. */
import type { Binary, Term } from "../../../grammar/ast.ts";
import { type Diagnostic, finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Type } from "../../model/types.ts";
import { misplacedOptional } from "./diagnostics.ts";
import { shortType } from "./print-type.ts";

export function isRange(term: Term): term is Binary {
  return term.kind === "binary" && term.operator === "..";
}

/** The finding about `Int 0..100?`, whose type's name is at `head`. */
export function misplacedSign(type: Type, terms: readonly Term[], head: Span): Diagnostic | undefined {
  const last = terms.at(-1);
  const end = last !== undefined && isRange(last) ? last.right : last;
  if (end?.kind !== "optional") return undefined;
  const sign = { ...end.span, start: end.span.end - 1 };
  const behind = terms.map((term) => ` ${constraintText(term)}`).join("");
  const found = finding(misplacedOptional, sign, { written: `${type.kind === "poison" ? "TYPE" : shortType(type)}?${behind}` });
  const edits = [
    { span: { ...head, start: head.end }, text: "?" },
    { span: sign, text: "" },
  ];
  return { ...found, fixes: [{ title: "move the `?` to the type", edits }] };
}

/** A part of a constraint as it is written, without a `?` at its end. */
export function constraintText(term: Term): string {
  switch (term.kind) {
    case "name":
      return term.name;
    case "int":
    case "decimal":
      return term.text;
    case "regex":
      return `/${term.text}/`;
    case "unary":
      return `-${constraintText(term.operand)}`;
    case "optional":
      return constraintText(term.type);
    case "binary":
      return `${constraintText(term.left)}..${constraintText(term.right)}`;
    default:
      return "...";
  }
}
