/** `public because "..."`: the one way to be open to everybody (D7). Not at the gateway: nobody opens everything by one line. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { needlessCondition } from "./access.diagnostics.ts";
import { reason } from "./read-rule.ts";

export const publicStatement: StatementConstruct = {
  kind: "statement",
  words: ["public"],
  within: ["api", "group", "route"],
  summary: "opens routes to everybody, and says why",
  written: ['public because "..."'],
  read: (statement, context) => {
    const phrase = readPhrase(statement, publicStatement, context);
    const next = phrase.peek();
    if (next?.kind === "name" && next.name === "when") {
      context.report(finding(needlessCondition, next.span, {}));
      return undefined;
    }
    const because = reason(phrase, "public", context);
    if (!phrase.end() || because === undefined) return undefined;
    const site = context.site({ kind: "public", span: statement.span, because });
    return { kind: "access", statement: { kind: "public", site, because }, span: statement.span };
  },
};
