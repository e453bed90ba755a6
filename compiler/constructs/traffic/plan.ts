/** `plan NAME { throttle ..., quota ..., concurrency ... }`: what a caller may use who has this plan. Promises: nothing is counted twice. */
import type { Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import type { Expr } from "../../model/expression.ts";
import type { Measure, Plan } from "../../model/program.ts";
import type { DeclarationConstruct, StatementConstruct } from "../construct.ts";
import { readPhrase, type PhraseReader } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readConcurrency } from "./concurrency.ts";
import { limitsOf, sortOf, trafficPieces } from "./limit-piece.ts";
import { readShared } from "./read-shared.ts";
import { readQuota } from "./quota.ts";
import { readThrottle } from "./throttle.ts";
import { planLimitTwice } from "./traffic.diagnostics.ts";

export const plan: DeclarationConstruct<"plan"> = {
  kind: "declaration",
  words: ["plan"],
  within: ["file"],
  summary: "what callers may use who have this plan",
  written: ["plan NAME { throttle RATE burst N, quota N/day, ... }"],
  declares: "plan",
  mean: readPlan,
};

function readPlan({ statement, name }: Declaration, context: CheckContext): Plan | undefined {
  const phrase = readPhrase(statement, plan, context);
  phrase.name("a name");
  const block = phrase.block("its limits in braces");
  if (!phrase.end() || block === undefined) return undefined;
  const pieces = trafficPieces(context.statements(block, "plan", AROUND));
  const firsts = new Map<string, Span>();
  for (const { written, span } of pieces) {
    const first = firsts.get(written);
    if (first === undefined) firsts.set(written, span);
    else context.report(finding(planLimitTwice, span, { what: written }, [{ span: first, message: "first stated here" }]));
  }
  const doc = statement.doc === undefined ? {} : { doc: statement.doc };
  return { name: name.name, limits: limitsOf(pieces, name.name, `plan ${name.name}`), span: statement.span, ...doc };
}

const AROUND: Around = { reads: { kind: "selector" }, parameters: [], path: [] };

/** What stands in plans: the same words, without a key. */
export const PLAN_LIMITS: readonly StatementConstruct[] = [
  limitOfPlan("throttle", "throttle RATE burst N", "how many calls may come in how short a time", readThrottle),
  limitOfPlan("quota", "quota N/day", "how many calls may come in a day, a week or a month", readQuota),
  limitOfPlan("concurrency", "concurrency N", "how many calls may be under way at one time", readConcurrency),
];

function limitOfPlan(
  word: Measure["kind"],
  form: string,
  summary: string,
  read: (phrase: PhraseReader, context: CheckContext) => Measure | undefined,
): StatementConstruct {
  const construct: StatementConstruct = {
    kind: "statement",
    words: [word],
    within: ["plan"],
    summary: `${summary}, for each caller with the plan`,
    written: [form, `${form} to routes where CONDITION`],
    read: (statement, context) => readLimit(statement, construct, read, context),
  };
  return construct;
}

function readLimit(
  statement: Statement,
  construct: StatementConstruct,
  read: (phrase: PhraseReader, context: CheckContext) => Measure | undefined,
  context: CheckContext,
): Piece | undefined {
  const phrase = readPhrase(statement, construct, context);
  const measure = read(phrase, context);
  const shared = readShared(phrase, context);
  const where = phrase.takes("to") ? readWhere(phrase, context) : undefined;
  if (!phrase.end() || measure === undefined || where?.type.kind === "poison") return undefined;
  const { span } = statement;
  const site = context.site({ kind: "limit", span });
  const written = `${sortOf(measure)}${where === undefined ? "" : ` to \`${context.written(where.span)}\``}`;
  return {
    kind: "traffic",
    limit: { site, measure, ...(where === undefined ? {} : { where }), ...(shared === undefined ? {} : { shared }), span },
    written,
    span,
  };
}

function readWhere(phrase: PhraseReader, context: CheckContext): Expr | undefined {
  const isComplete = phrase.word("routes") && phrase.word("where");
  const node = isComplete ? phrase.expression("a condition on tags, `route.` or `method`") : undefined;
  return node && checkExpression(node, context.place(node.span.file, { kind: "selector" }), context.report, { kind: "bool" });
}
