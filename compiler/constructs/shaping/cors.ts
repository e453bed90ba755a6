/**
 * `cors { origins: [...], ... }`: which pages of other origins may call from a browser and read what is answered. Promises: what is known now
 * is checked now; nobody is let in by a wildcard together with credentials.
 */
import type { Block, Phrase, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import type { Cors } from "../../model/cors.ts";
import type { Expr } from "../../model/expression.ts";
import { isHeaderName } from "../../model/header-names.ts";
import { limitOutOfBounds, notAHeaderName } from "../access/routing.diagnostics.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings, type SettingShapes, type SettingsRead } from "../settings.ts";
import { originProblem } from "./origin-text.ts";
import { anyOriginWithCredentials, notAnOrigin } from "./shaping.diagnostics.ts";

const TEXTS = { kind: "list", element: { kind: "string" } } as const;
const DAY = 86_400_000;

export const CORS_SETTINGS = {
  origins: { form: "phrase", required: true, doc: "whose pages may call: a list of origins, or `any`" },
  methods: { form: "constant", type: { kind: "list", element: { kind: "method" } }, doc: "what they may call", byDefault: "every route" },
  headers: {
    form: "phrase",
    doc: "the fields that they may send: a list of names, or `any`",
    byDefault: "`Content-Type` and what carries the credentials of the callers accepted there",
  },
  expose: {
    form: "constant",
    type: TEXTS,
    doc: "the fields of answers that they may read beside the few that they always may",
    byDefault: "none",
  },
  credentials: { form: "constant", type: { kind: "bool" }, doc: "whether they may send cookies and certificates", byDefault: "`false`" },
  max_age: {
    form: "constant",
    type: { kind: "duration" },
    doc: "how long a browser may remember what it was told",
    byDefault: "5 s in most",
  },
  private_network: {
    form: "constant",
    type: { kind: "bool" },
    doc: "whether pages of public networks may call a gateway in a private one",
    byDefault: "`false`",
  },
} as const satisfies SettingShapes;

type Values = SettingsRead<typeof CORS_SETTINGS>["values"];

export const cors: StatementConstruct = {
  kind: "statement",
  words: ["cors"],
  within: ["gateway", "api", "group", "route"],
  summary: "which pages of other origins may call from a browser and read the answers",
  written: ['cors { origins: ["https://shop.example"], ... }', "cors none"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, cors, context);
  const isNone = phrase.takes("none");
  const block = isNone ? undefined : phrase.block("a block, or `none`");
  if (!phrase.end()) return undefined;
  if (block === undefined) return isNone ? { kind: "cors", cors: "none", span: statement.span } : undefined;
  const { values } = readSettings(block, CORS_SETTINGS, { owner: "`cors`", head: statement.word.span }, context);
  const origins = readOrigins(values.origins, context);
  if (origins === undefined) return undefined;
  return { kind: "cors", cors: { origins, ...readRest(values, origins === "any", block, context) }, span: statement.span };
}

function readRest(values: Values, isForAll: boolean, block: Block, context: CheckContext): Omit<Cors, "origins"> {
  const { methods, credentials, private_network: network } = values;
  if (isForAll && credentials?.value === true) context.report(finding(anyOriginWithCredentials, values.origins?.span ?? block.span, {}));
  const headers = isAny(values.headers) ? "any" : readNames(listOf(values.headers, context), context);
  return {
    ...(methods === undefined || !Array.isArray(methods.value) ? {} : { methods: methods.value.map(String) }),
    ...(headers === undefined ? {} : { headers }),
    expose: readNames(values.expose, context) ?? [],
    credentials: credentials?.value === true,
    ...maxAge(values.max_age, context),
    privateNetwork: network?.value === true,
    span: block.span,
  };
}

function readOrigins(phrase: Phrase | undefined, context: CheckContext): Cors["origins"] | undefined {
  if (phrase === undefined || isAny(phrase)) return phrase && "any";
  const place = context.place(phrase.span.file, { kind: "nothing", what: "`origins` of `cors`" });
  const origins = checkValue(phrase, place, context.report, TEXTS);
  if (origins.type.kind === "poison") return undefined;
  reportProblems(origins, context);
  return origins;
}

/** What depends on the stage or the environment is looked at as far as it is known. */
function reportProblems(origins: Expr, context: CheckContext): void {
  if (origins.op === "stageValue") return Object.values(origins.values).forEach((value) => reportProblems(value, context));
  if (origins.op === "list") return origins.items.forEach((item) => reportProblems(item, context));
  const value = evaluateConstant(origins);
  for (const text of Array.isArray(value) ? value : [value]) {
    const problem = typeof text === "string" ? originProblem(text) : undefined;
    if (problem !== undefined)
      context.report(finding(notAnOrigin, origins.span, { written: String(text), why: problem.why, instead: problem.instead }));
  }
}

function isAny(phrase: Phrase | undefined): boolean {
  const [first, ...more] = phrase?.terms ?? [];
  return first?.kind === "name" && first.name === "any" && more.length === 0;
}

type Written = NonNullable<Values["expose"]>;

function listOf(phrase: Phrase | undefined, context: CheckContext): Written | undefined {
  if (phrase === undefined) return undefined;
  const expr = checkValue(phrase, context.place(phrase.span.file, { kind: "nothing", what: "`headers` of `cors`" }), context.report, TEXTS);
  const value = evaluateConstant(expr);
  return value === undefined ? undefined : { value, span: expr.span };
}

/** In lower case, each once. */
function readNames(written: Written | undefined, context: CheckContext): readonly string[] | undefined {
  if (written === undefined || !Array.isArray(written.value)) return undefined;
  const names = written.value.map(String);
  for (const name of names) if (!isHeaderName(name)) context.report(finding(notAHeaderName, written.span, { written: name }));
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** Browsers count whole seconds; none keeps an answer for longer than a day. */
function maxAge(written: Values["max_age"], context: CheckContext): Pick<Cors, "maxAge"> {
  if (written === undefined) return {};
  const value = Number(written.value);
  if (value > DAY) context.report(finding(limitOutOfBounds, written.span, { name: "max_age", least: "0s", most: "1d" }));
  return { maxAge: Math.floor(value / 1000) };
}
