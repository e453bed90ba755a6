/** The lines of a source as its tokens pass by, and how deep each stands. Must not know: which brackets belong together. */
import type { IToken, TokenType } from "chevrotain";
import { positionAt, type SourceFile } from "./source/span.ts";
import * as t from "./tokens.ts";

/** A line that begins so goes on with the one before it, however deep it stands. */
const CONTINUES = new Set<TokenType>([t.And, t.Or, t.Implies, t.Coalesce, t.Arrow, t.Then, t.Else, t.Bar]);
const CLOSERS = new Set<TokenType>([t.CurlyClose, t.SquareClose, t.RoundClose]);

/** `depth` is how many brackets were open where the line began, `end` the place behind its last token. */
type Line = { readonly indent: number; readonly depth: number; end: number | undefined };

export class Lines {
  /** How many blanks stand before the line at hand. */
  column = 0;
  /** The same; where the line goes on with another one, that one's. */
  indent = 0;
  /** How many lines have begun that hold anything. */
  count = 0;
  /** Whether the token at hand is the first of its line. */
  isFirst = false;
  beginsWithCloser = false;
  #isFresh = true;
  #header: Line | undefined;
  /** Each stands deeper than the one before it. */
  readonly #open: Line[] = [];
  readonly #source: SourceFile;

  constructor(source: SourceFile) {
    this.#source = source;
  }

  /** Whether `token`, which is no newline, begins a line. `depth` is how many brackets are open before it. */
  begin(token: IToken, depth: number): boolean {
    this.isFirst = this.#isFresh;
    this.#isFresh = false;
    if (!this.isFirst) return false;
    this.count++;
    this.beginsWithCloser = CLOSERS.has(token.tokenType);
    this.column = this.#columnOf(token);
    if (CONTINUES.has(token.tokenType)) return true;
    this.indent = this.column;
    const deepest = this.#open.at(-1);
    const like = this.#open.find((line) => line.indent === this.indent);
    this.#header = this.beginsWithCloser && like !== deepest ? like : undefined;
    while ((this.#open.at(-1)?.indent ?? -1) > this.indent) this.#open.pop();
    if (this.beginsWithCloser) return true;
    if (this.#open.at(-1)?.indent === this.indent) this.#open.pop();
    this.#open.push({ indent: this.indent, depth, end: undefined });
    return true;
  }

  /** A newline: `place` is that behind the line's last token. */
  end(place: number): void {
    const line = this.#open.at(-1);
    if (line !== undefined && !this.#isFresh) line.end ??= place;
    this.#isFresh = true;
  }

  /** Where the line ends that stands as deep as the closer that begins the line at hand, if deeper lines followed and no more was open before it. */
  headerOfBlock(depth: number): number | undefined {
    return this.#header?.depth === depth ? this.#header.end : undefined;
  }

  /** Whether the line that begins with `token` stands deeper than the one at hand, and does not go on with it. */
  isDeeper(token: IToken): boolean {
    return !CONTINUES.has(token.tokenType) && this.#columnOf(token) > this.indent;
  }

  #columnOf(token: IToken): number {
    const { line } = positionAt(this.#source, token.startOffset);
    const start = this.#source.lineStarts[line - 1] ?? 0;
    return /^[ \t]*/.exec(this.#source.text.slice(start, token.startOffset))?.[0].length ?? 0;
  }
}
