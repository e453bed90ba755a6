/**
 * Reads the entries of a block, each statement by the construct of its word. Promises: an unknown, misplaced or future
 * word is an error at the word, never skipped. Must not know what any word means.
 */
import type { Entry, NameNode, Statement } from "../../grammar/ast.ts";
import { finding } from "../../grammar/source/diagnostic.ts";
import type { Declaration } from "../bind/declaration.ts";
import type { Construct } from "../constructs/construct.ts";
import { notSupportedYet, phraseNeeds, PLACE_NAMES, strayEntry, unknownWord, wordElsewhere } from "../constructs/frame.diagnostics.ts";
import { itemAdvice, nameAdvice, operatorBehind, statementAdvice } from "../constructs/habits.ts";
import { LATER_STATEMENTS } from "../constructs/later.ts";
import type { Piece, Within } from "../constructs/piece.ts";
import { reservedName, reservedOperator } from "../constructs/reserved-name.ts";
import { foundTerm } from "../constructs/terms.ts";
import type { Around, CheckContext } from "./context.ts";
import { didYouMean } from "./did-you-mean.ts";

/** Constructs by word; a word may mean different things in different places. */
export type Vocabulary = ReadonlyMap<string, readonly Construct[]>;

export function vocabulary(constructs: readonly Construct[]): Vocabulary {
  const byWord = new Map<string, Construct[]>();
  for (const construct of constructs) {
    for (const word of construct.words) byWord.set(word, [...(byWord.get(word) ?? []), construct]);
  }
  return byWord;
}

export type Reader = {
  readonly words: Vocabulary;
  readonly context: CheckContext;
  /** What binding made of a statement that declares. */
  readonly declarationOf: ReadonlyMap<Statement, Declaration>;
};

export function readStatements(
  entries: readonly Entry[],
  within: Within,
  around: Around,
  reader: Reader,
  settings?: "settings-read-elsewhere",
): readonly Piece[] {
  return entries.flatMap((entry) => {
    if (entry.kind === "statement") return readStatement(entry, within, around, reader) ?? [];
    if (entry.kind !== "setting" || settings === undefined) reportStray(entry, within, reader);
    return [];
  });
}

function readStatement(statement: Statement, within: Within, around: Around, reader: Reader): Piece | undefined {
  const { context } = reader;
  const construct = reader.words.get(statement.word.name)?.find((candidate) => candidate.within.includes(within));
  switch (construct?.kind) {
    case undefined:
      reportUnknown(statement, within, reader);
      return undefined;
    case "statement":
      return construct.read(statement, context, around);
    case "head":
      construct.read(statement, context);
      return undefined;
    case "declaration": {
      const declaration = reader.declarationOf.get(statement);
      if (declaration === undefined) reportNameless(statement, construct, context);
      else context.meaning(construct.declares, declaration);
      return undefined;
    }
  }
}

function reportUnknown({ word }: Statement, within: Within, { words, context }: Reader): void {
  const place = PLACE_NAMES[within];
  const known = words.get(word.name);
  if (known !== undefined) {
    const places = [...new Set(known.flatMap((construct) => construct.within))].map((other) => PLACE_NAMES[other]);
    context.report(finding(wordElsewhere, word.span, { word: word.name, place, within: places }));
    return;
  }
  if (LATER_STATEMENTS.has(word.name)) {
    context.report(finding(notSupportedYet, word.span, { what: `\`${word.name}\``, instead: undefined }));
    return;
  }
  const here = [...words]
    .filter(([, constructs]) => constructs.some((construct) => construct.within.includes(within)))
    .map(([name]) => name);
  const meant = didYouMean(word.name, [...here, ...LATER_STATEMENTS]);
  const hint = meant === undefined ? (statementAdvice(word.name) ?? identityAdvice(word, context)) : undefined;
  context.report(finding(unknownWord, word.span, { word: word.name, place, hint, meant, words: here }));
}

/** `accept A, B` makes a line of `B`. */
function identityAdvice(word: NameNode, context: CheckContext): string | undefined {
  return context.find("type", word)?.kind === "identity" ? `identities stand on one line, as in \`accept A or ${word.name}\`` : undefined;
}

/** A declaration without a name is in nobody's table: the frame says what is missing. */
function reportNameless(statement: Statement, construct: Construct, context: CheckContext): void {
  const [first] = statement.phrase.terms;
  const reserved = reservedName(first, context);
  if (reserved !== undefined) {
    context.report(reserved);
    return;
  }
  const span = first?.span ?? { ...statement.span, start: statement.span.end };
  const found = foundTerm(first, first === undefined ? "" : context.written(first.span));
  const written = construct.written.map((form) => `\`${form}\``).join(" or ");
  context.report(finding(phraseNeeds, span, { word: statement.word.name, needs: "a name", found, written, hint: nameAdvice(first) }));
}

function reportStray(entry: Exclude<Entry, Statement>, within: Within, { words, context }: Reader): void {
  const isWord = (name: string): boolean => words.has(name);
  const [first] = entry.kind === "item" ? entry.value.terms : [];
  for (const word of first?.kind === "binary" ? words.keys() : []) {
    const operator = operatorBehind(first, word);
    const reserved = operator && reservedOperator(operator.operator, operator.operatorSpan);
    if (reserved !== undefined) {
      context.report(reserved);
      return;
    }
  }
  const what =
    entry.kind === "row" ? "a table row" : `${entry.kind === "setting" ? "the setting " : ""}\`${context.written(entry.span, 40)}\``;
  context.report(finding(strayEntry, entry.span, { what, place: PLACE_NAMES[within], hint: itemAdvice(entry, isWord) }));
}
