/** `decompress { with: [gzip, br], max: 1MiB, ratio: 100 }`: typed bodies may come compressed. Promises: how large they may become is always bounded. */
import type { Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { limitOutOfBounds } from "../access/routing.diagnostics.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings, type SettingShapes } from "../settings.ts";
import { readCodings } from "./codings.ts";

const CODINGS = ["gzip", "br", "zstd", "deflate"] as const;
const MOST_RATIO = 1_000;
const MIB = 1024 * 1024;
const MOST = 64 * MIB;

export const DECOMPRESS_SETTINGS = {
  with: { form: "phrase", doc: "the codings that may come: `gzip`, `br`, `zstd`, `deflate`", byDefault: "`[gzip, br, zstd, deflate]`" },
  max: { form: "constant", type: { kind: "size" }, doc: "the largest body behind the coding", byDefault: "`limits { body }`" },
  ratio: { form: "constant", type: { kind: "int" }, doc: "how many times longer than what came it may be", byDefault: "`100`" },
} as const satisfies SettingShapes;

export const decompress: StatementConstruct = {
  kind: "statement",
  words: ["decompress"],
  within: ["gateway", "api", "group", "route"],
  summary: "takes typed bodies that come compressed, up to a size and a ratio",
  written: ["decompress { }", "decompress { with: [gzip, br], max: 1MiB, ratio: 100 }", "decompress none"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, decompress, context);
  const isNone = phrase.takes("none");
  const block = isNone ? undefined : phrase.block("a block, or `none`");
  if (!phrase.end()) return undefined;
  const { span } = statement;
  if (block === undefined) return isNone ? { kind: "decompress", decompress: "none", span } : undefined;
  const { values } = readSettings(block, DECOMPRESS_SETTINGS, { owner: "`decompress`", head: statement.word.span }, context);
  const { max, ratio } = values;
  const most = max && Number(max.value);
  const times = ratio === undefined ? 100 : Number(ratio.value);
  if (max !== undefined && most !== undefined && (most < 1 || most > MOST))
    context.report(finding(limitOutOfBounds, max.span, { name: "max", least: "1B", most: "64MiB" }));
  if (ratio !== undefined && (times < 1 || times > MOST_RATIO))
    context.report(finding(limitOutOfBounds, ratio.span, { name: "ratio", least: "1", most: String(MOST_RATIO) }));
  const codings = values.with === undefined ? CODINGS : readCodings(values.with, CODINGS, context);
  return { kind: "decompress", decompress: { codings, ...(most === undefined ? {} : { most }), ratio: times }, span };
}
