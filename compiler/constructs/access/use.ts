/** `use POLICY(...)`: the policy's rules hold here, with these arguments. */
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { policyArguments, takePolicy } from "./policy-call.ts";

export const use: StatementConstruct = {
  kind: "statement",
  words: ["use"],
  within: ["gateway", "entry", "api", "group", "route", "policy"],
  summary: "takes the rules of a policy in",
  written: ["use POLICY(ARGUMENT, ...)", "use POLICY"],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, use, context);
    const call = takePolicy(phrase);
    if (!phrase.end() || call === undefined) return undefined;
    const policy = context.resolve("policy", call.name);
    if (policy === undefined) return undefined;
    const values = policyArguments(call, policy, context.place(statement.span.file, around.reads, around.parameters), context);
    if (values === undefined) return undefined;
    const site = context.site({ kind: "use", span: statement.span });
    return { kind: "access", statement: { kind: "use", site, policy: policy.name, arguments: values }, span: statement.span };
  },
};
