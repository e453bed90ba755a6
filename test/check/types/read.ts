/** Reads one type of a small program of declarations: its printed form, or the findings as `name @ text`. */
import { printType } from "../../../compiler/check/types/print-type.ts";
import { readType } from "../../../compiler/check/types/read-type.ts";
import { typeResolver } from "../../../compiler/check/types/type-resolver.ts";
import type { TypeDeclaration, TypeScope } from "../../../compiler/check/types/type-scope.ts";
import type { Type } from "../../../compiler/model/types.ts";
import { parseSource } from "../../../grammar/index.ts";
import type { Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { sourceFile } from "../../../grammar/source/span.ts";
import { termsOf } from "../parsed.ts";

export const DECLARED = `
type OrderId = String max 20 matches /^ord_/
type UserId = String
type AdminId = UserId
type Grade = "basic" | "gold"
type Line = { sku: String, qty: Int 1..9 }
type Ids = Set<UserId>
type Year = Int 2000..2100
`;

export type Read = { readonly type: Type; readonly found: readonly Diagnostic[] };

export function read(source: string, declarations: string = DECLARED): Read {
  const found: Diagnostic[] = [];
  const { terms } = termsOf(source);
  const scope = scopeOf(declarations, found);
  const around = { file: "test.gwl", start: 8, end: 8 };
  return { type: readType(terms, around, scope, (diagnostic) => found.push(diagnostic)), found };
}

export function outcome(source: string): string {
  const { type, found } = read(source);
  const { text } = termsOf(source);
  return found.length === 0 ? printType(type) : found.map((diagnostic) => `${diagnostic.name} @ ${text(diagnostic.span)}`).join("; ");
}

/** The declared types by name, each resolved when it is asked for. */
export function scopeOf(declarations: string, found: Diagnostic[]): TypeScope {
  const resolve = typeResolver((diagnostic) => found.push(diagnostic));
  const known = new Map<string, TypeDeclaration>();
  const scope: TypeScope = {
    lookup: ({ name }) => {
      const declaration = known.get(name);
      return declaration && resolve(declaration);
    },
    names: () => [...known.keys()],
    proveLinear: () => ({ kind: "linear" }),
  };
  for (const entry of parseSource(sourceFile("declared.gwl", declarations)).value.entries) {
    const [name, , ...terms] = entry.kind === "statement" ? entry.phrase.terms : [];
    if (name?.kind === "name") known.set(name.name, { name, terms, span: entry.span, scope });
  }
  return scope;
}
