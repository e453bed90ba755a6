/** Which names a file sees. Promises: own names win over imported ones, and whoever loses is reported once, at the later place. */
import type { NameNode } from "../../grammar/ast.ts";
import { type Diagnostic, finding } from "../../grammar/source/diagnostic.ts";
import { didYouMean } from "../check/did-you-mean.ts";
import type { LoadedFile } from "../load/loaded.ts";
import { duplicateName, repeatedImport, unknownImport } from "./bind.diagnostics.ts";
import type { FileScope, ImportedName } from "./bound-program.ts";
import { ARTICLE_OF, type Declaration, NAMESPACE_OF, type Namespace } from "./declaration.ts";

type Visible = Readonly<Record<Namespace, Map<string, Declaration>>>;

/** `shared`: tags and apis of the whole program. `byFile`: what each file declares itself. */
export function scopeOf(
  file: LoadedFile,
  byFile: ReadonlyMap<string, readonly Declaration[]>,
  shared: readonly Declaration[],
  report: (found: Diagnostic) => void,
): FileScope {
  const visible: Visible = {
    value: new Map(),
    type: new Map(),
    backend: new Map(),
    tag: new Map(),
    policy: new Map(),
    plan: new Map(),
    store: new Map(),
    entry: new Map(),
    api: new Map(),
  };
  const imported = importedNames(file, byFile, report);
  for (const declaration of [...(byFile.get(file.file) ?? []), ...shared]) {
    const names = visible[NAMESPACE_OF[declaration.kind]];
    if (!names.has(declaration.name.name)) names.set(declaration.name.name, declaration);
  }
  for (const { name, declarations } of imported) {
    for (const declaration of declarations) show(visible, name, declaration, report);
  }
  return { visible, imported };
}

/** A `let` is private to its file, so only here can it meet another of its name; all others are unique in the program and reported there. */
function show(visible: Visible, name: NameNode, declaration: Declaration, report: (found: Diagnostic) => void): void {
  const names = visible[NAMESPACE_OF[declaration.kind]];
  const other = names.get(name.name);
  if (other === undefined) names.set(name.name, declaration);
  else if (other !== declaration && (other.kind === "let" || declaration.kind === "let")) {
    report(
      finding(duplicateName, name.span, { name: name.name, what: ARTICLE_OF[declaration.kind], other: ARTICLE_OF[other.kind] }, [
        { span: other.name.span, message: "first declared here" },
      ]),
    );
  }
}

function importedNames(
  file: LoadedFile,
  byFile: ReadonlyMap<string, readonly Declaration[]>,
  report: (found: Diagnostic) => void,
): readonly ImportedName[] {
  const seen = new Map<string, NameNode>();
  return file.imports.flatMap(({ names, target }) => {
    if (names === undefined || target === undefined) return [];
    const declared = byFile.get(target) ?? [];
    return names.entries.flatMap((entry): readonly ImportedName[] => {
      if (entry.kind !== "statement" || entry.phrase.terms.length > 0) return [];
      const name = entry.word;
      const declarations = declared.filter((declaration) => declaration.name.name === name.name);
      if (declarations.length === 0) {
        report(missing(name, target, declared, byFile));
        return [];
      }
      const key = `${target} ${name.name}`;
      const first = seen.get(key);
      if (first !== undefined) {
        report(finding(repeatedImport, name.span, { name: name.name }, [{ span: first.span, message: "first imported here" }]));
        return [];
      }
      seen.set(key, name);
      return [{ name, declarations }];
    });
  });
}

function missing(
  name: NameNode,
  target: string,
  declared: readonly Declaration[],
  byFile: ReadonlyMap<string, readonly Declaration[]>,
): Diagnostic {
  const elsewhere = [...byFile].find(([, others]) => others.some((other) => other.name.name === name.name))?.[0];
  const meant = didYouMean(
    name.name,
    declared.map((declaration) => declaration.name.name),
  );
  return finding(unknownImport, name.span, { name: name.name, file: target, meant, elsewhere });
}
