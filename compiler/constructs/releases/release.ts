/** `release NAME { FROM -> TO, share 5%, sticky by EXPR, when CONDITION, stop above 5% of 50 }`: some calls of a backend go to its next version (D243). */
import type { Block, Entry, NameNode, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import { type Span, spanning } from "../../../grammar/source/span.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkExpression, checkValue } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import type { Place } from "../../check/expressions/place.ts";
import type { Expr } from "../../model/expression.ts";
import type { Release } from "../../model/release.ts";
import type { Type } from "../../model/types.ts";
import { anyIdentity } from "../access/level-around.ts";
import type { StatementConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { releaseIncomplete, releaseLine, saidTwiceInRelease, windowBounds } from "./releases.diagnostics.ts";

const FORMS = {
  share: ["share PERCENT"],
  sticky: ["sticky by EXPRESSION"],
  when: ["when CONDITION"],
  stop: ["stop above PERCENT of CALLS"],
} as const;

export const release: StatementConstruct = {
  kind: "statement",
  words: ["release"],
  within: ["file"],
  summary: "sends some calls of a backend to its next version",
  written: [
    "release NAME { FROM -> TO, share PERCENT }",
    "release NAME { FROM -> TO, share PERCENT, sticky by EXPRESSION, when CONDITION, stop above PERCENT of CALLS }",
  ],
  read,
};

/** What the lines have said so far; `places` of those that may be said once. */
type Draft = {
  ends?: undefined | { readonly from: string; readonly to: string };
  share?: Expr | undefined;
  sticky?: Expr | undefined;
  stop?: Release["stop"] | undefined;
  readonly when: Expr[];
  readonly places: Map<string, Span>;
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, release, context);
  const name = phrase.name("a name");
  const block = phrase.block("the block of the release");
  if (!phrase.end() || name === undefined || block === undefined) return undefined;
  const draft = readLines(block, placeOf(statement, context), context);
  const span = spanning(statement.word.span, name.span);
  const { ends, share, sticky, stop, when, places } = draft;
  const missing = !places.has("->") ? "ends" : when.length === 0 && !places.has("share") && !places.has("when") ? "who" : undefined;
  if (missing !== undefined) context.report(finding(releaseIncomplete, span, { name: name.name, missing }));
  if (missing !== undefined || ends === undefined) return undefined;
  const parts = { ...(share && { share }), ...(sticky && { sticky }), ...(stop && { stop }) };
  return { kind: "release", release: { name: name.name, ...ends, when, ...parts, span }, span };
}

/** It stands beside all routes: whoever any of them lets in may be asked about, no body and no parameters. */
function placeOf({ span }: Statement, context: CheckContext): Place {
  const missing = "a release stands beside all routes";
  return context.place(span.file, { kind: "request", principal: anyIdentity(context), body: { missing }, parameters: { missing } });
}

function readLines({ entries }: Block, place: Place, context: CheckContext): Draft {
  const draft: Draft = { when: [], places: new Map() };
  for (const entry of entries) {
    const word = lineOf(entry);
    if (entry.kind !== "statement" || word === undefined) {
      // What was meant by it may be what would be missing.
      draft.places.set("share", draft.places.get("share") ?? entry.span);
      context.report(finding(releaseLine, entry.span, { written: context.written(entry.span, 40) }));
      continue;
    }
    const first = draft.places.get(word);
    draft.places.set(word, entry.span);
    if (first !== undefined && word !== "when") {
      context.report(finding(saidTwiceInRelease, entry.span, { what: word }, [{ span: first, message: "first said here" }]));
      continue;
    }
    readLine(entry, word, draft, place, context);
  }
  return draft;
}

type Line = keyof typeof FORMS | "->";

function lineOf(entry: Entry): Line | undefined {
  if (entry.kind !== "statement") return undefined;
  const [first] = entry.phrase.terms;
  if (first?.kind === "mark" && first.mark === "->") return "->";
  const { name } = entry.word;
  return Object.hasOwn(FORMS, name) ? (name as keyof typeof FORMS) : undefined;
}

function readLine(entry: Statement, line: Line, draft: Draft, place: Place, context: CheckContext): void {
  const phrase = readPhrase(entry, { written: line === "->" ? ["FROM -> TO"] : FORMS[line] }, context);
  switch (line) {
    case "->": {
      phrase.mark("->");
      const to = phrase.name("the name of a backend");
      if (phrase.end() && to !== undefined) draft.ends = endsOf(entry.word, to, context) ?? draft.ends;
      return;
    }
    case "share": {
      const terms = phrase.value("a percentage");
      if (!phrase.end() || terms === undefined) return;
      const outside = context.place(entry.span.file, { kind: "nothing", what: "`share` of a release" });
      draft.share = whole(checkValue({ terms, span: entry.phrase.span }, outside, context.report, { kind: "percent" }));
      return;
    }
    case "sticky":
      draft.sticky = phrase.word("by")
        ? expression(phrase, "a text", place, context, { kind: "optional", type: { kind: "string" } })
        : undefined;
      return;
    case "when": {
      const condition = expression(phrase, "a condition", place, context, { kind: "bool" });
      if (condition !== undefined) draft.when.push(condition);
      return;
    }
    case "stop":
      draft.stop = readStop(phrase, entry, context);
      return;
  }
}

function endsOf(from: NameNode, to: NameNode, context: CheckContext): Draft["ends"] {
  const [known, next] = [context.resolve("backend", from), context.resolve("backend", to)];
  return known === undefined || next === undefined ? undefined : { from: known.name, to: next.name };
}

function expression(phrase: PhraseReader, needs: string, place: Place, context: CheckContext, type: Type): Expr | undefined {
  const node = phrase.expression(needs);
  return phrase.end() && node !== undefined ? whole(checkExpression(node, place, context.report, type)) : undefined;
}

function whole(expr: Expr): Expr | undefined {
  return expr.type.kind === "poison" ? undefined : expr;
}

function readStop(phrase: PhraseReader, entry: Statement, context: CheckContext): Release["stop"] {
  const share = phrase.word("above") ? phrase.expression("a percentage") : undefined;
  const of = phrase.word("of") ? phrase.expression("a number of calls") : undefined;
  if (!phrase.end() || share === undefined || of === undefined) return undefined;
  const place = context.place(entry.span.file, { kind: "nothing", what: "`stop` of a release" });
  const percent = evaluateConstant(checkExpression(share, place, context.report, { kind: "percent" }));
  const calls = evaluateConstant(checkExpression(of, place, context.report, { kind: "int" }));
  if (typeof percent !== "number" || typeof calls !== "number") return undefined;
  if (calls >= 10 && calls <= 10_000) return { share: percent, of: calls };
  context.report(finding(windowBounds, of.span, {}));
  return undefined;
}
