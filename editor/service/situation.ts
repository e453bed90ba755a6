/**
 * Where the cursor stands, read from tokens and not from the tree: while somebody types, the tree has a hole right there. Promises: linear,
 * never throws, works in any text.
 */
import type { SourceFile } from "../../grammar/index.ts";
import { endOf, lex } from "../../grammar/lex.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import { once } from "../../compiler/model/once.ts";

/** A token as written; a group in brackets is one that ends it: `)`, `]`, `}`. */
export type Piece = { readonly text: string; readonly start: number; readonly end: number };

export type Situation = {
  /** The part of a word that stands before the cursor, and the whole word's place. */
  readonly typed: string;
  readonly start: number;
  readonly end: number;
  /** The quotes around the cursor. */
  readonly text?: Piece;
  readonly isComment: boolean;
  /** What stands before the word in its entry, or between its brackets behind the last comma. */
  readonly entry: readonly Piece[];
  /** Brackets that are open, outermost first. */
  readonly open: readonly Opened[];
};
export type Opened = {
  readonly bracket: "{" | "(" | "[";
  readonly at: number;
  /** What stands before the bracket in the entry around. */
  readonly head: readonly Piece[];
  /** Commas behind the bracket. */
  readonly commas: number;
};

type Frame = {
  readonly bracket: Opened["bracket"] | undefined;
  readonly at: number;
  readonly head: readonly Piece[];
  pieces: Piece[];
  commas: number;
  ended: boolean;
};

const tokensOf = once((source: SourceFile) => lex(source));

const CONTINUES: ReadonlySet<string> = new Set(["and", "or", "??", "->", "because"]);
const TOP_WORDS: ReadonlySet<string> = new Set(CONSTRUCTS.flatMap(({ words, within }) => (within.includes("file") ? words : [])));
const isWord = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);

export function situationAt(source: SourceFile, offset: number): Situation {
  const { tokens, comments } = tokensOf(source);
  const frames: Frame[] = [frame(undefined, 0, [])];
  let word: Piece | undefined;
  let text: Piece | undefined;
  for (const token of tokens) {
    const piece = { text: token.image, start: token.startOffset, end: endOf(token) };
    if (piece.start >= offset) break;
    if (piece.text.startsWith('"') && isInQuotes(piece, offset)) text = piece;
    else if (isWord(piece.text) && piece.end >= offset) word = piece;
    else take(frames, piece, source);
  }
  const last = frames.at(-1) ?? frame(undefined, 0, []);
  // A word that starts a line starts an entry, unless it carries the one before on.
  if (last.ended && word !== undefined && CONTINUES.has(word.text)) last.ended = false;
  return {
    typed: source.text.slice(word?.start ?? offset, offset),
    start: word?.start ?? offset,
    end: word?.end ?? offset,
    ...(text === undefined ? {} : { text }),
    isComment: comments.some((comment) => comment.startOffset < offset && offset <= endOf(comment)),
    entry: last.ended ? [] : last.pieces,
    open: frames.flatMap(({ bracket, at, head, commas }) => (bracket === undefined ? [] : [{ bracket, at, head, commas }])),
  };
}

const frame = (bracket: Frame["bracket"], at: number, head: readonly Piece[]): Frame => ({
  bracket,
  at,
  head,
  pieces: [],
  commas: 0,
  ended: false,
});

/** Behind the opening quote, and before the closing one if there is one. */
function isInQuotes({ text, start, end }: Piece, offset: number): boolean {
  const isClosed = text.length > 1 && text.endsWith('"') && !/\\(?:\\\\)*"$/.test(text);
  return start < offset && (isClosed ? offset < end : offset <= end);
}

const OPENS: Readonly<Record<string, "{" | "(" | "[">> = { "{": "{", "(": "(", "[": "[" };
const CLOSES: Readonly<Record<string, "{" | "(" | "[">> = { "}": "{", ")": "(", "]": "[" };

function take(frames: Frame[], piece: Piece, source: SourceFile): void {
  if (piece.text.endsWith("\n")) return endLine(frames);
  // In a text whose brackets do not fit, a declaration in the first column ends all that is open.
  const startsLine = piece.start === 0 || source.text[piece.start - 1] === "\n";
  if (startsLine && TOP_WORDS.has(piece.text)) frames.length = 1;
  const bracket = OPENS[piece.text];
  const closes = CLOSES[piece.text];
  if (closes !== undefined) {
    const at = frames.findLastIndex((one) => one.bracket === closes);
    if (at > 0) frames.length = at;
    frames.at(-1)?.pieces.push(piece);
    return;
  }
  const current = frames.at(-1);
  if (current === undefined) return;
  if (current.ended && !CONTINUES.has(piece.text)) current.pieces = [];
  current.ended = false;
  if (bracket !== undefined) frames.push(frame(bracket, piece.start, current.pieces));
  else if (piece.text === ",") {
    current.pieces = [];
    current.commas += 1;
  } else current.pieces.push(piece);
}

/** In round and square brackets a line's end means nothing. */
function endLine(frames: readonly Frame[]): void {
  const current = frames.at(-1);
  if (current !== undefined && current.bracket !== "(" && current.bracket !== "[") current.ended = true;
}
