/**
 * The first pass over one program: names, types and statements, again only where something changed. Promises: the findings, and all that was
 * heard, are those of a check from scratch. How that is known: what a file's check depends on is compared with what it was, the texts of the
 * declarations that it reaches and what their words mean included; findings also depend on which names there are, and on the places that they
 * relate to.
 */
import type { Block, Expression, FileNode, NameNode } from "../../grammar/ast.ts";
import type { Diagnostic } from "../../grammar/index.ts";
import type { BoundProgram } from "../../compiler/bind/bound-program.ts";
import type { Declaration } from "../../compiler/bind/declaration.ts";
import { type Listener, checkStatements, type RegexProver } from "../../compiler/check/index.ts";
import type { Around } from "../../compiler/check/context.ts";
import type { IdentityShape, TagShape } from "../../compiler/check/expressions/place.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import type { Within } from "../../compiler/constructs/piece.ts";
import type { DataFile } from "../../compiler/load/loaded.ts";
import type { SettingShapes } from "../../compiler/constructs/setting-shape.ts";
import type { Expr } from "../../compiler/model/expression.ts";
import type { Steps } from "../../compiler/model/steps.ts";
import { type Surroundings, surroundings } from "./dependence.ts";

/** What the check of one file said and heard. Declarations among `uses` may be of an older tree of another file: ask `declarations.ts` for today's. */
export type FileCheck = {
  readonly tree: FileNode;
  readonly findings: readonly Diagnostic[];
  readonly uses: readonly Use[];
  readonly types: ReadonlyMap<Expression, Expr>;
  readonly blocks: ReadonlyMap<Block, { readonly within: Within; readonly around: Around }>;
  readonly settings: ReadonlyMap<Block, { readonly shapes: SettingShapes; readonly owner: string }>;
};
export type Use = { readonly name: NameNode; readonly declaration: Declaration };

/** Identities with their claims, tags with their values. */
export type Shapes = { readonly identities: readonly IdentityShape[]; readonly tags: readonly TagShape[] };

export type StatementCheck = {
  readonly bound: BoundProgram;
  readonly files: ReadonlyMap<string, FileCheck>;
  readonly surroundings: Surroundings;
  readonly shapes: Shapes;
  /** How many files were read again, for who measures. */
  readonly read: number;
};

export function* checkAgain(
  bound: BoundProgram,
  prover: RegexProver,
  numberOf: (data: DataFile) => number,
  before: StatementCheck | undefined,
): Steps<StatementCheck> {
  const now = surroundings(bound, numberOf);
  const stale = before === undefined ? new Set(bound.scopes.keys()) : staleFiles(bound, now, before);
  yield;
  const { checks: fresh, shapes } = yield* checkFiles(bound, prover, stale);
  const files = new Map<string, FileCheck>();
  for (const { file } of bound.loaded.files) {
    const check = fresh.get(file) ?? before?.files.get(file);
    if (check !== undefined) files.set(file, check);
  }
  return { bound, files, surroundings: now, shapes: shapes ?? before?.shapes ?? { identities: [], tags: [] }, read: fresh.size };
}

type Heard = {
  readonly uses: Use[];
  readonly types: Map<Expression, Expr>;
  readonly blocks: Map<Block, { within: Within; around: Around }>;
  readonly settings: Map<Block, { shapes: SettingShapes; owner: string }>;
};

function* checkFiles(
  bound: BoundProgram,
  prover: RegexProver,
  files: ReadonlySet<string>,
): Steps<{ readonly checks: Map<string, FileCheck>; readonly shapes: Shapes | undefined }> {
  let shapes: Shapes | undefined;
  const heard = new Map<string, Heard>();
  for (const file of files) heard.set(file, { uses: [], types: new Map(), blocks: new Map(), settings: new Map() });
  const listener: Listener = {
    named: (name, declaration) => heard.get(name.span.file)?.uses.push({ name, declaration }),
    typed: (node, expr) => void heard.get(node.span.file)?.types.set(node, expr),
    statements: (block, within, around) => void heard.get(block.span.file)?.blocks.set(block, { within, around }),
    settings: (block, described, owner) => void heard.get(block.span.file)?.settings.set(block, { shapes: described, owner }),
    shapes: (identities, tags) => void (shapes = { identities, tags }),
  };
  const findings = Map.groupBy(yield* checkStatements(bound, CONSTRUCTS, prover, files, listener), ({ span }) => span.file);
  const checks = new Map<string, FileCheck>();
  for (const { file, tree } of bound.loaded.files) {
    const notes = heard.get(file);
    if (notes !== undefined) checks.set(file, { tree, findings: findings.get(file) ?? [], ...notes });
  }
  return { checks, shapes };
}

function staleFiles(bound: BoundProgram, now: Surroundings, before: StatementCheck): ReadonlySet<string> {
  if (now.program !== before.surroundings.program) return new Set(bound.scopes.keys());
  const stale = new Set<string>();
  const moved = new Set(bound.loaded.files.filter(({ file, tree }) => before.files.get(file)?.tree !== tree).map(({ file }) => file));
  const sameNames = now.declared === before.surroundings.declared;
  for (const { file } of bound.loaded.files) {
    const findings = before.files.get(file)?.findings ?? [];
    const mayDiffer =
      findings.length > 0 && (!sameNames || findings.some(({ related }) => related.some(({ span }) => moved.has(span.file))));
    if (moved.has(file) || mayDiffer || now.scopes.get(file) !== before.surroundings.scopes.get(file)) stale.add(file);
  }
  const reached = dependents(before, changedDeclarations(bound, now, before.surroundings));
  if (reached === "all") return new Set(bound.scopes.keys());
  for (const file of reached) if (bound.scopes.has(file)) stale.add(file);
  return stale;
}

/** Keys of declarations whose text is another, in whose text a word means another declaration, or that are gone or new. */
function changedDeclarations(bound: BoundProgram, now: Surroundings, then: Surroundings): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const [key, text] of now.texts) if (then.texts.get(key) !== text) changed.add(key);
  for (const key of then.texts.keys()) if (!now.texts.has(key)) changed.add(key);
  const seesOthers = new Set([...now.scopes].flatMap(([file, scope]) => (then.scopes.get(file) === scope ? [] : [file])));
  for (const declaration of seesOthers.size === 0 ? [] : bound.declarations) {
    const { file } = declaration;
    const key = now.keyOf(declaration);
    const text = now.texts.get(key);
    if (text !== undefined && seesOthers.has(file) && now.meant(file, text) !== then.meant(file, text)) changed.add(key);
  }
  return changed;
}

/** Files that reach one of `changed` by names, however many declarations stand between; all, where one that every file may ask for reaches it. */
function dependents(before: StatementCheck, changed: ReadonlySet<string>): ReadonlySet<string> | "all" {
  if (changed.size === 0) return new Set();
  const users = new Map<string, Set<string>>();
  for (const [file, { uses, tree }] of before.files) {
    for (const { name, declaration } of uses) {
      const user = before.surroundings.ownerOf(tree, name.span.start) ?? `file ${file}`;
      const key = before.surroundings.keyOf(declaration);
      users.set(key, (users.get(key) ?? new Set()).add(user).add(`file ${file}`));
    }
  }
  const files = new Set<string>();
  const seen = new Set(changed);
  const open = [...changed];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (before.surroundings.everywhere.has(key)) return "all";
    for (const user of users.get(key) ?? []) {
      if (seen.has(user)) continue;
      seen.add(user);
      if (user.startsWith("file ")) files.add(user.slice("file ".length));
      else open.push(user);
    }
  }
  return files;
}
