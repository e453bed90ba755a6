/** What a start of the compiler does not ask again: whether the tokens are a lexer and the rules a grammar. */
import { Lexer } from "chevrotain";
import { expect, test } from "vitest";
import { GwlParser } from "../../grammar/parser.ts";
import { TOKENS } from "../../grammar/tokens.ts";

test("the tokens are a lexer: each pattern is valid and none stands behind one that always wins", () => {
  const lexer = new Lexer(TOKENS, { positionTracking: "onlyOffset", ensureOptimizations: true });
  expect(lexer.lexerDefinitionErrors).toEqual([]);
});

test("the rules are a grammar: no rule is left-recursive, no two ways are alike but those said to be", () => {
  expect(() => new GwlParser("validated")).not.toThrow();
});
