/** `trust proxies NETWORK`: peers whose word about the client's address counts (D21). */
import { checkExpression } from "../../check/expressions/check-expression.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

export const trust: StatementConstruct = {
  kind: "statement",
  words: ["trust"],
  within: ["gateway"],
  summary: "proxies whose word about the client's address counts",
  written: ["trust proxies NETWORK"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, trust, context);
    const node = phrase.word("proxies") ? phrase.expression("a network") : undefined;
    if (!phrase.end() || node === undefined) return undefined;
    const place = context.place(statement.span.file, { kind: "nothing", what: "`trust proxies`" });
    const proxies = checkExpression(node, place, context.report, { kind: "network" });
    return proxies.type.kind === "poison" ? undefined : { kind: "trust", proxies: [proxies], span: statement.span };
  },
};
