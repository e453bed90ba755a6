/**
 * The frame of a word: where it may stand, how it is written, and who reads it. Promises: everything that a message or
 * the manual says about a word comes from here. One file a word; the lists in index.ts name them all.
 */
import type { FileNode, Statement } from "../../grammar/ast.ts";
import type { Declaration } from "../bind/declaration.ts";
import type { Around, CheckContext } from "../check/context.ts";
import type { MeaningKind, Meanings } from "../check/meanings.ts";
import type { Piece, Within } from "./piece.ts";

export type Described = {
  /** What a line may start with to be this construct; most have one word, a route has its methods. */
  readonly words: readonly [string, ...string[]];
  readonly within: readonly [Within, ...Within[]];
  /** One line for lists, hover and completion: lower-case start, no full stop. */
  readonly summary: string;
  /** The forms, most usual first, as messages show them: `network NAME { CIDR, ... }`. Capitals stand for what the user brings. */
  readonly written: readonly [string, ...string[]];
};

/** A statement of a block or file. `read` reports what is wrong and gives undefined where nothing sensible is left. */
export type StatementConstruct = Described & {
  readonly kind: "statement";
  readonly read: (statement: Statement, context: CheckContext, around: Around) => Piece | undefined;
  /** Only for what surrounds the top level of all files, which is the gateway: what it gives to apis, groups and routes. Reports nothing. */
  readonly surrounds?: (statement: Statement, context: CheckContext, around: Around) => Around;
};

/** A declaration: read when its name is first used, or at the end of the check. Undefined: broken, and reported. */
export type DeclarationConstruct<Kind extends MeaningKind> = Described & {
  readonly kind: "declaration";
  readonly declares: Kind;
  readonly mean: (declaration: Declaration, context: CheckContext) => Meanings[Kind] | undefined;
};

/** A line at the head of files that loading and binding have already followed; `read` only says what is wrong with it. */
export type HeadConstruct = Described & {
  readonly kind: "head";
  readonly read: (statement: Statement, context: CheckContext) => void;
  /** Asked once a file: what only its whole shows, such as a line that is missing. */
  readonly checkFile?: (tree: FileNode, context: CheckContext) => void;
};

export type Construct = StatementConstruct | HeadConstruct | { [Kind in MeaningKind]: DeclarationConstruct<Kind> }[MeaningKind];
