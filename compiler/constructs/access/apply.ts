/** `apply POLICY(...) to routes where CONDITION`: as if each selected route below had a `use` at this level. */
import { checkExpression } from "../../check/expressions/check-expression.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { policyArguments, takePolicy } from "./policy-call.ts";

export const apply: StatementConstruct = {
  kind: "statement",
  words: ["apply"],
  within: ["gateway", "api", "group"],
  summary: "takes the rules of a policy in for the routes that a selector names",
  written: ["apply POLICY(ARGUMENT, ...) to routes where CONDITION"],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, apply, context);
    const call = takePolicy(phrase);
    const isComplete = phrase.word("to") && phrase.word("routes") && phrase.word("where");
    const condition = isComplete ? phrase.expression("a condition on tags, `route.` or `method`") : undefined;
    if (!phrase.end() || call === undefined || condition === undefined) return undefined;
    const where = checkExpression(condition, context.place(statement.span.file, { kind: "selector" }), context.report, { kind: "bool" });
    const policy = context.resolve("policy", call.name);
    if (policy === undefined) return undefined;
    const values = policyArguments(call, policy, context.place(statement.span.file, around.reads, around.parameters), context);
    if (values === undefined || where.type.kind === "poison") return undefined;
    const site = context.site({ kind: "apply", span: statement.span });
    return { kind: "access", statement: { kind: "apply", site, policy: policy.name, arguments: values, where }, span: statement.span };
  },
};
