/** `trust WHAT NETWORK`: peers whose word counts, about the client's address (D21), the id of a call (D254) or its trace (D255). */
import { checkExpression } from "../../check/expressions/check-expression.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

const MATTERS = ["proxies", "request_ids", "traces"] as const;

export const trust: StatementConstruct = {
  kind: "statement",
  words: ["trust"],
  within: ["gateway"],
  summary: "peers whose word counts about the client's address, the id of a call or its trace",
  written: ["trust proxies NETWORK", "trust request_ids NETWORK", "trust traces NETWORK"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, trust, context);
    const matter = MATTERS.find((one) => phrase.takes(one));
    if (matter === undefined) phrase.refuse("`proxies`, `request_ids` or `traces`");
    const node = matter === undefined ? undefined : phrase.expression("a network");
    if (!phrase.end() || matter === undefined || node === undefined) return undefined;
    const place = context.place(statement.span.file, { kind: "nothing", what: `\`trust ${matter}\`` });
    const network = checkExpression(node, place, context.report, { kind: "network" });
    return network.type.kind === "poison" ? undefined : { kind: "trust", in: matter, networks: [network], span: statement.span };
  },
};
