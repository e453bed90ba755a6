/**
 * `resource_policy`: who may call, in the words of an IAM document or of GWL. Promises: each statement of a document is a rule of
 * this level with a place in its file; `mode aws` adds the tables by which AWS combines it with what else is known of the caller.
 */
import type { Statement, TextNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { Expr } from "../../model/expression.ts";
import type { PolicyFile } from "../../model/iam.ts";
import type { Rule, Use } from "../../model/program.ts";
import type { Type } from "../../model/types.ts";
import type { StatementConstruct } from "../construct.ts";
import { phraseNeeds } from "../frame.diagnostics.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { allowsOf, anyOf } from "./iam/allows-of.ts";
import { nativeRules, ownRules, statementApplies, statementRule, useOf } from "./iam/document-rules.ts";
import { headersRead } from "./iam/headers-read.ts";
import { readPolicyText } from "./iam/read-policy.ts";

/** What AWS takes as the policy of an API. */
const AWS_LIMIT = 8192;

export const resourcePolicy: StatementConstruct = {
  kind: "statement",
  words: ["resource_policy"],
  within: ["gateway", "api", "group", "route"],
  summary: "who may call, by an IAM document or by rules that belong together",
  written: [
    'resource_policy from "policy.json"',
    'resource_policy from "policy.json" mode aws',
    "resource_policy { allow when CONDITION, deny when CONDITION, ... }",
    "resource_policy mode aws { allow when CONDITION, deny when CONDITION, ... }",
  ],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, resourcePolicy, context);
    const before = readMode(phrase, context);
    const block = phrase.optionalBlock();
    if (block !== undefined) {
      if (!phrase.end() || before === "wrong") return undefined;
      const rules = ownRules(block, context, around);
      return useOf(statement, before === "aws" ? awsTableRules(rules, statement.span, context) : rules, context);
    }
    const path = before === undefined && phrase.word("from") ? phrase.text("the path of a JSON file in quotes") : undefined;
    if (before !== undefined) phrase.refuse("its rules in braces; of a file the mode stands behind the path");
    const mode = readMode(phrase, context);
    if (!phrase.end() || path === undefined || mode === "wrong") return undefined;
    return documentRules(statement, path, mode ?? "native", context, around);
  },
};

type Mode = "aws" | "native";

/** `mode aws`, `mode native` or nothing; `wrong` after a finding. */
function readMode(phrase: PhraseReader, context: CheckContext): Mode | "wrong" | undefined {
  const mode = phrase.takes("mode") ? phrase.name("`aws` or `native`") : undefined;
  if (mode === undefined || mode.name === "aws" || mode.name === "native") return mode?.name as Mode | undefined;
  const written = resourcePolicy.written.map((form) => `\`${form}\``).join(" or ");
  const needs = { word: "resource_policy", written, needs: "`aws` or `native`", found: `\`${mode.name}\``, hint: undefined };
  context.report(finding(phraseNeeds, mode.span, needs));
  return "wrong";
}

const BOOL: Type = { kind: "bool" };

function documentRules(statement: Statement, path: TextNode, mode: Mode, context: CheckContext, around: Around): Piece | undefined {
  const data = context.data(path, "policy");
  if (data === undefined) return undefined;
  const limit = mode === "aws" ? { limit: AWS_LIMIT } : {};
  const file = readPolicyText(data.file, data.text, { kind: "resource", ...limit, report: context.report });
  if (file === undefined) return undefined;
  return useOf(statement, mode === "aws" ? awsRules(file, statement.span, context, around) : nativeRules(file, context), context);
}

/**
 * As AWS does, callers are asked who they are before anything else, but that nothing the document denies gets to an authorizer. What it
 * denies is denied; what the table of AWS does not let in is refused, whatever deeper levels allow; and what it lets in is allowed here.
 */
function awsRules(given: PolicyFile, span: Span, context: CheckContext, around: Around): readonly Rule[] {
  const isEarly = asksAuthorizer(context, around);
  const { statements } = given.document;
  const file = { ...given, asksCaller: given.asksCaller.map((asks, number) => asks || !isEarly || statements[number]?.effect === "allow") };
  const document = context.document(file);
  const asked = { op: "awsAllows", document, headers: headersRead(file.document), type: BOOL, span } as const;
  const allowed: Expr = { ...asked, orDenied: false };
  const rules = file.document.statements.map(({ effect }, number) => {
    const applies = statementApplies(file, document, number);
    const when: Expr = effect === "deny" ? applies : { op: "and", operands: [applies, allowed], type: BOOL, span };
    return statementRule(file, number, when, context);
  });
  return [...rules, ...tableRules(allowed, { ...asked, orDenied: true }, span, context)];
}

/** Rules in the place of a document: what they deny is denied, and by what they allow the tables are asked. */
function awsTableRules(rules: readonly (Rule | Use)[], span: Span, context: CheckContext): readonly (Rule | Use)[] {
  const allow = anyOf(allowsOf(rules, context), span);
  const allowed = (orDenied: boolean): Expr => {
    const table = (allows: boolean): Expr => ({ op: "awsTable", allows, orDenied, type: BOOL, span });
    return anyOf([table(false), { op: "and", operands: [allow, table(true)], type: BOOL, span }], span);
  };
  const own = rules.map((rule): Rule | Use => {
    if (rule.kind === "use" || rule.effect !== "allow") return rule;
    return { ...rule, when: { op: "and", operands: [rule.when, allowed(false)], type: BOOL, span } };
  });
  return [...own, ...tableRules(allowed(false), allowed(true), span, context)];
}

/** What no policy denies in so many words and the tables do not let in is refused by `mode aws`; what they let in it allows. */
function tableRules(allowed: Expr, notSilent: Expr, span: Span, context: CheckContext): readonly Rule[] {
  const site = context.site({ kind: "rule", span, label: "mode aws" });
  return [
    { kind: "rule", site, effect: "require", when: notSilent },
    { kind: "rule", site, effect: "allow", when: allowed },
  ];
}

/** Whether the callers of this level may be those of a Lambda function. */
function asksAuthorizer({ declared, meaning }: CheckContext, { accept }: Around): boolean {
  const names = new Set(accept?.callers.flat());
  return declared("identity").some(
    (declaration) => names.has(declaration.name.name) && meaning("identity", declaration)?.kind === "lambda",
  );
}
