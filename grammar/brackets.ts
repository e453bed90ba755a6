/**
 * Pairs the brackets before anything is parsed. Promises: in what it returns every bracket has its partner, so that a bracket left open
 * costs one message and the rest of the file is still understood. Must not know: what stands between brackets.
 *
 * A balanced file is taken as it is. In an unbalanced one the layout helps to find the culprit: `}` that starts a line closes the block
 * whose line is indented like it, a word in the first column ends all that is open, a round or square bracket ends with its line.
 */
import type { IToken, TokenType } from "chevrotain";
import { finding, type Diagnostic } from "./source/diagnostic.ts";
import { positionAt, type SourceFile } from "./source/span.ts";
import { endOf, spanOf } from "./lex.ts";
import { LIMITS } from "./limits.ts";
import { nestedTooDeep } from "./lexical-errors.ts";
import { strayBracket, unclosedBracket } from "./syntax-errors.ts";
import * as t from "./tokens.ts";

export type Balanced = { readonly tokens: IToken[]; readonly diagnostics: readonly Diagnostic[] };

type Frame = {
  readonly token: IToken;
  readonly close: TokenType;
  readonly indent: number;
  readonly at: number;
  lineEnd: number | undefined;
};
type Work = {
  readonly source: SourceFile;
  readonly byLayout: boolean;
  readonly out: IToken[];
  readonly stack: Frame[];
  readonly insertions: { readonly before: number; readonly close: TokenType; readonly open: IToken }[];
  readonly diagnostics: Diagnostic[];
};

const PARTNER = new Map<TokenType, TokenType>([
  [t.CurlyOpen, t.CurlyClose],
  [t.SquareOpen, t.SquareClose],
  [t.RoundOpen, t.RoundClose],
]);
const CLOSERS = new Set(PARTNER.values());

export function balanceBrackets(tokens: readonly IToken[], source: SourceFile): Balanced {
  const plain = pair(tokens, source, false);
  return plain.diagnostics.length === 0 ? plain : pair(tokens, source, true);
}

function pair(tokens: readonly IToken[], source: SourceFile, byLayout: boolean): Balanced {
  const work: Work = { source, byLayout, out: [], stack: [], insertions: [], diagnostics: [] };
  const shallow = dropTooDeep(tokens, source);
  let previous: IToken | undefined;
  for (const token of shallow.tokens) {
    const close = PARTNER.get(token.tokenType);
    const startsLine = previous === undefined || previous.tokenType === t.Newline;
    if (byLayout && startsLine && startsDeclaration(work, token)) closeDown(work, 0);
    if (close !== undefined)
      work.stack.push({ token, close, indent: byLayout ? indentAt(source, token) : 0, at: work.out.length, lineEnd: undefined });
    else if (token.tokenType === t.Newline) markLineEnd(work);
    if (!CLOSERS.has(token.tokenType) || closeWith(work, token, startsLine)) work.out.push(token);
    previous = token;
  }
  closeDown(work, 0);
  return { tokens: insert(work), diagnostics: [...shallow.diagnostics, ...work.diagnostics] };
}

/** In a file whose brackets do not fit, a word in the first column is taken for a new declaration. */
const startsDeclaration = (work: Work, token: IToken): boolean =>
  work.stack.length > 0 && token.tokenType === t.Name && indentAt(work.source, token) === 0;

function markLineEnd(work: Work): void {
  for (let at = work.stack.length - 1; at >= 0; at--) {
    const frame = work.stack[at] as Frame;
    if (frame.close === t.CurlyClose || frame.lineEnd !== undefined) return;
    frame.lineEnd = work.out.length;
  }
}

/** Takes `token` as the end of what it fits; says whether it ended anything. */
function closeWith(work: Work, token: IToken, startsLine: boolean): boolean {
  let at = work.stack.findLastIndex((frame) => frame.close === token.tokenType);
  if (at !== -1 && work.byLayout && startsLine && token.tokenType === t.CurlyClose) {
    const indent = indentAt(work.source, token);
    const aligned = work.stack.findLastIndex((frame) => frame.close === t.CurlyClose && frame.indent === indent);
    if (aligned !== -1 && indent < (work.stack[at] as Frame).indent) at = aligned;
  }
  if (at === -1) {
    work.diagnostics.push(finding(strayBracket, spanOf(work.source, token), { bracket: token.image }));
    return false;
  }
  closeDown(work, at + 1);
  const closed = work.stack.pop();
  // A line end inside what is closed now was none of the brackets around it.
  for (const frame of work.stack) if (closed !== undefined && (frame.lineEnd ?? -1) > closed.at) frame.lineEnd = undefined;
  return true;
}

/** Reports and closes whatever is open above `depth`. */
function closeDown(work: Work, depth: number): void {
  for (let at = work.stack.length - 1; at >= depth; at--) {
    const { token, close, lineEnd } = work.stack[at] as Frame;
    work.diagnostics.push(finding(unclosedBracket, spanOf(work.source, token), { open: token.image, close: String(close.PATTERN) }));
    work.insertions.push({ before: lineEnd ?? endOfContent(work.out), close, open: token });
  }
  work.stack.length = depth;
}

/** The place behind the last token that is no newline. */
function endOfContent(out: readonly IToken[]): number {
  let at = out.length;
  while (at > 0 && out[at - 1]?.tokenType === t.Newline) at--;
  return at;
}

function insert(work: Work): IToken[] {
  if (work.insertions.length === 0) return work.out;
  const tokens: IToken[] = [];
  const pending = work.insertions.map((insertion, order) => ({ ...insertion, order }));
  // Inner brackets were opened later: at one place they are closed first.
  pending.sort((a, b) => a.before - b.before || b.open.startOffset - a.open.startOffset || a.order - b.order);
  let next = 0;
  for (let at = 0; at <= work.out.length; at++) {
    for (; pending[next]?.before === at; next++) tokens.push(closer(tokens.at(-1), pending[next]?.close as TokenType));
    const token = work.out[at];
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

/** A bracket that is not in the text: no width, behind the token before it. */
function closer(previous: IToken | undefined, tokenType: TokenType): IToken {
  return { image: "", startOffset: previous ? endOf(previous) : 0, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0 };
}

export const isInserted = (token: IToken | undefined): boolean => token?.image === "";

function indentAt(source: SourceFile, token: IToken): number {
  const { line } = positionAt(source, token.startOffset);
  const start = source.lineStarts[line - 1] ?? 0;
  return /[ \t]*/y.exec(source.text.slice(start, token.startOffset))?.[0].length ?? 0;
}

/** Cuts out what is nested too deep, with the brackets around it. */
function dropTooDeep(tokens: readonly IToken[], source: SourceFile): Balanced {
  const kept: IToken[] = [];
  const diagnostics: Diagnostic[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (PARTNER.has(token.tokenType)) {
      depth++;
      if (depth === LIMITS.depth + 1) diagnostics.push(finding(nestedTooDeep, spanOf(source, token), {}));
    }
    if (depth <= LIMITS.depth) kept.push(token);
    if (CLOSERS.has(token.tokenType) && depth > 0) depth--;
  }
  return { tokens: kept, diagnostics };
}
