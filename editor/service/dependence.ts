/**
 * What the check of a file depends on beyond the file: in texts that can be compared. Promises: where all of it is equal, so is the check.
 * What every file may ask without naming it (stages, apis, plans, which tags, identities and entries there are, what the gateway gives, lists) is one text for
 * the program. What a declaration means hangs on its text, on what the words in it mean where it stands, and on the meaning of those.
 */
import type { Entry, FileNode, Statement } from "../../grammar/ast.ts";
import type { BoundProgram, FileScope } from "../../compiler/bind/bound-program.ts";
import { type Declaration, type DeclarationKind, NAMESPACE_OF } from "../../compiler/bind/declaration.ts";
import { once } from "../../compiler/model/once.ts";
import type { DataFile } from "../../compiler/load/loaded.ts";

export type Surroundings = {
  /** Where this differs, every file is read again. */
  readonly program: string;
  /** All declarations: a finding about a name that is not there may speak of any. */
  readonly declared: string;
  /** For each file the names that it sees, and whose they are. */
  readonly scopes: ReadonlyMap<string, string>;
  /** The text of each declaration, by its key. */
  readonly texts: ReadonlyMap<string, string>;
  /** Keys of declarations that every file may ask for, though it names none of them. */
  readonly everywhere: ReadonlySet<string>;
  /** What each word of `text` may mean in `file`. */
  readonly meant: (file: string, text: string) => string;
  readonly keyOf: (declaration: Declaration) => string;
  /** The key of the declaration that stands around an offset. */
  readonly ownerOf: (tree: FileNode, offset: number) => string | undefined;
};

/** Kinds that every file may ask for all of. */
const EVERYWHERE: ReadonlySet<DeclarationKind> = new Set(["identity", "tag", "entry"]);

/** `numberOf` gives a list or key file another number whenever its text is another. */
export function surroundings(bound: BoundProgram, numberOf: (data: DataFile) => number): Surroundings {
  const sources = new Map(bound.loaded.files.map(({ file, source }) => [file, source.text]));
  const textOf = ({ file, statement }: Declaration): string => sources.get(file)?.slice(statement.span.start, statement.span.end) ?? "";
  const keys = keysOf(bound.declarations);
  const texts = new Map(bound.declarations.filter(({ kind }) => kind !== "api").map((one) => [keyOf(one, keys), textOf(one)]));
  const scopes = new Map([...bound.scopes].map(([file, scope]) => [file, scopeText(scope, keys)]));
  const statements = new Map(bound.declarations.map((one) => [one.statement, keyOf(one, keys)]));
  const everywhere = bound.declarations.filter(({ kind }) => EVERYWHERE.has(kind)).map((one) => keyOf(one, keys));
  const meant = (file: string, text: string): string => meantText(text, bound.scopes.get(file), keys);
  return {
    program: [
      ...programParts(bound, sources, meant),
      ...everywhere,
      ...[...bound.loaded.data].map(([path, data]) => `${path.span.file} ${numberOf(data)}`),
    ].join("\n"),
    declared: bound.declarations.map((one) => keyOf(one, keys)).join("\n"),
    scopes,
    texts,
    everywhere: new Set(everywhere),
    meant,
    keyOf: (declaration) => keyOf(declaration, keys),
    ownerOf: (tree, offset) => {
      const entry = entryAt(tree, offset);
      return entry && statements.get(entry);
    },
  };
}

type Keys = ReadonlyMap<Declaration, string>;

/** Names are unique but in broken programs: the second of two equal ones has a key of its own. */
function keysOf(declarations: readonly Declaration[]): Keys {
  const counts = new Map<string, number>();
  const keys = new Map<Declaration, string>();
  for (const declaration of declarations) {
    const plain = plainKey(declaration);
    const count = counts.get(plain) ?? 0;
    counts.set(plain, count + 1);
    keys.set(declaration, count === 0 ? plain : `${plain} ${count}`);
  }
  return keys;
}

const keyOf = (declaration: Declaration, keys: Keys): string => keys.get(declaration) ?? plainKey(declaration);
const plainKey = ({ kind, name, file }: Declaration): string => `${NAMESPACE_OF[kind]} ${name.name} ${kind} ${file}`;

function scopeText({ visible, imported }: FileScope, keys: Keys): string {
  const parts: string[] = [];
  for (const names of Object.values(visible)) for (const declaration of names.values()) parts.push(keyOf(declaration, keys));
  for (const { name, declarations } of imported) parts.push(name.name, ...declarations.map((declaration) => keyOf(declaration, keys)));
  return parts.join("\n");
}

/** Whatever stands in the text counts, texts and comments too: a path names types. */
function meantText(text: string, scope: FileScope | undefined, keys: Keys): string {
  const parts: string[] = [];
  for (const word of new Set(text.match(/[A-Za-z_]\w*/g))) {
    for (const names of Object.values(scope?.visible ?? {})) {
      const found = names.get(word);
      if (found !== undefined) parts.push(keyOf(found, keys));
    }
  }
  return parts.join("\n");
}

function programParts(bound: BoundProgram, sources: ReadonlyMap<string, string>, meant: Surroundings["meant"]): readonly string[] {
  const { loaded, declarations, takenIn, stages } = bound;
  const parts = [...stages.keys(), "", ...takenIn, ""];
  for (const { file, tree, imports } of loaded.files) {
    parts.push(file, ...imports.map(({ target }) => target ?? ""));
    for (const { span } of surroundingIn(tree)) {
      const text = sources.get(file)?.slice(span.start, span.end) ?? "";
      parts.push(text, meant(file, text));
    }
  }
  for (const { kind, name } of declarations) if (kind === "api" || kind === "plan") parts.push(`${kind} ${name.name}`);
  return parts;
}

/** What a gateway gives to all that stands at the top level: the identities that it accepts. */
const surroundingIn = once((tree: FileNode): readonly Entry[] =>
  tree.entries.flatMap((entry) => {
    if (entry.kind !== "statement" || entry.word.name !== "gateway") return [];
    const block = entry.phrase.terms.at(-1);
    return block?.kind === "block" ? block.entries.filter((inner) => inner.kind === "statement" && inner.word.name === "accept") : [entry];
  }),
);

/** Numbers for lists and key files: an equal text of the same file keeps its number. */
export function dataNumbers(): (data: DataFile) => number {
  const known = new Map<string, { readonly text: string; readonly number: number }>();
  let last = 0;
  return ({ file, text }) => {
    const kept = known.get(file);
    if (kept !== undefined && kept.text === text) return kept.number;
    last += 1;
    known.set(file, { text, number: last });
    return last;
  };
}

function entryAt(tree: FileNode, offset: number): Statement | undefined {
  let [low, high] = [0, tree.entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tree.entries[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const entry = tree.entries[low - 1];
  return entry?.kind === "statement" ? entry : undefined;
}
