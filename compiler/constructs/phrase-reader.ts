/**
 * Reads what follows a word, term by term. Promises: the first thing that is wrong gives one finding in the user's
 * words, all further questions are answered quietly; terms that a question does not fit stay for the next one, so that
 * reading goes on where that is sensible. Must not know what any word means.
 */
import type { Block, Call, Expression, Mark, NameNode, Statement, Term, TextNode } from "../../grammar/ast.ts";
import type { CheckContext } from "../check/context.ts";
import type { Described } from "./construct.ts";
import { type PhraseOwner, type TermCursor, termCursor } from "./term-cursor.ts";
import { isBlock, isExpression } from "./terms.ts";

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

/** A reader over any terms, such as the value of a setting. */
export function readTerms(terms: readonly Term[], owner: PhraseOwner, context: CheckContext): PhraseReader {
  const cursor = termCursor(terms, owner, context);
  const { take, takeWhile, peek, refuse } = cursor;
  return {
    name: (needs) => take((term) => term.kind === "name", needs),
    call: (needs) => take((term) => term.kind === "call", needs),
    text: (needs) => take((term) => term.kind === "text", needs),
    expression: (needs) => take(isExpression, needs),
    block: (needs) => take(isBlock, needs),
    mark: (mark) => take(isMark(mark), `\`${mark}\``) !== undefined,
    word: (word) => {
      cursor.refuseOperatorBehind(word);
      return take(isWord(word), `\`${word}\``) !== undefined;
    },
    takes: (word) => {
      cursor.refuseOperatorBehind(word);
      return take(isWord(word)) !== undefined;
    },
    takesMark: (mark) => take(isMark(mark)) !== undefined,
    optionalBlock: () => take(isBlock),
    value: (needs) => takeValue(cursor, needs),
    until: (...stop) => takeWhile((term) => !stops(term, stop, terms.at(-1))),
    rest: () => takeWhile(() => true),
    peek,
    refuse,
    end: cursor.end,
    failed: cursor.failed,
  };
}

const isWord =
  (word: string) =>
  (term: Term): term is NameNode =>
    term.kind === "name" && term.name === word;
const isMark =
  (mark: Mark["mark"]) =>
  (term: Term): term is Mark =>
    term.kind === "mark" && term.mark === mark;

function takeValue({ take, peek }: TermCursor, needs: string): readonly Term[] | undefined {
  const stage = take(isWord("stage"));
  if (stage !== undefined) {
    const block = isBlock(peek()) ? take(isBlock) : undefined;
    return block === undefined ? [stage] : [stage, block];
  }
  const single = take(isBlock) ?? take(isExpression, needs);
  return single === undefined ? undefined : [single];
}

function stops(term: Term, stop: readonly string[], last: Term | undefined): boolean {
  if (term.kind === "block") return stop.includes("{") && term === last;
  if (term.kind === "name") return stop.includes(term.name);
  return term.kind === "mark" && stop.includes(term.mark);
}
