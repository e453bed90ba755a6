/** `observe { listen PORT }`: the door for those who look after the gateway. No request of a client comes by it. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Statement } from "../../../grammar/ast.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { onlyOne } from "../access/assemble-scope.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings } from "../settings.ts";
import { http2Observed, observeDoorMissing } from "./observe.diagnostics.ts";

export const OBSERVE_SETTINGS = {
  address: {
    form: "value",
    type: { kind: "string" },
    doc: "the address of this machine to listen on",
    byDefault: "`127.0.0.1`, which only this machine reaches",
  },
} as const;

export const observe: StatementConstruct = {
  kind: "statement",
  words: ["observe"],
  within: ["gateway"],
  summary: "the door where health and figures are told, beside those of clients",
  written: ["observe { listen PORT }", "observe { listen PORT, address: ADDRESS }"],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, observe, context);
  const block = phrase.block("a block");
  if (!phrase.end() || block === undefined) return undefined;
  const { span } = statement;
  const head = statement.word.span;
  const { values } = readSettings(block, OBSERVE_SETTINGS, { owner: "`observe`", head, statements: "observe" }, context);
  const pieces = context.statements(block, "observe", around, "settings-read-elsewhere");
  const listen = onlyOne(pieces, "listen", "`listen`", context);
  if (listen === undefined) {
    const isWritten = block.entries.some((one) => one.kind === "statement" && one.word.name === "listen");
    if (!isWritten) context.report(finding(observeDoorMissing, head, {}));
    return undefined;
  }
  if (listen.http2 !== undefined) context.report(finding(http2Observed, listen.span, {}));
  return { kind: "observe", door: { at: listen.at, ...(values.address === undefined ? {} : { address: values.address }) }, span };
}
