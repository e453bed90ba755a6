/** Warns of what is declared or imported and never looked up. Must not know what declarations mean. */
import { type Diagnostic, finding } from "../../grammar/source/diagnostic.ts";
import { unusedImport } from "../bind/bind.diagnostics.ts";
import type { BoundProgram } from "../bind/bound-program.ts";
import { ARTICLE_OF } from "../bind/declaration.ts";
import type { NameTable } from "./name-table.ts";
import { unusedDeclaration } from "./names.diagnostics.ts";

/** An api or entry is used by being there; who has which plan, a check of its own asks. */
export function unusedDeclarations(bound: BoundProgram, names: NameTable): readonly Diagnostic[] {
  return bound.declarations
    .filter(
      (declaration) =>
        declaration.kind !== "api" &&
        declaration.kind !== "entry" &&
        declaration.kind !== "plan" &&
        !names.isUsed(declaration) &&
        !isImported(bound, declaration.name.name, declaration.file),
    )
    .map(({ kind, name }) => finding(unusedDeclaration, name.span, { what: ARTICLE_OF[kind].replace(/^an? /, "the "), name: name.name }));
}

export function unusedImports(bound: BoundProgram, names: NameTable): readonly Diagnostic[] {
  return [...bound.scopes].flatMap(([file, scope]) =>
    scope.imported
      .filter(({ declarations }) => !declarations.some((declaration) => names.isUsedIn(declaration, file)))
      .map(({ name }) => finding(unusedImport, name.span, { name: name.name })),
  );
}

/** Whoever imports it and leaves it there is told that already. */
function isImported(bound: BoundProgram, name: string, file: string): boolean {
  return [...bound.scopes.values()].some((scope) =>
    scope.imported.some(({ declarations }) =>
      declarations.some((declaration) => declaration.name.name === name && declaration.file === file),
    ),
  );
}
