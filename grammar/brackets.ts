/**
 * Pairs the brackets before anything is parsed. Promises: in what it returns every bracket has its partner, so that a bracket left open
 * costs one message and the rest of the file is still understood. Must not know: what stands between brackets.
 *
 * A balanced file is taken as it is. An unbalanced one is read again, in two ways, and the one that finds fewer mistakes is believed:
 * by indentation, where a line that stands no deeper than the one that opened a block is behind that block, and a `}` belongs to a line
 * indented like its own; and by columns, for files that are not indented, where only a word in the first column ends all that is open.
 */
import type { IToken, TokenType } from "chevrotain";
import { finding, type Diagnostic } from "./source/diagnostic.ts";
import { positionAt, type SourceFile } from "./source/span.ts";
import { endOf, spanOf } from "./lex.ts";
import { LIMITS } from "./limits.ts";
import { Lines } from "./lines.ts";
import { nestedTooDeep } from "./lexical-errors.ts";
import { missingOpener, strayBracket, unclosedBracket } from "./syntax-errors.ts";
import * as t from "./tokens.ts";

export type Balanced = { readonly tokens: IToken[]; readonly diagnostics: readonly Diagnostic[] };

type Reading = "indents" | "columns";
type Frame = {
  readonly token: IToken;
  readonly close: TokenType;
  readonly indent: number;
  readonly line: number;
  readonly at: number;
  lineEnd: number | undefined;
};
type Work = {
  readonly source: SourceFile;
  readonly reading: Reading;
  readonly lines: Lines;
  readonly out: IToken[];
  readonly stack: Frame[];
  readonly insertions: { readonly before: number; readonly type: TokenType; readonly opened: number }[];
  readonly diagnostics: Diagnostic[];
};

const PARTNER = new Map<TokenType, TokenType>([
  [t.CurlyOpen, t.CurlyClose],
  [t.SquareOpen, t.SquareClose],
  [t.RoundOpen, t.RoundClose],
]);
const CLOSERS = new Set(PARTNER.values());

export function balanceBrackets(tokens: readonly IToken[], source: SourceFile): Balanced {
  if (areBalanced(tokens)) return { tokens: [...tokens], diagnostics: [] };
  const [indents, columns] = [pair(tokens, source, "indents"), pair(tokens, source, "columns")];
  return columns.diagnostics.length < indents.diagnostics.length ? columns : indents;
}

/** And nested no deeper than they may be. */
function areBalanced(tokens: readonly IToken[]): boolean {
  const awaited: (TokenType | undefined)[] = [];
  for (const { tokenType } of tokens) {
    const close = PARTNER.get(tokenType);
    if (close !== undefined) awaited.push(close);
    else if (CLOSERS.has(tokenType) && awaited.pop() !== tokenType) return false;
    if (awaited.length > LIMITS.depth) return false;
  }
  return awaited.length === 0;
}

function pair(tokens: readonly IToken[], source: SourceFile, reading: Reading): Balanced {
  const lines = new Lines(source);
  const work: Work = { source, reading, lines, out: [], stack: [], insertions: [], diagnostics: [] };
  const shallow = dropTooDeep(tokens, source);
  for (const [place, token] of shallow.tokens.entries()) {
    const close = PARTNER.get(token.tokenType);
    if (token.tokenType === t.Newline) {
      lines.end(work.out.length);
      markLineEnd(work);
    } else if (lines.begin(token, work.stack.length)) endBlocksBefore(work, token);
    if (close !== undefined)
      work.stack.push({ token, close, indent: lines.indent, line: lines.count, at: work.out.length, lineEnd: undefined });
    if (!CLOSERS.has(token.tokenType) || closeWith(work, token, nextLine(shallow.tokens, place))) work.out.push(token);
  }
  closeDown(work, 0);
  return { tokens: insert(work), diagnostics: [...shallow.diagnostics, ...work.diagnostics] };
}

/** What begins the next line, where nothing but that follows on the line of the token at `place`. */
function nextLine(tokens: readonly IToken[], place: number): IToken | undefined {
  let next = place + 1;
  while (tokens[next]?.tokenType === t.Newline) next++;
  return next === place + 1 ? undefined : tokens[next];
}

/** `token` begins a line. In a file whose brackets do not fit, that says which blocks are behind it. */
function endBlocksBefore(work: Work, token: IToken): void {
  if (CLOSERS.has(token.tokenType)) return;
  if (work.reading === "columns") {
    if (token.tokenType === t.Name && work.lines.column === 0) closeDown(work, 0);
    return;
  }
  const outermost = work.stack.findIndex((frame) => frame.indent >= work.lines.column);
  if (outermost !== -1) closeDown(work, outermost);
}

function markLineEnd(work: Work): void {
  for (let at = work.stack.length - 1; at >= 0; at--) {
    const frame = work.stack[at] as Frame;
    if (frame.close === t.CurlyClose || frame.lineEnd !== undefined) return;
    frame.lineEnd = work.out.length;
  }
}

/** Takes `token` as the end of what it fits; says whether it ended anything. */
function closeWith(work: Work, token: IToken, below: IToken | undefined): boolean {
  const at = openerOf(work, token, below);
  if (at === -1) return closeWithout(work, token);
  closeDown(work, at + 1);
  const closed = work.stack.pop();
  // A line end inside what is closed now was none of the brackets around it.
  for (const frame of work.stack) if (closed !== undefined && (frame.lineEnd ?? -1) > closed.at) frame.lineEnd = undefined;
  return true;
}

/** The place of what `token` closes, or -1. `below` begins the next line, where `token` ends its own. */
function openerOf({ stack, reading, lines }: Work, token: IToken, below: IToken | undefined): number {
  const innermost = stack.findLastIndex((frame) => frame.close === token.tokenType);
  const frame = stack[innermost];
  if (frame === undefined || token.tokenType !== t.CurlyClose) return innermost;
  const aligned = stack.findLastIndex(({ close, indent }) => close === t.CurlyClose && indent === lines.indent);
  if (reading === "columns") return lines.isFirst && aligned !== -1 && lines.indent < frame.indent ? aligned : innermost;
  if (below !== undefined && lines.isDeeper(below)) return -1;
  if (lines.isFirst) return aligned;
  return frame.line === lines.count || (lines.beginsWithCloser && frame.indent === lines.indent) ? innermost : -1;
}

/** Nothing is open that `token` could close. Where a line above it is followed by deeper ones, the bracket is missing there. */
function closeWithout(work: Work, token: IToken): boolean {
  const { source, lines, stack } = work;
  const isBlock = work.reading === "indents" && token.tokenType === t.CurlyClose && lines.isFirst;
  const header = isBlock ? lines.headerOfBlock(stack.length) : undefined;
  if (header === undefined) {
    work.diagnostics.push(finding(strayBracket, spanOf(source, token), { bracket: token.image }));
    return false;
  }
  const last = work.out[header - 1] as IToken;
  const end = endOf(last);
  work.diagnostics.push(
    finding(missingOpener, { ...spanOf(source, token), start: end, end }, {}, [
      { span: spanOf(source, token), message: "closes the block here" },
    ]),
  );
  work.insertions.push({ before: header, type: t.CurlyOpen, opened: end });
  return true;
}

/** Reports and closes whatever is open above `depth`. */
function closeDown(work: Work, depth: number): void {
  for (let at = work.stack.length - 1; at >= depth; at--) {
    const frame = work.stack[at] as Frame;
    const before = frame.lineEnd ?? endOfContent(work.out);
    work.diagnostics.push(unclosed(work, frame, work.out[before - 1]));
    work.insertions.push({ before, type: frame.close, opened: frame.token.startOffset });
  }
  work.stack.length = depth;
}

/** Where indentation says which line was the block's last one, the bracket can be added below it. */
function unclosed({ source, reading }: Work, { token, close, indent }: Frame, last: IToken | undefined): Diagnostic {
  const found = finding(unclosedBracket, spanOf(source, token), { open: token.image, close: String(close.PATTERN) });
  const lineOf = ({ startOffset }: IToken): number => positionAt(source, startOffset).line;
  if (reading !== "indents" || close !== t.CurlyClose || last === undefined || lineOf(last) === lineOf(token)) return found;
  const end = endOf(last);
  const edit = { span: { file: source.file, start: end, end }, text: `\n${" ".repeat(indent)}}` };
  return {
    ...found,
    related: [{ span: spanOf(source, last), message: "the last line that stands deeper ends here" }],
    fixes: [{ title: "add `}` below the block", edits: [edit] }],
  };
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
  pending.sort((a, b) => a.before - b.before || b.opened - a.opened || a.order - b.order);
  let next = 0;
  for (let at = 0; at <= work.out.length; at++) {
    for (; pending[next]?.before === at; next++) tokens.push(made(tokens.at(-1), pending[next]?.type as TokenType));
    const token = work.out[at];
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

/** A bracket that is not in the text: no width, behind the token before it. */
function made(previous: IToken | undefined, tokenType: TokenType): IToken {
  return { image: "", startOffset: previous ? endOf(previous) : 0, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0 };
}

export const isInserted = (token: IToken | undefined): boolean => token?.image === "";

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
