/**
 * Gives white space its meaning, between the lexer and the parser. Promises: a newline that is left ends an entry; what touches a name is
 * told apart from what stands beside it. Must not know: words of the vocabulary, but for `because`, which continues a line.
 *
 * Newlines mean nothing in ( ) and [ ], before a line that begins with `and or implies ?? -> then else because`, next to a comma and at the
 * edges of a block. A block whose first token is `|` is a table: its lines that begin with `|` are rows. Everywhere else a line that begins
 * with `|` continues a union.
 */
import type { IToken, TokenType } from "chevrotain";
import { finding, type Diagnostic } from "./source/diagnostic.ts";
import type { SourceFile } from "./source/span.ts";
import { type ForeignMark, foreignMark } from "./foreign-marks.ts";
import { endOf, spanOf } from "./lex.ts";
import { LIMITS } from "./limits.ts";
import { nestedTooDeep } from "./lexical-errors.ts";
import { Num } from "./number-tokens.ts";
import { foreignOperator, strayComma, unclosedTypeArguments } from "./syntax-errors.ts";
import * as t from "./tokens.ts";

export type LaidOut = { readonly tokens: IToken[]; readonly diagnostics: readonly Diagnostic[] };

/** `conditionals` counts the `if`s of the entry at hand: each nests its `else`. */
type Frame = { readonly kind: "block" | "table" | "inline" | "type"; readonly open: IToken | undefined; conditionals: number };
type Work = {
  readonly source: SourceFile;
  readonly input: readonly IToken[];
  readonly out: IToken[];
  readonly frames: Frame[];
  readonly diagnostics: Diagnostic[];
  /** How many prefixes have come in a row. */
  prefixes: number;
};

const CONTINUES = new Set<TokenType>([t.And, t.Or, t.Implies, t.Coalesce, t.Arrow, t.Then, t.Else]);
/** What an operand may end with. */
const OPERAND_ENDS = new Set<TokenType>([
  t.Name,
  t.CurlyClose,
  t.SquareClose,
  t.RoundClose,
  t.TypeClose,
  t.Text,
  t.Regex,
  t.True,
  t.False,
  t.Maybe,
]);
const OPENS_INLINE = new Set<TokenType>([t.RoundOpen, t.SquareOpen]);
const PREFIXES = new Set<TokenType>([t.Not, t.Has, t.Sign]);
const CLOSES = new Set<TokenType>([t.RoundClose, t.SquareClose, t.CurlyClose]);

/** `tokens` have balanced brackets. The tokens are changed in place: they belong to this parse alone. */
export function layOut(tokens: readonly IToken[], source: SourceFile): LaidOut {
  const work: Work = {
    source,
    input: tokens,
    out: [],
    frames: [{ kind: "block", open: undefined, conditionals: 0 }],
    diagnostics: [],
    prefixes: 0,
  };
  for (let at = 0; at < tokens.length; ) at = step(work, at);
  closeTypes(work);
  return { tokens: work.out, diagnostics: work.diagnostics };
}

const top = (work: Work): Frame => work.frames.at(-1) as Frame;
const inBlock = (work: Work): boolean => top(work).kind === "block" || top(work).kind === "table";

/** Takes the token at `at`; gives the place of the next one to take. */
function step(work: Work, at: number): number {
  const token = work.input[at] as IToken;
  const type = token.tokenType;
  if (type === t.Newline) return newline(work, at);
  if (type === t.Comma) comma(work, token);
  else if (type === t.CurlyOpen) open(work, token, tokenAfterNewlines(work, at + 1)?.tokenType === t.Bar ? "table" : "block");
  else if (OPENS_INLINE.has(type)) openInline(work, token);
  else if (CLOSES.has(type)) close(work, token);
  else if (type === t.If && conditionals(work) > LIMITS.depth) return tooDeep(work, at);
  else return mark(work, token, at);
  return at + 1;
}

/** The `if` at hand counted in: those of the brackets around it nest it as well. */
function conditionals(work: Work): number {
  top(work).conditionals++;
  return work.frames.reduce((sum, frame) => sum + frame.conditionals, 0);
}

function newline(work: Work, at: number): number {
  let next = at + 1;
  while (work.input[next]?.tokenType === t.Newline) next++;
  if (top(work).kind === "type") closeTypes(work);
  const before = work.out.at(-1);
  const after = work.input[next];
  const means =
    inBlock(work) && before !== undefined && after !== undefined && !isBoundary(before, t.CurlyOpen) && !isBoundary(after, t.CurlyClose);
  if (means && !continues(work, after, work.input[next + 1])) endEntry(work, work.input[at] as IToken);
  return next;
}

const isBoundary = (token: IToken, bracket: TokenType): boolean => token.tokenType === bracket || token.tokenType === t.Comma;

function continues(work: Work, first: IToken, second: IToken | undefined): boolean {
  if (CONTINUES.has(first.tokenType)) return true;
  if (first.tokenType === t.Bar) return top(work).kind !== "table";
  return first.tokenType === t.Name && first.image === "because" && second?.tokenType !== t.Colon;
}

function endEntry(work: Work, token: IToken): void {
  top(work).conditionals = 0;
  work.out.push(token);
}

function comma(work: Work, token: IToken): void {
  if (!inBlock(work)) {
    work.out.push(token);
    return;
  }
  const before = work.out.at(-1)?.tokenType;
  if (before === undefined || before === t.Comma || before === t.CurlyOpen) {
    work.diagnostics.push(finding(strayComma, spanOf(work.source, token), {}));
  } else endEntry(work, token);
}

function open(work: Work, token: IToken, kind: Frame["kind"]): void {
  work.frames.push({ kind, open: token, conditionals: 0 });
  work.out.push(token);
}

function openInline(work: Work, token: IToken): void {
  const before = work.out.at(-1);
  if (token.tokenType === t.RoundOpen && before?.tokenType === t.Name && touches(before, token)) become(token, t.CallOpen);
  open(work, token, "inline");
}

function close(work: Work, token: IToken): void {
  closeTypes(work);
  work.frames.pop();
  work.out.push(token);
}

function closeTypes(work: Work, isMistake = true): void {
  for (let frame = top(work); frame.kind === "type"; frame = top(work)) {
    const opened = frame.open as IToken;
    if (isMistake) work.diagnostics.push(finding(unclosedTypeArguments, spanOf(work.source, opened), {}));
    work.out.push(made(t.TypeClose, "", endOf(work.out.at(-1) ?? opened)));
    work.frames.pop();
  }
}

/** Leaves out the rest of an entry that has more `if`s or `<` than fit into one another. */
function tooDeep(work: Work, at: number): number {
  closeTypes(work, false);
  work.diagnostics.push(finding(nestedTooDeep, spanOf(work.source, work.input[at] as IToken), {}));
  let depth = 0;
  for (let next = at; next < work.input.length; next++) {
    const type = work.input[next]?.tokenType as TokenType;
    if (depth === 0 && (CLOSES.has(type) || type === t.Comma || (type === t.Newline && inBlock(work)))) return next;
    if (type === t.CurlyOpen || OPENS_INLINE.has(type)) depth++;
    else if (CLOSES.has(type)) depth--;
  }
  return work.input.length;
}

/** Tokens whose kind depends on what is around them. Gives the place of the next token. */
function mark(work: Work, token: IToken, at: number): number {
  const before = work.out.at(-1);
  const next = work.input[at + 1];
  const close = before !== undefined && touches(before, token);
  const foreign = top(work).kind === "table" && token.tokenType === t.Bar ? undefined : foreignMark(token, next);
  if (foreign !== undefined) return replaced(work, token, at, foreign);
  switch (token.tokenType) {
    case t.Less:
      if (!close || !isTypeName(before)) break;
      if (work.frames.length > LIMITS.depth) return tooDeep(work, at);
      become(token, t.TypeOpen);
      open(work, token, "type");
      return at + 1;
    case t.Greater:
    case t.AtLeast:
      if (top(work).kind === "type") return typeClose(work, token, at);
      break;
    case t.Question:
      if (close && endsOperand(before)) become(token, t.Maybe);
      break;
    case t.Minus:
      if (next !== undefined && isNumber(next) && touches(token, next) && !(close && endsOperand(before))) become(token, t.Sign);
      break;
    case t.Matches:
      if (isNumber(before) || isTypeName(before) || before?.tokenType === t.TypeClose || before?.tokenType === t.Maybe)
        become(token, t.Name);
      break;
    case t.Bar:
      if (top(work).kind === "table") become(token, t.RowBar);
      break;
  }
  if (withinPrefixes(work, token)) work.out.push(token);
  return at + 1;
}

/** Prefixes nest: `not not not a`. Those too many are left out. */
function withinPrefixes(work: Work, token: IToken): boolean {
  if (!PREFIXES.has(token.tokenType)) work.prefixes = 0;
  else if (++work.prefixes === LIMITS.depth + 1) work.diagnostics.push(finding(nestedTooDeep, spanOf(work.source, token), {}));
  return work.prefixes <= LIMITS.depth;
}

/** `>=` right behind type arguments is their end and the `=` of a declaration. */
function typeClose(work: Work, token: IToken, at: number): number {
  work.frames.pop();
  work.out.push(made(t.TypeClose, ">", token.startOffset));
  if (token.tokenType === t.AtLeast) work.out.push(made(t.Assign, "=", token.startOffset + 1));
  return at + 1;
}

/** `&&` is taken for `and`, and said so. */
function replaced(work: Work, token: IToken, at: number, { meant, written, length }: ForeignMark): number {
  const operator = made(meant, written, token.startOffset);
  work.diagnostics.push(finding(foreignOperator, spanOf(work.source, operator), { written, word: String(meant.PATTERN) }));
  if (withinPrefixes(work, operator)) work.out.push(operator);
  return at + length;
}

const touches = (first: IToken, second: IToken): boolean => endOf(first) === second.startOffset;
const isNumber = (token: IToken | undefined): boolean => token?.tokenType.CATEGORIES?.includes(Num) ?? false;
const isTypeName = (token: IToken | undefined): boolean => token?.tokenType === t.Name && /^[A-Z]/.test(token.image);
const endsOperand = (token: IToken | undefined): boolean => token !== undefined && (OPERAND_ENDS.has(token.tokenType) || isNumber(token));

function become(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
}

const made = (type: TokenType, image: string, start: number): IToken => ({
  image,
  startOffset: start,
  tokenType: type,
  tokenTypeIdx: type.tokenTypeIdx ?? 0,
});

/** The first token at or behind `at` that is no newline. */
function tokenAfterNewlines(work: Work, at: number): IToken | undefined {
  let next = at;
  while (work.input[next]?.tokenType === t.Newline) next++;
  return work.input[next];
}
