/**
 * Words that are coloured although the grammar does not know them. Promises: all come from the constructs, so a new construct is coloured
 * without a line here.
 */
import type { Construct } from "../../compiler/constructs/construct.ts";
import { lex } from "../../grammar/lex.ts";
import { sourceFile } from "../../grammar/source/span.ts";
import { Colon, Name } from "../../grammar/tokens.ts";

/** What a statement starts with. */
export function headWords(constructs: readonly Construct[]): readonly string[] {
  return unique(constructs.flatMap(({ words }) => words));
}

/** What declares a name, which is right behind it. */
export function declaringWords(constructs: readonly Construct[]): readonly string[] {
  return unique(constructs.flatMap(({ kind, words, written: [form] }) => (kind !== "head" && /^\S+ NAME\b/.test(form) ? words : [])));
}

/** What stands inside a statement, as `when` and `because`: the names in lower case of its written forms that are no keys and no values. */
export function phraseWords(constructs: readonly Construct[]): readonly string[] {
  const heads = new Set(headWords(constructs));
  return unique(constructs.flatMap(({ written }) => written.flatMap(wordsOf)).filter((word) => !heads.has(word)));
}

function wordsOf(form: string): readonly string[] {
  const { tokens } = lex(sourceFile("", form));
  return tokens.flatMap(({ tokenType, image }, at) => {
    const isKeyOrValue = tokens[at + 1]?.tokenType === Colon || tokens[at - 1]?.tokenType === Colon;
    return tokenType === Name && /^[a-z]/.test(image) && !isKeyOrValue ? [image] : [];
  });
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}
