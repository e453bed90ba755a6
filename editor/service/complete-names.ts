/** Declared names for completion: those that the file sees, and those that an import would bring. */
import { type DeclarationKind, NAMESPACE_OF } from "../../compiler/bind/declaration.ts";
import type { Declaration } from "../../compiler/bind/declaration.ts";
import type { CompletionKind } from "./answers.ts";
import type { Candidate } from "./candidate.ts";
import type { CompletionPlace } from "./completion-place.ts";
import { describeDeclaration } from "./describe-declaration.ts";
import { importEdits } from "./import-edits.ts";
import { parametersOf } from "./target.ts";

export const NAMES_OF_KIND: Readonly<Record<DeclarationKind, CompletionKind>> = {
  let: "constant",
  env: "environment",
  secret: "secret",
  network: "network",
  type: "type",
  identity: "identity",
  backend: "backend",
  tag: "tag",
  policy: "policy",
  plan: "policy",
  store: "backend",
  entry: "api",
  api: "api",
};

export function declaredNames(place: CompletionPlace, kinds: readonly DeclarationKind[]): readonly Candidate[] {
  const { seen } = place;
  const visible = seen.quick.bound.scopes.get(seen.file)?.visible;
  const isSeen = (one: Declaration): boolean => visible?.[NAMESPACE_OF[one.kind]].get(one.name.name) === one;
  return seen.quick.bound.declarations
    .filter(({ kind, file, name }) => kinds.includes(kind) && !(file === seen.file && name.span.start === place.entry[1]?.start))
    .flatMap((one): readonly Candidate[] => {
      if (isSeen(one)) return [candidate(place, one, 1)];
      // A constant is its file's own, and whatever has the name here already would clash.
      if (one.kind === "let" || one.file === seen.file || visible?.[NAMESPACE_OF[one.kind]].has(one.name.name) === true) return [];
      return [{ ...candidate(place, one, 7), detail: `import from ${one.file}`, edits: importEdits(seen, one) }];
    });
}

function candidate({ seen }: CompletionPlace, one: Declaration, rank: number): Candidate {
  const { kind, name, statement } = one;
  const takes = kind === "policy" ? parametersOf(statement) : [];
  const call = takes.length === 0 ? {} : { insert: `${name.name}($1)$0`, isSnippet: true };
  return { label: name.name, kind: NAMES_OF_KIND[kind], documentation: describeDeclaration(one, seen.quick, undefined), rank, ...call };
}
