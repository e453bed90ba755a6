/**
 * The door of this room: types as written become types. Promises: never throws; one finding for one cause, then `poison`.
 * Knows declared types only through its scope.
 */
import type { Expression, NameNode, Term, TypeArguments } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import { spanning, type Span } from "../../../grammar/source/span.ts";
import type { Type } from "../../model/types.ts";
import { didYouMean } from "../did-you-mean.ts";
import type { Report } from "../report.ts";
import { BUILT_IN_TYPES, COLLECTIONS, isScalar } from "./built-in-types.ts";
import { constrain } from "./constraints.ts";
import {
  optionalElement,
  repeatedOptional,
  typeExpected,
  typeTooLarge,
  unknownType,
  wrongSetElement,
  wrongTypeArguments,
} from "./diagnostics.ts";
import { headAdvice, typeMeantBy } from "./habits.ts";
import { shortType } from "./print-type.ts";
import { readRecordType } from "./record-type.ts";
import type { TypeScope } from "./type-scope.ts";
import { isTooLarge } from "./type-extent.ts";
import { readUnion } from "./union-type.ts";

const POISON: Type = { kind: "poison" };

/**
 * `terms` are exactly those of the type: `String max 40`, `{ a: Int, b: T? }`, `List<T> size 1..200`, `"EUR" | "USD"`, `OrderId?`.
 * `around` is underlined where there is no term at all.
 */
export function readType(terms: readonly Term[], around: Span, scope: TypeScope, report: Report): Type {
  const [head, ...rest] = terms;
  if (head === undefined || head.kind === "mark") return expected(head?.span ?? around, report);
  const read: Read = { scope, report };
  if (head.kind === "optional") {
    const inner = constrain(readHead(head.type, read), rest, head.span, read);
    return inner.kind === "poison" ? POISON : optional(inner, head.span, report);
  }
  const type = constrain(head.kind === "block" ? record(head.entries, read) : readHead(head, read), rest, head.span, read);
  if (!isTooLarge(type)) return type;
  const last = terms.at(-1) ?? head;
  report(finding(typeTooLarge, spanning(head.span, last.span), {}));
  return POISON;
}

export type Read = { readonly scope: TypeScope; readonly report: Report };

function expected(span: Span, report: Report, hint?: string): Type {
  report(finding(typeExpected, span, { hint }));
  return POISON;
}

function optional(type: Type, span: Span, report: Report): Type {
  if (type.kind !== "optional") return { kind: "optional", type };
  report(finding(repeatedOptional, span, {}));
  return POISON;
}

function record(entries: Parameters<typeof readRecordType>[0], read: Read): Type {
  return readRecordType(entries, read.report, (terms, around) => readType(terms, around, read.scope, read.report));
}

function readHead(node: Expression, read: Read): Type {
  switch (node.kind) {
    case "name":
      return readName(node, read);
    case "typeArguments":
      return readCollection(node, read);
    case "optional": {
      const inner = readHead(node.type, read);
      return inner.kind === "poison" ? POISON : optional(inner, node.span, read.report);
    }
    case "paren":
      return readHead(node.inner, read);
    case "record":
      return record(node.block.entries, read);
    case "text":
    case "int":
      return readUnion(node, read);
    case "unary":
      return node.operator === "-" ? readUnion(node, read) : expected(node.span, read.report);
    case "binary":
      return node.operator === "|" ? readUnion(node, read) : expected(node.span, read.report);
    default:
      return expected(node.span, read.report, headAdvice(node));
  }
}

function readName(node: NameNode, { scope, report }: Read): Type {
  const known = BUILT_IN_TYPES.get(node.name) ?? scope.lookup(node);
  if (known !== undefined) return known;
  if (COLLECTIONS.has(node.name)) {
    const example = `${node.name}<String>`;
    report(finding(wrongTypeArguments, node.span, { name: node.name, takes: "the type of its elements", example }));
    return POISON;
  }
  const meant = typeMeantBy(node.name) ?? didYouMean(node.name, [...BUILT_IN_TYPES.keys(), ...COLLECTIONS.keys(), ...scope.names()]);
  report(finding(unknownType, node.span, { name: node.name, meant }));
  return POISON;
}

function readCollection(node: TypeArguments, read: Read): Type {
  const kind = COLLECTIONS.get(node.name.name);
  const name = node.name.name;
  if (kind === undefined) {
    if (readName(node.name, read).kind !== "poison")
      read.report(finding(wrongTypeArguments, node.span, { name, takes: "no types", example: name }));
    return POISON;
  }
  const [argument, ...more] = node.arguments;
  if (argument === undefined || more.length > 0) {
    const example = `${name}<String>`;
    const takes = kind === "map" ? "the type of its values only, its keys are texts" : "one type, that of its elements";
    read.report(finding(wrongTypeArguments, node.span, { name, takes, example }));
    return POISON;
  }
  const element = readType(argument.terms, argument.span, read.scope, read.report);
  if (element.kind === "poison") return POISON;
  if (element.kind === "optional") {
    read.report(finding(optionalElement, argument.span, { collection: name }));
    return POISON;
  }
  if (kind === "set" && !isScalar(element) && element.kind !== "newtype" && element.kind !== "literals") {
    read.report(finding(wrongSetElement, argument.span, { type: shortType(element) }));
    return POISON;
  }
  return { kind, element };
}
