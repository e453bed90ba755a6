/**
 * What colour a token is, as TextMate names it. Promises: every token of the language has a scope, a new one by its category; no word of
 * the vocabulary is known here.
 */
import * as foreign from "../../grammar/foreign-tokens.ts";
import * as numbers from "../../grammar/number-tokens.ts";
import * as t from "../../grammar/tokens.ts";

export type TokenType = (typeof t.TOKENS)[number];

const OWN: ReadonlyMap<TokenType, string> = new Map([
  [t.Comment, "comment.line.double-slash"],
  [t.Text, "string.quoted.double"],
  [t.UnclosedText, "string.quoted.double"],
  [t.Regex, "string.regexp"],
  [t.True, "constant.language.boolean"],
  [t.False, "constant.language.boolean"],
  [t.Arrow, "keyword.operator.arrow"],
  [t.CurlyOpen, "punctuation.section.block"],
  [t.CurlyClose, "punctuation.section.block"],
  [t.Assign, "keyword.operator.assignment"],
  [t.Question, "keyword.operator.optional"],
  [t.Name, "variable.other"],
  [numbers.Malformed, "invalid.illegal"],
]);
const ILLEGAL = new Set<TokenType>([
  foreign.Bang,
  foreign.BarePattern,
  foreign.BlockComment,
  foreign.FlaggedRegex,
  foreign.ForeignText,
  foreign.HashComment,
]);

/** Without the language's name at its end. */
export function scopeOf(token: TokenType): string {
  if (ILLEGAL.has(token)) return "invalid.illegal";
  const own = OWN.get(token);
  if (own !== undefined) return own;
  const categories = token.CATEGORIES ?? [];
  if (categories.includes(numbers.Num)) return `constant.numeric.${token.name.toLowerCase()}`;
  if (categories.includes(t.Reserved)) return "keyword.operator.word";
  if (categories.includes(t.BinaryOp)) return "keyword.operator";
  return "punctuation";
}
