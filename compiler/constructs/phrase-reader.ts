/**
 * Reads what follows a word, term by term. Promises: the first thing that is wrong gives one finding in the user's
 * words, all further questions are answered quietly; terms that a question does not fit stay for the next one, so that
 * reading goes on where that is sensible. Must not know what any word means.
 */
import type { Block, Call, Expression, Mark, NameNode, Statement, Term, TextNode } from "../../grammar/ast.ts";
import { type DiagnosticKind, finding } from "../../grammar/source/diagnostic.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { CheckContext } from "../check/context.ts";
import type { Described } from "./construct.ts";
import { phraseGoesOn, phraseNeeds } from "./frame.diagnostics.ts";
import { foundTerm, isBlock, isExpression } from "./terms.ts";

/** Each reader that takes a `needs` says "`network` needs NEEDS here, found ..." when the next term does not fit, and gives undefined. */
export type PhraseReader = {
  /** A lone name: `office`. `needs` as in "a name". */
  readonly name: (needs: string) => NameNode | undefined;
  /** `callee(arguments)`. */
  readonly call: (needs: string) => Call | undefined;
  readonly text: (needs: string) => TextNode | undefined;
  readonly expression: (needs: string) => Expression | undefined;
  readonly block: (needs: string) => Block | undefined;
  /** The mark itself, reported if it is not next. */
  readonly mark: (mark: Mark["mark"]) => boolean;
  /** The word itself, such as `at` or `because`, reported if it is not next. */
  readonly word: (word: string) => boolean;
  /** Takes the word if it is next and says whether it was; never reports. */
  readonly takes: (word: string) => boolean;
  readonly takesMark: (mark: Mark["mark"]) => boolean;
  /** A block if it is next. */
  readonly optionalBlock: () => Block | undefined;
  /**
   * A value in the sense of `checkValue`: an expression, `stage { ... }`, or a block that is a record. Its terms, of which
   * there is at least one; undefined, and reported, without any.
   */
  readonly value: (needs: string) => readonly Term[] | undefined;
  /** All terms up to one that `stop` names (a word or mark), or to a block that ends the phrase if `stop` has `{`. May be empty. */
  readonly until: (...stop: readonly string[]) => readonly Term[];
  /** All that is left. */
  readonly rest: () => readonly Term[];
  /** The next term, without taking it. */
  readonly peek: () => Term | undefined;
  /** Says that the next term is not what is needed. Later findings of this reader are kept back. */
  readonly refuse: (needs: string) => void;
  /** Reports if something is left. Gives whether the whole phrase was good so far. */
  readonly end: () => boolean;
  /** Whether something was wrong. */
  readonly failed: () => boolean;
};

/** A reader over the phrase of `statement`, which `construct` describes. */
export function readPhrase(statement: Statement, construct: Pick<Described, "written">, context: CheckContext): PhraseReader {
  return readTerms(statement.phrase.terms, { word: statement.word.name, end: statement.span, written: construct.written }, context);
}

/** `word` and `written` are for messages; `end` is the span whose end is where the terms end. */
export type PhraseOwner = { readonly word: string; readonly end: Span; readonly written: readonly string[] };

/** A reader over any terms, such as the value of a setting. */
export function readTerms(terms: readonly Term[], owner: PhraseOwner, context: CheckContext): PhraseReader {
  const state = { at: 0, failed: false };
  const peek = (): Term | undefined => terms[state.at];
  const report = <Holes>(kind: DiagnosticKind<Holes>, holes: Holes): void => {
    if (!state.failed) context.report(finding(kind, spanOfNext(peek(), owner), holes));
    state.failed = true;
  };
  const written = owner.written.map((form) => `\`${form}\``).join(" or ");
  const found = (): string => foundTerm(peek(), textOf(peek(), context));
  const refuse = (needs: string): void => report(phraseNeeds, { word: owner.word, needs, found: found(), written });
  const take = <T extends Term>(fits: (term: Term) => term is T, needs?: string): T | undefined => {
    const term = peek();
    if (term !== undefined && fits(term)) {
      state.at += 1;
      return term;
    }
    if (needs !== undefined) refuse(needs);
    return undefined;
  };
  const isWord =
    (word: string) =>
    (term: Term): term is NameNode =>
      term.kind === "name" && term.name === word;
  const isMark =
    (mark: Mark["mark"]) =>
    (term: Term): term is Mark =>
      term.kind === "mark" && term.mark === mark;
  const takeWhile = (goesOn: (term: Term) => boolean): readonly Term[] => {
    const start = state.at;
    for (let term = peek(); term !== undefined && goesOn(term); term = peek()) state.at += 1;
    return terms.slice(start, state.at);
  };
  return {
    name: (needs) => take((term) => term.kind === "name", needs),
    call: (needs) => take((term) => term.kind === "call", needs),
    text: (needs) => take((term) => term.kind === "text", needs),
    expression: (needs) => take(isExpression, needs),
    block: (needs) => take(isBlock, needs),
    mark: (mark) => take(isMark(mark), `\`${mark}\``) !== undefined,
    word: (word) => take(isWord(word), `\`${word}\``) !== undefined,
    takes: (word) => take(isWord(word)) !== undefined,
    takesMark: (mark) => take(isMark(mark)) !== undefined,
    optionalBlock: () => take(isBlock),
    value: (needs) => {
      const stage = take(isWord("stage"));
      const block = stage === undefined || isBlock(peek()) ? take(isBlock) : undefined;
      if (stage !== undefined) return block === undefined ? [stage] : [stage, block];
      const single = block ?? take(isExpression, needs);
      return single === undefined ? undefined : [single];
    },
    until: (...stop) =>
      takeWhile((term) =>
        term.kind === "block"
          ? !(stop.includes("{") && term === terms.at(-1))
          : !((term.kind === "name" && stop.includes(term.name)) || (term.kind === "mark" && stop.includes(term.mark))),
      ),
    rest: () => takeWhile(() => true),
    peek,
    refuse,
    end: () => {
      if (peek() !== undefined) report(phraseGoesOn, { word: owner.word, found: found(), written });
      return !state.failed;
    },
    failed: () => state.failed,
  };
}

function spanOfNext(term: Term | undefined, owner: PhraseOwner): Span {
  return term?.kind === "block" ? { ...term.span, end: term.span.start + 1 } : (term?.span ?? { ...owner.end, start: owner.end.end });
}

function textOf(term: Term | undefined, context: CheckContext): string {
  return term === undefined ? "" : context.written(term.span);
}
