/** A place in a list of terms, and the one finding about it. Promises: reports at most once. Knows no words. */
import type { Term } from "../../grammar/ast.ts";
import { type DiagnosticKind, finding } from "../../grammar/source/diagnostic.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { CheckContext } from "../check/context.ts";
import { phraseGoesOn, phraseNeeds } from "./frame.diagnostics.ts";
import { foundTerm } from "./terms.ts";

/** `word` and `written` are for messages; the terms end where `end` ends. */
export type PhraseOwner = { readonly word: string; readonly end: Span; readonly written: readonly string[] };

export type TermCursor = {
  readonly peek: () => Term | undefined;
  /** The next term if it fits; else undefined, reported where `needs` says what is needed. */
  readonly take: <T extends Term>(fits: (term: Term) => term is T, needs?: string) => T | undefined;
  readonly takeWhile: (goesOn: (term: Term) => boolean) => readonly Term[];
  readonly refuse: (needs: string) => void;
  /** Reports if something is left; whether all was good. */
  readonly end: () => boolean;
  readonly failed: () => boolean;
};

export function termCursor(terms: readonly Term[], owner: PhraseOwner, context: CheckContext): TermCursor {
  let at = 0;
  let failed = false;
  const peek = (): Term | undefined => terms[at];
  const report = <Holes>(kind: DiagnosticKind<Holes>, holes: Holes): void => {
    if (!failed) context.report(finding(kind, spanOfNext(peek(), owner), holes));
    failed = true;
  };
  const about = { word: owner.word, written: owner.written.map((form) => `\`${form}\``).join(" or ") };
  const found = (): string => foundTerm(peek(), textOf(peek(), context));
  const refuse = (needs: string): void => report(phraseNeeds, { ...about, needs, found: found() });
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
    end: () => {
      if (peek() !== undefined) report(phraseGoesOn, { ...about, found: found() });
      return !failed;
    },
    failed: () => failed,
  };
}

function spanOfNext(term: Term | undefined, owner: PhraseOwner): Span {
  return term?.kind === "block" ? { ...term.span, end: term.span.start + 1 } : (term?.span ?? { ...owner.end, start: owner.end.end });
}

function textOf(term: Term | undefined, context: CheckContext): string {
  return term === undefined ? "" : context.written(term.span);
}
