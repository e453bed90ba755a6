/** `proxy_protocol from NETWORK`: balancers that say in front of each connection whose it is, and by which VPC endpoint it came. */
import { checkExpression } from "../../../check/expressions/check-expression.ts";
import type { StatementConstruct } from "../../construct.ts";
import { readPhrase } from "../../phrase-reader.ts";

export const proxyProtocol: StatementConstruct = {
  kind: "statement",
  words: ["proxy_protocol"],
  within: ["entry"],
  summary: "balancers that begin each connection with a PROXY protocol header; nobody else may connect",
  written: ["proxy_protocol from NETWORK"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, proxyProtocol, context);
    const node = phrase.word("from") ? phrase.expression("a network") : undefined;
    if (!phrase.end() || node === undefined) return undefined;
    const place = context.place(statement.span.file, { kind: "nothing", what: "`proxy_protocol`" });
    const balancers = checkExpression(node, place, context.report, { kind: "network" });
    return balancers.type.kind === "poison" ? undefined : { kind: "proxyProtocol", balancers, span: statement.span };
  },
};
