/**
 * What follows the name of a type and narrows it: `1..5`, `min 1`, `max 40`, `size 1..200`, `matches /.../`. Promises: each is said
 * once, on a type that has it, and leaves some value.
 */
import type { Binary, Literal, Term } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import { spanning, type Span } from "../../../grammar/source/span.ts";
import type { Type } from "../../model/types.ts";
import { didYouMean } from "../did-you-mean.ts";
import { readLiteral } from "../literals/read-literal.ts";
import type { Report } from "../report.ts";
import { emptyRange, literalExpected, repeatedConstraint, unknownConstraint, wrongConstraint } from "./diagnostics.ts";
import { constraintAdvice } from "./habits.ts";
import { literalNumber } from "./literal-number.ts";
import { constraintText, isRange, misplacedSign } from "./misplaced-optional.ts";
import { shortType } from "./print-type.ts";
import type { TypeScope } from "./type-scope.ts";

type Read = { readonly scope: TypeScope; readonly report: Report };
type Word = "min" | "max" | "size" | "matches";
const WORDS: readonly string[] = ["min", "max", "size", "matches"] satisfies Word[];

/** `type`, whose name is at `head`, with the constraints that `terms` say. */
export function constrain(type: Type, terms: readonly Term[], head: Span, read: Read): Type {
  if (terms.length === 0) return type;
  const misplaced = misplacedSign(type, terms, head);
  if (misplaced !== undefined) {
    read.report(misplaced);
    return { kind: "poison" };
  }
  const found: Found = {};
  for (let at = 0; at < terms.length; ) {
    const used = readConstraint(type, terms, at, found, read);
    if (used === 0) return { kind: "poison" };
    at += used;
  }
  return type.kind === "poison" ? type : checked(type, found, spanOf(terms), read.report);
}

type Found = { min?: number; max?: number; pattern?: string };

/** The number of terms that it took; 0 after a finding. */
function readConstraint(type: Type, terms: readonly Term[], at: number, found: Found, read: Read): number {
  const term = terms[at];
  const value = terms[at + 1];
  if (term === undefined) return 0;
  if (isRange(term)) return readRange(type, term, "range", found, read) ? 1 : 0;
  if (term.kind !== "name" || !WORDS.includes(term.name)) {
    const meant = term.kind === "name" ? didYouMean(term.name, WORDS) : undefined;
    read.report(finding(unknownConstraint, term.span, { meant, hint: constraintAdvice(term) }));
    return 0;
  }
  const span = value === undefined ? term.span : spanning(term.span, value.span);
  switch (term.name as Word) {
    case "min":
    case "max":
      return readLimit(type, term.name === "min" ? "min" : "max", value, span, found, read) ? 2 : 0;
    case "size":
      if (value === undefined || !isRange(value)) return missing(span, "a range", "List<String> size 1..200", read.report);
      return readRange(type, value, "size", found, read) ? 2 : 0;
    case "matches":
      if (value?.kind !== "regex") return missing(span, "a regular expression", "String matches /^[a-z]+$/", read.report);
      return readPattern(type, value, found, read) ? 2 : 0;
  }
}

function missing(span: Span, what: string, example: string, report: Report): 0 {
  report(finding(literalExpected, span, { what, example }));
  return 0;
}

function readLimit(type: Type, word: "min" | "max", value: Term | undefined, span: Span, found: Found, read: Read): boolean {
  if (!allowed(type, word, span, read.report) || !once(found[word], word, span, read.report)) return false;
  const number =
    value === undefined || value.kind === "block" || value.kind === "mark" ? undefined : literalNumber(value, boundKind(type), read.report);
  if (typeof number === "number" && (number >= 0 || type.kind === "int" || type.kind === "decimal")) {
    found[word] = number;
    return true;
  }
  if (number !== "reported") missing(span, "a number", `String ${word} 40`, read.report);
  return false;
}

function readRange(type: Type, range: Binary, form: "range" | "size", found: Found, read: Read): boolean {
  const written = form === "size" ? `size ${constraintText(range)}` : constraintText(range);
  if (!allowed(type, form, range.span, read.report, written)) return false;
  if (!once(found.min ?? found.max, written, range.span, read.report)) return false;
  const low = literalNumber(range.left, boundKind(type), read.report);
  const high = literalNumber(range.right, boundKind(type), read.report);
  if (low === "reported" || high === "reported") return false;
  const negative = form === "size" && low !== undefined && low < 0;
  if (low === undefined || high === undefined || negative) {
    missing(range.span, type.kind === "decimal" ? "a range of numbers" : "a range of whole numbers", "1..5", read.report);
    return false;
  }
  found.min = low;
  found.max = high;
  return true;
}

function readPattern(type: Type, value: Literal, found: Found, read: Read): boolean {
  if (!allowed(type, "matches", value.span, read.report) || !once(found.pattern, "matches", value.span, read.report)) return false;
  const literal = readLiteral(value, read.scope.proveLinear, read.report);
  if (typeof literal?.value !== "string") return false;
  found.pattern = literal.value;
  return true;
}

function boundKind(type: Type): "int" | "decimal" {
  return type.kind === "decimal" ? "decimal" : "int";
}

type Form = "range" | "size" | "min" | "max" | "matches";

/** As in messages. */
const EXAMPLES: Readonly<Record<Form, string>> = {
  range: "1..40",
  size: "size 1..40",
  min: "min 1",
  max: "max 40",
  matches: "matches /^[a-z]+$/",
};

function allowed(type: Type, form: Form, span: Span, report: Report, constraint: string = form): boolean {
  const forms = formsOf(type);
  if (type.kind === "poison" || forms.includes(form)) return true;
  report(finding(wrongConstraint, span, { constraint, type: shortType(type), allowed: advice(type, forms) }));
  return false;
}

function formsOf(type: Type): readonly Form[] {
  switch (type.kind) {
    case "int":
    case "decimal":
      return ["range", "min", "max"];
    case "string":
      return ["min", "max", "matches"];
    case "set":
    case "list":
    case "map":
      return ["size", "min", "max"];
    default:
      return [];
  }
}

function advice(type: Type, forms: readonly Form[]): string {
  if (type.kind === "newtype") return `say it where \`${type.name}\` is declared, or declare another type`;
  if (forms.length === 0) return "only numbers, texts and collections have constraints";
  return `it takes ${forms.map((form) => `\`${EXAMPLES[form]}\``).join(", ")}`;
}

function once(before: unknown, constraint: string, span: Span, report: Report): boolean {
  if (before === undefined) return true;
  report(finding(repeatedConstraint, span, { constraint }));
  return false;
}

function checked(type: Type, found: Found, span: Span, report: Report): Type {
  const { min, max, pattern } = found;
  if (min !== undefined && max !== undefined && min > max) {
    report(finding(emptyRange, span, { low: String(min), high: String(max) }));
    return { kind: "poison" };
  }
  switch (type.kind) {
    case "int":
    case "decimal":
      return { kind: type.kind, ...some("min", min), ...some("max", max) };
    case "string":
      return { kind: "string", ...some("minLength", min), ...some("maxLength", max), ...(pattern === undefined ? {} : { pattern }) };
    case "set":
    case "list":
    case "map":
      return { kind: type.kind, element: type.element, ...some("minSize", min), ...some("maxSize", max) };
    default:
      return type;
  }
}

function some<Name extends string>(name: Name, value: number | undefined): { readonly [name in Name]?: number } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in Name]: number });
}

function spanOf(terms: readonly Term[]): Span {
  const [first] = terms;
  const last = terms.at(-1);
  return first === undefined || last === undefined ? { file: "", start: 0, end: 0 } : spanning(first.span, last.span);
}
