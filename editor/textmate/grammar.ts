/**
 * The TextMate grammar, for editors that colour without a server and until it has answered. Promises: it cuts a text where the lexer does,
 * since its patterns are the lexer's, in the lexer's order; words come from the constructs.
 */
import type { Construct } from "../../compiler/constructs/construct.ts";
import { BlockComment } from "../../grammar/foreign-tokens.ts";
import { Blank, Comment, Name, Newline, Reserved, Text, TOKENS, UnclosedText } from "../../grammar/tokens.ts";
import { scopeOf, type TokenType } from "./scopes.ts";
import { declaringWords, headWords, phraseWords } from "./words.ts";

export type TextMateRule = {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly captures?: Readonly<Record<string, TextMateRule>>;
  readonly patterns?: readonly TextMateRule[];
};
export type TextMateGrammar = {
  readonly $comment: string;
  readonly name: string;
  readonly scopeName: string;
  readonly fileTypes: readonly string[];
  readonly patterns: readonly TextMateRule[];
  readonly repository: Readonly<Record<string, TextMateRule>>;
};

const IDENTIFIER = String.raw`[A-Za-z_][A-Za-z0-9_]*`;
const NOT_LONGER = "(?![A-Za-z0-9_])";
/** No key, no call, nothing with a field: then a word is just a name. */
const IS_WORD = String.raw`${NOT_LONGER}(?!\s*[:(]|\.)`;
/** Where a statement may start: a line, a block, behind a comma. */
const STATEMENT_START = String.raw`(?:^|(?<=[{,]))\s*`;

/** A scope ends with the language's name. */
const named = (scope: string): string => `${scope}.gwl`;

export function textMateGrammar(constructs: readonly Construct[]): TextMateGrammar {
  return {
    $comment: "Generated from the lexer's tokens and the constructs by editor/textmate; do not edit",
    name: "GWL",
    scopeName: "source.gwl",
    fileTypes: ["gwl"],
    patterns: TOKENS.flatMap(rulesOf),
    repository: {
      reserved: { patterns: TOKENS.filter(isReserved).flatMap(ruleOf) },
      statements: { patterns: [declaration(declaringWords(constructs)), statement()] },
      heads: words(headWords(constructs), "keyword.control"),
      phrases: words(phraseWords(constructs), "keyword.other"),
      names: { patterns: nameRules() },
      path: pathText(),
      text: text(scopeOf(Text), '"', []),
    },
  };
}

/** The lexer's patterns in the lexer's order. Where it takes a name, a name may be a word. */
function rulesOf(token: TokenType): readonly TextMateRule[] {
  if (token === Comment) return comments();
  if (isReserved(token)) return token === TOKENS.find(isReserved) ? [{ include: "#reserved" }] : [];
  if (token === Text) return [{ include: "#path" }, { include: "#text" }];
  if (token === Name) return ["#statements", "#phrases", "#names"].map((include) => ({ include }));
  if (token === BlockComment) return [{ name: named(scopeOf(token)), begin: String.raw`/\*`, end: String.raw`\*/` }];
  return ruleOf(token);
}

function ruleOf(token: TokenType): readonly TextMateRule[] {
  const pattern = patternOf(token);
  return pattern === undefined ? [] : [{ name: named(scopeOf(token)), match: pattern }];
}

/** Undefined for tokens that no text is cut into, and for those that another rule covers. */
function patternOf(token: TokenType): string | undefined {
  if (token === Newline || token === Blank || token === UnclosedText) return undefined;
  const { PATTERN } = token;
  if (PATTERN instanceof RegExp) return PATTERN.source === "NOT_APPLICABLE" ? undefined : PATTERN.source;
  if (typeof PATTERN !== "string") return undefined;
  const escaped = PATTERN.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return isReserved(token) ? `${escaped}${NOT_LONGER}` : escaped;
}

function isReserved(token: TokenType): boolean {
  return token.CATEGORIES?.includes(Reserved) ?? false;
}

function comments(): readonly TextMateRule[] {
  return [
    { name: "comment.line.documentation.gwl", match: "///.*$" },
    { name: named(scopeOf(Comment)), match: "//.*$" },
  ];
}

/** `network office`: the word and the name that it declares. */
function declaration(declaring: readonly string[]): TextMateRule {
  return {
    match: `${STATEMENT_START}(${declaring.join("|")})\\s+(${IDENTIFIER})`,
    captures: { 1: { name: "storage.type.gwl" }, 2: { name: "entity.name.type.gwl" } },
  };
}

/** What follows a captured text cannot be seen from inside it, so that it is no key is asked out here. */
function statement(): TextMateRule {
  return {
    match: `${STATEMENT_START}(${IDENTIFIER})${IS_WORD}`,
    captures: { 1: { patterns: ["#reserved", "#heads", "#phrases", "#names"].map((include) => ({ include })) } },
  };
}

/** One line a word: two new words do not meet in one line of the written file. */
function words(all: readonly string[], scope: string): TextMateRule {
  return { patterns: all.map((word) => ({ name: named(scope), match: `(?<![A-Za-z0-9_.])${word}${IS_WORD}` })) };
}

/** A name by what stands around it. */
function nameRules(): readonly TextMateRule[] {
  return [
    { name: "entity.name.function.member.gwl", match: `(?<=\\.)${IDENTIFIER}(?=\\()` },
    { name: "variable.other.member.gwl", match: `(?<=\\.)${IDENTIFIER}` },
    { name: "entity.name.function.gwl", match: `${IDENTIFIER}(?=\\()` },
    { name: "variable.other.property.gwl", match: `${IDENTIFIER}(?=\\s*:)` },
    { name: "variable.other.constant.gwl", match: `[A-Z][A-Z0-9_]+${NOT_LONGER}` },
    { name: "entity.name.type.gwl", match: `[A-Z][A-Za-z0-9_]*` },
    { name: named(scopeOf(Name)), match: IDENTIFIER },
  ];
}

/** A text that starts with `/` is mostly a path: its parameters stand out. */
function pathText(): TextMateRule {
  const parameter: TextMateRule = {
    match: String.raw`(\{)(${IDENTIFIER})(?:(\s*:)([^{}"]*))?(\})`,
    captures: {
      1: { name: "punctuation.section.embedded.gwl" },
      2: { name: "variable.parameter.gwl" },
      3: { name: "punctuation.gwl" },
      4: { name: "entity.name.type.gwl" },
      5: { name: "punctuation.section.embedded.gwl" },
    },
  };
  return text("string.quoted.double.path", '"(?=/)', [parameter]);
}

/** To its quote or, where that is missing, to the end of the line. */
function text(scope: string, begin: string, inside: readonly TextMateRule[]): TextMateRule {
  return {
    name: named(scope),
    begin,
    end: '"|$',
    patterns: [
      { name: "constant.character.escape.gwl", match: String.raw`\\(?:["\\nt]|u\{[0-9A-Fa-f]{1,6}\})` },
      { name: "invalid.illegal.gwl", match: String.raw`\\.` },
      ...inside,
    ],
  };
}
