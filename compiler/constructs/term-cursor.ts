/** A place in a list of terms, and the one finding about it. Promises: reports at most once. Knows no words. */
import type { Term } from "../../grammar/ast.ts";
import { type DiagnosticKind, finding } from "../../grammar/source/diagnostic.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { CheckContext } from "../check/context.ts";
import { missingLeftOperand, phraseGoesOn, phraseNeeds } from "./frame.diagnostics.ts";
import { continuationAdvice, nameAdvice, operatorBehind } from "./habits.ts";
import { reservedName } from "./reserved-name.ts";
import { foundTerm } from "./terms.ts";

/** `word` and `written` are for messages; the terms end where `end` ends. */
export type PhraseOwner = { readonly word: string; readonly end: Span; readonly written: readonly string[] };

export type TermCursor = {
  readonly peek: () => Term | undefined;
  /** The next term if it fits; else undefined, reported where `needs` says what is needed. */
  readonly take: <T extends Term>(fits: (term: Term) => term is T, needs?: string) => T | undefined;
  readonly takeWhile: (goesOn: (term: Term) => boolean) => readonly Term[];
  readonly refuse: (needs: string) => void;
  /** Reports where `word` is next, but an operator follows it at once. */
  readonly refuseOperatorBehind: (word: string) => void;
  /** Reports if something is left; whether all was good. */
  readonly end: () => boolean;
  readonly failed: () => boolean;
};

export function termCursor(terms: readonly Term[], owner: PhraseOwner, context: CheckContext): TermCursor {
  let at = 0;
  let failed = false;
  const peek = (): Term | undefined => terms[at];
  const reportAt = <Holes>(span: Span, kind: DiagnosticKind<Holes>, holes: Holes): void => {
    if (!failed) context.report(finding(kind, span, holes));
    failed = true;
  };
  const report = <Holes>(kind: DiagnosticKind<Holes>, holes: Holes): void => reportAt(spanOfNext(peek(), owner), kind, holes);
  const about = { word: owner.word, written: owner.written.map((form) => `\`${form}\``).join(" or ") };
  const hasCondition = owner.written.some((form) => form.includes("CONDITION"));
  const found = (): string => (peek() === undefined ? foundAfter(owner, context) : foundTerm(peek(), textOf(peek(), context)));
  const refuse = (needs: string): void => {
    const reserved = needs.startsWith("a name") ? reservedName(peek(), context) : undefined;
    if (reserved === undefined)
      report(phraseNeeds, { ...about, needs, found: found(), hint: needs.startsWith("a name") ? nameAdvice(peek()) : undefined });
    else if (!failed) context.report(reserved);
    failed = true;
  };
  return {
    peek,
    take: (fits, needs) => {
      const term = peek();
      if (term !== undefined && fits(term)) {
        at += 1;
        return term;
      }
      if (needs !== undefined) refuse(needs);
      return undefined;
    },
    takeWhile: (goesOn) => {
      const start = at;
      for (let term = peek(); term !== undefined && goesOn(term); term = peek()) at += 1;
      return terms.slice(start, at);
    },
    refuse,
    refuseOperatorBehind: (word) => {
      const operator = operatorBehind(peek(), word);
      if (operator !== undefined) reportAt(operator.operatorSpan, missingLeftOperand, { word, operator: operator.operator });
    },
    end: () => {
      if (peek() !== undefined) report(phraseGoesOn, { ...about, found: found(), hint: continuationAdvice(peek(), hasCondition) });
      return !failed;
    },
    failed: () => failed,
  };
}

function spanOfNext(term: Term | undefined, owner: PhraseOwner): Span {
  return term?.kind === "block" ? { ...term.span, end: term.span.start + 1 } : (term?.span ?? { ...owner.end, start: owner.end.end });
}

/** What ends the phrase; behind a comma the next entry begins. */
function foundAfter({ end }: PhraseOwner, context: CheckContext): string {
  const next = context.written({ ...end, start: end.end, end: end.end + 1 });
  return next === "," ? "`,`" : foundTerm(undefined, "");
}

function textOf(term: Term | undefined, context: CheckContext): string {
  return term === undefined ? "" : context.written(term.span);
}
