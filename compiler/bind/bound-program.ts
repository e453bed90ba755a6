/** What binding gives: who declares what, and which names each file can see. */
import type { NameNode } from "../../grammar/ast.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { Loaded } from "../load/loaded.ts";
import type { Declaration, Namespace } from "./declaration.ts";

export type BoundProgram = {
  readonly loaded: Loaded;
  /** In the order of files, then of places. */
  readonly declarations: readonly Declaration[];
  readonly scopes: ReadonlyMap<string, FileScope>;
  /** Files whose apis, routes, tests and gateway belong to the program: the main file and what it takes in with `import "..."`. */
  readonly takenIn: ReadonlySet<string>;
  /** Each stage that a `stage { }` names, with the first place; sorted by name. */
  readonly stages: ReadonlyMap<string, Span>;
};

/** Names that a file can see: its own, those that it imports, and all tags and apis of the program, which are facts about routes. */
export type FileScope = {
  readonly visible: Readonly<Record<Namespace, ReadonlyMap<string, Declaration>>>;
  readonly imported: readonly ImportedName[];
};

/** A name in `import { ... }`, and what it brought: one declaration for each namespace that has it. */
export type ImportedName = { readonly name: NameNode; readonly declarations: readonly Declaration[] };
