/** `listen PORT`: the port of the gateway. */
import { checkValue } from "../../check/expressions/check-expression.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

export const listen: StatementConstruct = {
  kind: "statement",
  words: ["listen"],
  within: ["gateway"],
  summary: "the port that the gateway listens on",
  written: ["listen PORT", "listen stage { NAME: PORT, ... }"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, listen, context);
    const terms = phrase.value("a port, as in `listen 8080`");
    if (!phrase.end() || terms === undefined) return undefined;
    const place = context.place(statement.span.file, { kind: "nothing", what: "`listen`" });
    const port = checkValue({ terms, span: statement.span }, place, context.report, { kind: "int", min: 0, max: 65_535 });
    return port.type.kind === "poison" ? undefined : { kind: "listen", port, span: statement.span };
  },
};
