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
import type { Rule } from "../../model/program.ts";
import type { StatementConstruct } from "../construct.ts";
import { phraseNeeds } from "../frame.diagnostics.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
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
  ],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, resourcePolicy, context);
    const block = phrase.optionalBlock();
    if (block !== undefined) return phrase.end() ? useOf(statement, ownRules(block, context, around), context) : undefined;
    const path = phrase.word("from") ? phrase.text("the path of a JSON file in quotes") : undefined;
    const mode = phrase.takes("mode") ? phrase.name("`aws` or `native`") : undefined;
    if (!phrase.end() || path === undefined) return undefined;
    if (mode !== undefined && mode.name !== "aws" && mode.name !== "native") {
      const written = resourcePolicy.written.map((form) => `\`${form}\``).join(" or ");
      const needs = { word: "resource_policy", written, needs: "`aws` or `native`", found: `\`${mode.name}\``, hint: undefined };
      context.report(finding(phraseNeeds, mode.span, needs));
      return undefined;
    }
    return documentRules(statement, path, mode?.name === "aws" ? "aws" : "native", context, around);
  },
};

function documentRules(
  statement: Statement,
  path: TextNode,
  mode: "aws" | "native",
  context: CheckContext,
  around: Around,
): Piece | undefined {
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
  const allowed: Expr = { op: "awsAllows", document, headers: headersRead(file.document), type: { kind: "bool" }, span };
  const rules = file.document.statements.map(({ effect }, number) => {
    const applies = statementApplies(file, document, number);
    const when: Expr = effect === "deny" ? applies : { op: "and", operands: [applies, allowed], type: { kind: "bool" }, span };
    return statementRule(file, number, when, context);
  });
  const site = context.site({ kind: "rule", span, label: "mode aws" });
  return [...rules, { kind: "rule", site, effect: "require", when: allowed }, { kind: "rule", site, effect: "allow", when: allowed }];
}

/** Whether the callers of this level may be those of a Lambda function. */
function asksAuthorizer({ declared, meaning }: CheckContext, { accept }: Around): boolean {
  const names = new Set(accept?.callers.flat());
  return declared("identity").some(
    (declaration) => names.has(declaration.name.name) && meaning("identity", declaration)?.kind === "lambda",
  );
}
