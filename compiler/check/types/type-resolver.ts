/**
 * Declared types, resolved when they are first asked for. Promises: each declaration is read once and its findings come once; a type
 * that holds itself is found and named. A scalar becomes a newtype, which is nominal, also when its base is one; records, unions and
 * collections mean the same as if they were written in place.
 */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Type } from "../../model/types.ts";
import type { Report } from "../report.ts";
import { baseOf, isScalar } from "./built-in-types.ts";
import { optionalDeclaration, typeChainTooLong, typeCycle } from "./diagnostics.ts";
import { readType } from "./read-type.ts";
import type { TypeDeclaration } from "./type-scope.ts";

/** Names between a type and what it is made of, so that no program exhausts the stack. */
const LONGEST_CHAIN = 256;

export type TypeResolver = (declaration: TypeDeclaration) => Type;

export function typeResolver(report: Report): TypeResolver {
  const resolved = new Map<TypeDeclaration, Type>();
  const reading: TypeDeclaration[] = [];
  return (declaration) => {
    const known = resolved.get(declaration);
    if (known !== undefined) return known;
    const inside = reading.indexOf(declaration);
    if (inside !== -1) return cycle(reading.slice(inside), report);
    if (reading.length >= LONGEST_CHAIN) return tooLong(reading[0] ?? declaration, report);
    reading.push(declaration);
    const type = named(declaration, readType(declaration.terms, declaration.span, declaration.scope, report), report);
    reading.pop();
    resolved.set(declaration, type);
    return type;
  };
}

function tooLong({ name }: TypeDeclaration, report: Report): Type {
  report(finding(typeChainTooLong, name.span, { name: name.name, most: LONGEST_CHAIN }));
  return { kind: "poison" };
}

function cycle(path: readonly TypeDeclaration[], report: Report): Type {
  const [first, ...others] = path;
  if (first !== undefined) {
    const related = others.map((other) => ({ span: other.name.span, message: `\`${other.name.name}\` is held on the way` }));
    report(finding(typeCycle, first.name.span, { path: path.map((declaration) => declaration.name.name) }, related));
  }
  return { kind: "poison" };
}

function named({ name }: TypeDeclaration, type: Type, report: Report): Type {
  if (type.kind === "optional") {
    report(finding(optionalDeclaration, name.span, { name: name.name }));
    return { kind: "poison" };
  }
  const base = baseOf(type);
  return isScalar(base) ? { kind: "newtype", name: name.name, base } : type;
}
