/** `listen PORT`: the port of the gateway or of an entry. `listen unix "/path"`: the socket of an entry. */
import type { Statement } from "../../../grammar/ast.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import type { StatementConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";

export const listen: StatementConstruct = {
  kind: "statement",
  words: ["listen"],
  within: ["gateway", "entry", "observe"],
  summary: "the port that the gateway or an entry listens on",
  written: ["listen PORT", "listen stage { NAME: PORT, ... }", 'listen unix "/path"'],
  read: (statement, context) => {
    const phrase = readPhrase(statement, listen, context);
    if (phrase.takes("unix")) {
      const path = valueOf(phrase, "a path in quotes", { kind: "string" }, statement, context);
      return path && { kind: "listen", at: { kind: "socket", path }, span: statement.span };
    }
    const port = valueOf(phrase, "a port, as in `listen 8080`", { kind: "int", min: 0, max: 65_535 }, statement, context);
    return port && { kind: "listen", at: { kind: "port", port }, span: statement.span };
  },
};

function valueOf(phrase: PhraseReader, needs: string, type: Type, statement: Statement, context: CheckContext): Expr | undefined {
  const terms = phrase.value(needs);
  if (!phrase.end() || terms === undefined) return undefined;
  const place = context.place(statement.span.file, { kind: "nothing", what: "`listen`" });
  const value = checkValue({ terms, span: statement.span }, place, context.report, type);
  return value.type.kind === "poison" ? undefined : value;
}
