/** `limits { ... }`: how much of a request is taken. Promises: each value lies in bounds that every host can hold. */
import type { Block } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Limits } from "../../model/program.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { readSettings } from "../settings.ts";
import { limitOutOfBounds } from "./routing.diagnostics.ts";

const KIB = 1024;
const MIB = KIB * KIB;

/** What holds where a gateway says nothing. */
export const DEFAULT_LIMITS: Limits = {
  body: MIB,
  headers: 16 * KIB,
  headerField: 8 * KIB,
  target: 8 * KIB,
  headerCount: 100,
  jsonDepth: 64,
  jsonKeys: 1_000,
  headerTimeout: 10_000,
  bodyTimeout: 30_000,
  idleTimeout: 60_000,
};

type Bound = { readonly limit: keyof Limits; readonly least: number; readonly most: number; readonly shown: readonly [string, string] };
const BOUNDS: Readonly<Record<keyof typeof SHAPES, Bound>> = {
  body: { limit: "body", least: 0, most: 1_024 * MIB, shown: ["0B", "1GiB"] },
  headers: { limit: "headers", least: KIB, most: 256 * KIB, shown: ["1KiB", "256KiB"] },
  header_field: { limit: "headerField", least: 256, most: 64 * KIB, shown: ["256B", "64KiB"] },
  target: { limit: "target", least: 256, most: 64 * KIB, shown: ["256B", "64KiB"] },
  header_count: { limit: "headerCount", least: 10, most: 1_000, shown: ["10", "1000"] },
  json_depth: { limit: "jsonDepth", least: 1, most: 256, shown: ["1", "256"] },
  json_keys: { limit: "jsonKeys", least: 1, most: 100_000, shown: ["1", "100_000"] },
  header_timeout: { limit: "headerTimeout", least: 100, most: 600_000, shown: ["100ms", "10m"] },
  body_timeout: { limit: "bodyTimeout", least: 100, most: 600_000, shown: ["100ms", "10m"] },
  idle_timeout: { limit: "idleTimeout", least: 1_000, most: 3_600_000, shown: ["1s", "1h"] },
};

const SHAPES = {
  body: { form: "constant", type: { kind: "size" }, doc: "the largest body", byDefault: "1MiB" },
  headers: { form: "constant", type: { kind: "size" }, doc: "the largest sum of all header fields", byDefault: "16KiB" },
  header_field: { form: "constant", type: { kind: "size" }, doc: "the largest header field", byDefault: "8KiB" },
  target: { form: "constant", type: { kind: "size" }, doc: "the longest path and query", byDefault: "8KiB" },
  header_count: { form: "constant", type: { kind: "int" }, doc: "the most header fields", byDefault: "100" },
  json_depth: { form: "constant", type: { kind: "int" }, doc: "the deepest nesting of a typed body", byDefault: "64" },
  json_keys: { form: "constant", type: { kind: "int" }, doc: "the most members of a typed body", byDefault: "1000" },
  header_timeout: { form: "constant", type: { kind: "duration" }, doc: "the time for all header fields to come", byDefault: "10s" },
  body_timeout: { form: "constant", type: { kind: "duration" }, doc: "the time for the body to come", byDefault: "30s" },
  idle_timeout: { form: "constant", type: { kind: "duration" }, doc: "the time that a connection may rest", byDefault: "60s" },
} as const;

export const limits: StatementConstruct = {
  kind: "statement",
  words: ["limits"],
  within: ["gateway"],
  summary: "how much of a request is taken, and for how long the gateway waits",
  written: ["limits { body: 1MiB, headers: 16KiB, ... }"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, limits, context);
    const block = phrase.block("a block");
    if (!phrase.end() || block === undefined) return undefined;
    return { kind: "limits", limits: readLimits(block, statement.word.span, context), span: statement.span };
  },
};

function readLimits(block: Block, head: Block["span"], context: CheckContext): Partial<Limits> {
  const { values } = readSettings(block, SHAPES, { owner: "`limits`", head }, context);
  const found: { -readonly [Limit in keyof Limits]?: number } = {};
  for (const name of Object.keys(SHAPES) as (keyof typeof SHAPES)[]) {
    const written = values[name];
    if (written === undefined) continue;
    const { limit, least, most, shown } = BOUNDS[name];
    const value = Number(written.value);
    if (value >= least && value <= most) found[limit] = value;
    else context.report(finding(limitOutOfBounds, written.span, { name, least: shown[0], most: shown[1] }));
  }
  return found;
}
