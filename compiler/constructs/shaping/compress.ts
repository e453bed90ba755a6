/** `compress { with: [br, gzip], ... }`: answers of backends are compressed on their way. Promises: what is answered to somebody is not, unless it is said. */
import type { Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { StatementConstruct } from "../construct.ts";
import { limitOutOfBounds } from "../access/routing.diagnostics.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings, type SettingShapes } from "../settings.ts";
import { readCodings } from "./codings.ts";

const CODINGS = ["br", "zstd", "gzip"] as const;
const KIB = 1024;
const MIB = KIB * KIB;

export const COMPRESS_SETTINGS = {
  with: { form: "phrase", doc: "the codings, the best first: `br`, `zstd`, `gzip`", byDefault: "`[br, zstd, gzip]`" },
  above: { form: "constant", type: { kind: "size" }, doc: "the smallest body that is worth it", byDefault: "1KiB" },
  personal: {
    form: "constant",
    type: { kind: "bool" },
    doc: "whether also answers to known callers, and to requests with cookies or `Authorization`, are compressed",
    byDefault: "`false`",
  },
} as const satisfies SettingShapes;

export const compress: StatementConstruct = {
  kind: "statement",
  words: ["compress"],
  within: ["gateway", "api", "group", "route"],
  summary: "compresses answers of backends for clients that take it",
  written: ["compress { }", "compress { with: [br, gzip], above: 4KiB, personal: true }", "compress none"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, compress, context);
  const isNone = phrase.takes("none");
  const block = isNone ? undefined : phrase.block("a block, or `none`");
  if (!phrase.end()) return undefined;
  const { span } = statement;
  if (block === undefined) return isNone ? { kind: "compress", compress: "none", span } : undefined;
  const { values } = readSettings(block, COMPRESS_SETTINGS, { owner: "`compress`", head: statement.word.span }, context);
  const above = Number(values.above?.value ?? KIB);
  if (values.above !== undefined && above > MIB)
    context.report(finding(limitOutOfBounds, values.above.span, { name: "above", least: "0B", most: "1MiB" }));
  const codings = values.with === undefined ? CODINGS : readCodings(values.with, CODINGS, context);
  return { kind: "compress", compress: { codings, above, isPersonal: values.personal?.value === true }, span };
}
