/** `listen PORT`: the port of the gateway or of an entry. `listen unix "/path"`: the socket of an entry. A block says whether HTTP/2 is spoken there. */
import type { Statement } from "../../../grammar/ast.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import type { StatementConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import { readSettings } from "../settings.ts";

export const LISTEN_SETTINGS = {
  http2: {
    form: "constant",
    type: { kind: "bool" },
    doc: "whether HTTP/2 is spoken there beside HTTP/1.1",
    byDefault: "`true` with `tls`, else `false`",
  },
} as const;

export const listen: StatementConstruct = {
  kind: "statement",
  words: ["listen"],
  within: ["gateway", "entry", "observe"],
  summary: "the port that the gateway or an entry listens on",
  written: ["listen PORT", "listen stage { NAME: PORT, ... }", 'listen unix "/path"', "listen PORT { http2: true }"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, listen, context);
    if (phrase.takes("unix")) {
      const path = valueOf(phrase, "a path in quotes", { kind: "string" }, statement, context);
      return path && { kind: "listen", at: { kind: "socket", path: path.value }, http2: path.http2, span: statement.span };
    }
    const port = valueOf(phrase, "a port, as in `listen 8080`", { kind: "int", min: 0, max: 65_535 }, statement, context);
    return port && { kind: "listen", at: { kind: "port", port: port.value }, http2: port.http2, span: statement.span };
  },
};

type Listened = { readonly value: Expr; readonly http2: boolean | undefined };

function valueOf(phrase: PhraseReader, needs: string, type: Type, statement: Statement, context: CheckContext): Listened | undefined {
  const terms = phrase.value(needs);
  const block = phrase.optionalBlock();
  if (!phrase.end() || terms === undefined) return undefined;
  const place = context.place(statement.span.file, { kind: "nothing", what: "`listen`" });
  const value = checkValue({ terms, span: statement.span }, place, context.report, type);
  const settings = block && readSettings(block, LISTEN_SETTINGS, { owner: "`listen`", head: statement.word.span }, context);
  const http2 = settings?.values.http2?.value;
  return value.type.kind === "poison" ? undefined : { value, http2: typeof http2 === "boolean" ? http2 : undefined };
}
