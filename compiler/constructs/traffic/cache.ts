/**
 * `cache TIME by EXPRESSION { ... }`: answers of a backend are kept and given again (RFC 9111). Promises: each caller has answers of its own
 * unless the program says who shares them.
 */
import type { Block, Expression, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import { shortType } from "../../check/types/print-type.ts";
import { bareType } from "../../model/bare-type.ts";
import type { RouteCache } from "../../model/cache.ts";
import { childrenOf } from "../../model/expression-children.ts";
import type { Expr } from "../../model/expression.ts";
import { limitOutOfBounds } from "../access/routing.diagnostics.ts";
import { readChoice } from "../choice.ts";
import type { StatementConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings, type SettingShapes } from "../settings.ts";
import { cacheForEveryoneByCaller, cacheKeyMayBeAbsent, cacheKeyType, cacheTime } from "./cache.diagnostics.ts";
import { hasText } from "./has-text.ts";

const DURATION = { kind: "duration" } as const;
export const CACHE_SETTINGS = {
  stale_while_revalidate: {
    form: "constant",
    type: DURATION,
    doc: "for how long an answer that is no longer fresh is given while it is asked for anew",
    byDefault: "`0s`",
  },
  stale_if_error: {
    form: "constant",
    type: DURATION,
    doc: "for how long an answer that is no longer fresh is given where the backend fails",
    byDefault: "`0s`",
  },
  max_body: { form: "constant", type: { kind: "size" }, doc: "the largest body that is kept", byDefault: "1MiB" },
  refresh: {
    form: "phrase",
    doc: "who gets an answer of the backend by saying `Cache-Control: no-cache`: `permitted` by IAM, `anyone` or `nobody`",
    byDefault: "`permitted`",
  },
  status: {
    form: "constant",
    type: { kind: "bool" },
    doc: "whether answers say what the cache did (`Cache-Status`)",
    byDefault: "`false`",
  },
} as const satisfies SettingShapes;

const SECOND = 1000;
const LONGEST = 24 * 60 * 60 * SECOND;
const MIB = 1024 * 1024;
const MOST_BYTES = 64 * MIB;

export const cache: StatementConstruct = {
  kind: "statement",
  words: ["cache"],
  within: ["route"],
  summary: "keeps answers of the backend and gives them again",
  written: [
    "cache TIME",
    "cache TIME by EXPRESSION { stale_while_revalidate: TIME, stale_if_error: TIME }",
    "cache TIME for everyone",
    "cache TIME shared STORE",
  ],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, cache, context);
  const node = phrase.expression("how long an answer is fresh, such as `30s`,");
  const isForEveryone = phrase.takes("for") && phrase.word("everyone");
  const by = phrase.takes("by") ? readKeys(phrase, context, around) : [];
  const store = phrase.takes("local") || !phrase.takes("shared") ? "local" : readStore(phrase, context);
  const block = phrase.optionalBlock();
  if (!phrase.end() || node === undefined || by === undefined || store === undefined) return undefined;
  const time = readTime(node, context);
  const said = block === undefined ? usual : readSaid(block, statement.word.span, context);
  const asksCaller = by.some(readsCaller);
  if (isForEveryone && asksCaller) {
    context.report(finding(cacheForEveryoneByCaller, statement.span, {}));
    return undefined;
  }
  if (time === undefined) return undefined;
  const whose = isForEveryone ? "everyone" : asksCaller ? "some" : "caller";
  const rule = { time, ...said, ...(store === "local" ? {} : { store }) };
  const { span } = statement;
  return { kind: "cache", cache: { rule, whose, by, span }, span };
}

/** Undefined after a finding. */
function readKeys(phrase: PhraseReader, context: CheckContext, around: Around): readonly Expr[] | undefined {
  const node = phrase.expression("what answers are told apart by, such as `principal.id`,");
  if (node === undefined) return undefined;
  const items = node.kind === "list" ? node.items : [node];
  const place = context.place(node.span.file, around.reads, around.parameters);
  const keys = items.map((item) => checkExpression(item, place, context.report)).filter((key) => isKey(key, context));
  return keys.length === items.length && keys.length > 0 ? keys : undefined;
}

function isKey({ type, span }: Expr, context: CheckContext): boolean {
  if (type.kind === "poison") return false;
  if (type.kind === "optional") context.report(finding(cacheKeyMayBeAbsent, span, { written: context.written(span, 40) }));
  else if (!hasText(bareType(type))) context.report(finding(cacheKeyType, span, { type: shortType(type) }));
  else return true;
  return false;
}

const OF_CALLERS: ReadonlySet<Expr["op"]> = new Set(["principalId", "principalField", "isKnown", "isIdentity"]);

function readsCaller(expr: Expr): boolean {
  return OF_CALLERS.has(expr.op) || childrenOf(expr).some(readsCaller);
}

function readStore(phrase: PhraseReader, context: CheckContext): string | undefined {
  const name = phrase.name("the name of a store");
  return name && context.resolve("store", name)?.name;
}

function readTime(node: Expression, context: CheckContext): number | undefined {
  const place = context.place(node.span.file, { kind: "nothing", what: "how long an answer is fresh" });
  const expr = checkExpression(node, place, context.report, DURATION);
  if (expr.type.kind === "poison") return undefined;
  const value = evaluateConstant(expr);
  if (typeof value === "number" && value >= SECOND && value <= LONGEST) return value;
  context.report(finding(cacheTime, expr.span, { what: "how long an answer is fresh", least: "1s", most: "24h" }));
  return undefined;
}

type Said = Omit<RouteCache["rule"], "time" | "store">;

const usual: Said = { staleWhileRevalidate: 0, staleIfError: 0, mostBytes: MIB, refresh: "permitted", tells: false };

function readSaid(block: Block, head: Span, context: CheckContext): Said {
  const { values } = readSettings(block, CACHE_SETTINGS, { owner: "`cache`", head }, context);
  const within = (name: "stale_while_revalidate" | "stale_if_error"): number => {
    const { value, span } = values[name] ?? { value: 0, span: head };
    if (typeof value === "number" && value >= 0 && value <= LONGEST) return value;
    context.report(finding(cacheTime, span, { what: `\`${name}\``, least: "0s", most: "24h" }));
    return 0;
  };
  const mostBytes = Number(values.max_body?.value ?? MIB);
  if (values.max_body !== undefined && (mostBytes < 1 || mostBytes > MOST_BYTES))
    context.report(finding(limitOutOfBounds, values.max_body.span, { name: "max_body", least: "1B", most: "64MiB" }));
  return {
    staleWhileRevalidate: within("stale_while_revalidate"),
    staleIfError: within("stale_if_error"),
    mostBytes,
    refresh: readChoice("refresh", values.refresh, ["permitted", "anyone", "nobody"], context) ?? usual.refresh,
    tells: values.status?.value === true,
  };
}
