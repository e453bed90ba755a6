/** The outline of files and the search for names. Promises: needs nothing but the tree, so broken sources have one, too. */
import type { Entry, Statement } from "../../grammar/ast.ts";
import type { DeclarationKind } from "../../compiler/bind/declaration.ts";
import type { DocumentSymbol, SymbolKind, WorkspaceSymbol } from "./answers.ts";
import type { Breath } from "./program-view.ts";
import { headText } from "./words.ts";
import { type FileView, rangeOf, type Workspace } from "./workspace.ts";

export const SYMBOL_OF: Readonly<Record<DeclarationKind, SymbolKind>> = {
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

export async function documentSymbols(workspace: Workspace, path: string, breath: Breath): Promise<readonly DocumentSymbol[]> {
  const seen = await workspace.file(path, breath);
  return seen === undefined ? [] : symbolsIn(seen, seen.tree.entries);
}

function symbolsIn(seen: FileView, entries: readonly Entry[]): readonly DocumentSymbol[] {
  return entries.flatMap((entry) => (entry.kind === "statement" ? (symbolOf(seen, entry) ?? []) : []));
}

/** What stands at the top level and what holds statements of its own: rules and settings are no symbols. */
export function symbolOf(seen: FileView, statement: Statement): DocumentSymbol | undefined {
  const kind = symbolKind(seen, statement);
  if (kind === undefined) return undefined;
  const [first] = statement.phrase.terms;
  const name = first?.kind === "call" ? first.callee : first;
  const isNamed = kind !== "route" && kind !== "group" && (name?.kind === "name" || name?.kind === "text");
  const block = statement.phrase.terms.findLast((term) => term.kind === "block");
  const selection = isNamed
    ? name.span
    : {
        ...statement.word.span,
        end: kind === "route" || kind === "group" ? (name?.span.end ?? statement.word.span.end) : statement.word.span.end,
      };
  const label =
    isNamed && name.kind === "name"
      ? name.name
      : isNamed && name.kind === "text"
        ? name.value
        : seen.source.text.slice(selection.start, selection.end);
  return {
    name: label === "" ? statement.word.name : label,
    detail: headText(statement, seen.source.text),
    kind,
    range: rangeOf(seen.view, statement.span),
    selection: rangeOf(seen.view, selection),
    children: block === undefined ? [] : symbolsIn(seen, block.entries),
  };
}

function symbolKind({ quick, check }: FileView, statement: Statement): SymbolKind | undefined {
  const declaration = quick.bound.declarations.find((one) => one.statement === statement);
  if (declaration !== undefined) return SYMBOL_OF[declaration.kind];
  const word = statement.word.name;
  if (word === "gateway" || word === "group" || word === "test") return word;
  if (ROUTE_WORD.test(word) && statement.phrase.terms[0]?.kind === "text") return "route";
  const block = statement.phrase.terms.findLast((term) => term.kind === "block");
  return block !== undefined && check.blocks.has(block) ? "statement" : undefined;
}

/** Methods are the only words in capitals. */
const ROUTE_WORD = /^[A-Z]+$/;

/** Names that have the letters of `query` in that order. */
export async function workspaceSymbols(workspace: Workspace, query: string, breath: Breath): Promise<readonly WorkspaceSymbol[]> {
  const found = new Map<string, WorkspaceSymbol>();
  for (const view of workspace.programs()) {
    const quick = await view.quick(breath);
    for (const { file } of quick.bound.loaded.files) {
      const { path } = rangeOf(view, { file, start: 0, end: 0 });
      const seen = await workspace.fileIn(view, path, breath);
      for (const symbol of seen === undefined ? [] : symbolsIn(seen, seen.tree.entries)) collect(symbol, undefined, query, found);
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function collect(symbol: DocumentSymbol, container: string | undefined, query: string, found: Map<string, WorkspaceSymbol>): void {
  const { name, kind, selection, children } = symbol;
  if (hasLetters(name, query))
    found.set(`${selection.path} ${selection.start}`, { name, kind, range: selection, ...(container === undefined ? {} : { container }) });
  for (const child of children) collect(child, name, query, found);
}

function hasLetters(name: string, query: string): boolean {
  const [text, letters] = [name.toLowerCase(), query.toLowerCase()];
  let at = 0;
  for (const letter of letters) {
    const next = text.indexOf(letter, at);
    if (next === -1) return false;
    at = next + 1;
  }
  return true;
}
