/**
 * Text to tokens. Promises: never throws; every comment is kept; offsets count from the start of the file; stops at the limits.
 * Must not know: what newlines and brackets mean.
 */
import { type ILexingError, type IToken, Lexer } from "chevrotain";
import { finding, type Diagnostic } from "./source/diagnostic.ts";
import type { SourceFile, Span } from "./source/span.ts";
import { LIMITS } from "./limits.ts";
import * as errors from "./lexical-errors.ts";
import { TOKENS } from "./tokens.ts";

export type Lexed = { readonly tokens: IToken[]; readonly comments: readonly IToken[]; readonly diagnostics: readonly Diagnostic[] };

let lexer: Lexer | undefined;
const theLexer = (): Lexer => {
  lexer ??= new Lexer(TOKENS, { positionTracking: "onlyOffset", ensureOptimizations: true, skipValidations: true });
  return lexer;
};

/** Only a foreign comment reaches over a line's end, so a text may be cut there: a huge file is left before it fills the memory. */
const SLICE = 256 * 1024;

export function lex(source: SourceFile): Lexed {
  const lexed: { tokens: IToken[]; comments: IToken[]; diagnostics: Diagnostic[] } = { tokens: [], comments: [], diagnostics: [] };
  if (source.text.length > LIMITS.file) {
    lexed.diagnostics.push(finding(errors.fileTooLarge, { file: source.file, start: 0, end: 0 }, { size: source.text.length }));
    return lexed;
  }
  for (let from = 0; from < source.text.length; ) {
    const to = sliceEnd(source.text, from);
    const { tokens, groups, errors: failed } = theLexer().tokenize(source.text.slice(from, to));
    append(lexed.tokens, tokens, from);
    append(lexed.comments, groups["comments"] ?? [], from);
    for (const comment of groups["foreign"] ?? []) lexed.diagnostics.push(foreignComment(source, comment, from));
    for (const error of failed) lexed.diagnostics.push(unexpected(source, error, from));
    from = to;
    if (lexed.tokens.length > LIMITS.tokens) {
      lexed.diagnostics.push(finding(errors.tooManyTokens, spanOf(source, lexed.tokens[LIMITS.tokens] as IToken), {}));
      lexed.tokens.length = 0;
      break;
    }
  }
  checkLengths(source, lexed.tokens, lexed.diagnostics);
  return lexed;
}

/** Only start and image are relied on: the lexer gives no ends. */
export const endOf = (token: IToken): number => token.startOffset + token.image.length;
export const spanOf = (source: SourceFile, token: IToken): Span => ({ file: source.file, start: token.startOffset, end: endOf(token) });

function sliceEnd(text: string, from: number): number {
  if (text.length - from <= SLICE) return text.length;
  const newline = text.indexOf("\n", from + SLICE);
  return newline === -1 ? text.length : newline + 1;
}

function append(all: IToken[], tokens: readonly IToken[], by: number): void {
  for (const token of tokens) {
    if (by > 0) token.startOffset += by;
    all.push(token);
  }
}

function foreignComment(source: SourceFile, { startOffset, image }: IToken, by: number): Diagnostic {
  const start = startOffset + by;
  const written = image.startsWith("#") ? "#" : "/*";
  return finding(errors.foreignComment, { file: source.file, start, end: start + written.length }, { written });
}

function unexpected(source: SourceFile, error: ILexingError, by: number): Diagnostic {
  const start = error.offset + by;
  const written = source.text.slice(start, start + error.length);
  return finding(errors.unexpectedCharacter, { file: source.file, start, end: start + error.length }, { written });
}

function checkLengths(source: SourceFile, tokens: readonly IToken[], diagnostics: Diagnostic[]): void {
  for (const token of tokens) {
    if (token.image.length <= LIMITS.literal) continue;
    diagnostics.push(finding(errors.literalTooLong, spanOf(source, token), { size: token.image.length }));
  }
}
