/** What each word is, as only the program knows it. Promises: in the order of the text, no two overlap; plain marks are left to the grammar. */
import type { Expression, NameNode, Statement } from "../../grammar/ast.ts";
import { lex, endOf } from "../../grammar/lex.ts";
import { visit, type Span } from "../../grammar/index.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import type { DeclarationKind } from "../../compiler/bind/declaration.ts";
import { BUILT_IN_TYPES, COLLECTIONS } from "../../compiler/check/types/built-in-types.ts";
import { FUNCTION_NAMES } from "../../compiler/check/expressions/function-names.ts";
import { METHOD_NAMES } from "../../compiler/check/expressions/method-names.ts";
import { ROOT_NAMES } from "../../compiler/check/expressions/root.ts";
import type { SemanticModifier, SemanticToken, SemanticType } from "./answers.ts";
import type { Breath } from "./program-view.ts";
import type { FileView, Workspace } from "./workspace.ts";

const TYPE_OF: Readonly<Record<DeclarationKind, SemanticType>> = {
  let: "variable",
  env: "variable",
  secret: "variable",
  network: "variable",
  type: "type",
  identity: "class",
  backend: "namespace",
  tag: "enumMember",
  policy: "function",
  plan: "enumMember",
  store: "namespace",
  entry: "namespace",
  api: "namespace",
};

type Painted = { readonly type: SemanticType; readonly modifiers: readonly SemanticModifier[] };
type Paint = (span: Pick<Span, "start" | "end">, type: SemanticType, ...modifiers: readonly SemanticModifier[]) => void;

export async function semanticTokens(workspace: Workspace, path: string, breath: Breath): Promise<readonly SemanticToken[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  const painted = new Map<number, Painted & { readonly end: number }>();
  const paint: Paint = ({ start, end }, type, ...modifiers) => {
    // A word of the language is that, whatever it means elsewhere.
    if (start < end && painted.get(start)?.type !== "keyword") painted.set(start, { end, type, modifiers });
  };
  paintTree(seen, paint);
  paintNames(seen, paint);
  for (const comment of lex(seen.source).comments) {
    const isDoc = /^\/\/\/(?!\/)/.test(comment.image);
    paint({ start: comment.startOffset, end: endOf(comment) }, "comment", ...(isDoc ? (["documentation"] as const) : []));
  }
  const tokens = [...painted]
    .map(([start, { end, type, modifiers }]) => ({ start, end, type, modifiers }))
    .sort((a, b) => a.start - b.start);
  return tokens.filter((token, at) => at === 0 || (tokens[at - 1]?.end ?? 0) <= token.start);
}

function paintTree({ tree, check }: FileView, paint: Paint): void {
  visit(tree, (node) => {
    switch (node.kind) {
      case "statement":
        paintStatement(node, paint);
        return;
      case "setting":
        paint(node.alias?.span ?? node.key.span, "property", "declaration");
        return;
      case "member":
        paintMember(node, paint);
        return;
      case "name":
        paintName(node, check.types.get(node)?.op, paint);
        return;
      case "is":
        if (node.name.name === "known") paint(node.name.span, "keyword");
        return;
      case "regex":
        paint(node.span, "regexp");
        return;
      case "ip":
      case "cidr":
      case "int":
      case "decimal":
      case "duration":
      case "rate":
      case "size":
      case "percent":
      case "time":
      case "timeOfDay":
        paint(node.span, "number");
        return;
      default:
        return;
    }
  });
}

const WORDS: ReadonlySet<string> = new Set(CONSTRUCTS.flatMap(({ words }) => words));
/** Words of phrases: `when`, `because`, `at`. */
const PHRASE_WORDS: ReadonlySet<string> = new Set(
  CONSTRUCTS.flatMap(({ written }) =>
    written.flatMap((form) =>
      form
        .split(/\s+/)
        .slice(1)
        .filter((part) => /^[a-z_]+$/.test(part)),
    ),
  ),
);

function paintStatement({ word, phrase }: Statement, paint: Paint): void {
  if (WORDS.has(word.name)) paint(word.span, "keyword");
  for (const term of phrase.terms) if (term.kind === "name" && PHRASE_WORDS.has(term.name)) paint(term.span, "keyword");
}

function paintMember({ name }: Extract<Expression, { kind: "member" }>, paint: Paint): void {
  if (METHOD_NAMES.includes(name.name)) paint(name.span, "method");
  else paint(name.span, "property");
}

function paintName({ name, span }: NameNode, op: string | undefined, paint: Paint): void {
  if (op === "param") paint(span, "parameter");
  else if (FUNCTION_NAMES.some((known) => known === name)) paint(span, "function", "defaultLibrary");
  else if (BUILT_IN_TYPES.has(name) || COLLECTIONS.has(name)) paint(span, "type", "defaultLibrary");
  else if (ROOT_NAMES.includes(name) && op === undefined) paint(span, "variable", "defaultLibrary");
}

/** What is declared here, imported here and used here; this is known best. */
function paintNames({ quick, check, file }: FileView, paint: Paint): void {
  for (const { name, kind, file: where } of quick.bound.declarations)
    if (where === file) paint(name.span, TYPE_OF[kind], "declaration", ...readonlyFor(kind));
  for (const { name, declarations } of quick.bound.scopes.get(file)?.imported ?? []) {
    const [first] = declarations;
    if (first !== undefined) paint(name.span, TYPE_OF[first.kind], ...readonlyFor(first.kind));
  }
  for (const { name, declaration } of check.uses)
    if (name.span.file === file) paint(name.span, TYPE_OF[declaration.kind], ...readonlyFor(declaration.kind));
}

const readonlyFor = (kind: DeclarationKind): readonly SemanticModifier[] => (kind === "let" ? ["readonly"] : []);
