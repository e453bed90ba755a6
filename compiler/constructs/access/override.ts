/** `override POLICY because "..."`: lifts what outer levels deny and require by the policy, which must permit it (D9). */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { overrideNotConstant } from "./access.diagnostics.ts";
import { isFixed } from "./fixed-expression.ts";
import { policyArguments, takePolicy } from "./policy-call.ts";
import { reason } from "./read-rule.ts";

export const override: StatementConstruct = {
  kind: "statement",
  words: ["override"],
  within: ["api", "group", "route"],
  summary: "lifts what a policy forbids at outer levels, and says why",
  written: ['override POLICY because "..."', 'override POLICY(ARGUMENT, ...) because "..."'],
  read: (statement, context) => {
    const phrase = readPhrase(statement, override, context);
    const call = takePolicy(phrase);
    const because = reason(phrase, "override", context);
    if (!phrase.end() || call === undefined || because === undefined) return undefined;
    const policy = context.resolve("policy", call.name);
    if (policy === undefined) return undefined;
    const place = context.place(statement.span.file, { kind: "nothing", what: "the arguments of an `override`" });
    const values = call.arguments === undefined ? undefined : policyArguments(call, policy, place, context);
    if (call.arguments !== undefined && values === undefined) return undefined;
    const moving = values?.find((value) => !isFixed(value));
    if (moving !== undefined) {
      context.report(finding(overrideNotConstant, moving.span, {}));
      return undefined;
    }
    const site = context.site({ kind: "override", span: statement.span, because });
    const given = values === undefined ? {} : { arguments: values };
    return { kind: "access", statement: { kind: "override", site, policy: policy.name, ...given, because }, span: statement.span };
  },
};
