/** `log { ... }`: what the log says of calls, and what it keeps to itself. */
import type { NameNode, Phrase, Statement, TextNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { isHeaderName } from "../../model/header-names.ts";
import { LOG_FIELDS, type LogField, type LogSettings } from "../../model/observe.ts";
import { notAHeaderName, unknownChoice } from "../access/routing.diagnostics.ts";
import { readChoice } from "../choice.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings } from "../settings.ts";
import { foundTerm } from "../terms.ts";
import { credentialLogged, fieldsWithoutJson } from "./observe.diagnostics.ts";

export const LOG_SETTINGS = {
  format: { form: "phrase", doc: "`json`, `common` (the Common Log Format) or `combined`", byDefault: "json" },
  fields: {
    form: "phrase",
    doc: "what a line of JSON has, in this order, as in `[time, id, status]`",
    byDefault: "all but the last three",
  },
  mask: { form: "phrase", doc: "what is told less exactly: of `client`, `principal`, `path`", byDefault: "nothing" },
  headers: { form: "phrase", doc: 'fields of requests to be told as well, as in `["User-Agent"]`', byDefault: "none" },
  decisions: { form: "phrase", doc: "which calls have a line about their decision: `none`, `denied` or `all`", byDefault: "none" },
} as const;

const MASKS = ["client", "principal", "path"] as const;
const CREDENTIALS: ReadonlySet<string> = new Set(["authorization", "proxy-authorization", "cookie", "x-amz-security-token"]);

export const log: StatementConstruct = {
  kind: "statement",
  words: ["log"],
  within: ["gateway"],
  summary: "what the log says of calls, and what it keeps to itself",
  written: ["log { format: json, fields: [FIELD, ...], mask: [FIELD, ...], headers: [NAME, ...], decisions: denied }"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, log, context);
  const block = phrase.block("a block");
  if (!phrase.end() || block === undefined) return undefined;
  const { values, places } = readSettings(block, LOG_SETTINGS, { owner: "`log`", head: statement.word.span }, context);
  const format = readChoice("format", values.format, ["json", "common", "combined"], context) ?? "json";
  const fields = listOf<LogField>("fields", values.fields, LOG_FIELDS, context);
  const mask = listOf("mask", values.mask, MASKS, context) ?? [];
  const headers = headersOf(values.headers, context);
  const decisions = readChoice("decisions", values.decisions, ["none", "denied", "all"], context) ?? "none";
  for (const name of ["fields", "headers"])
    if (format !== "json" && places.has(name))
      context.report(finding(fieldsWithoutJson, places.get(name) ?? statement.span, { setting: name, format }));
  const settings: LogSettings = { format, ...(fields === undefined ? {} : { fields }), mask, headers, decisions };
  return { kind: "log", log: settings, span: statement.span };
}

/** Each once, in the order in which they were written. */
function listOf<Choice extends string>(
  name: string,
  phrase: Phrase | undefined,
  choices: readonly Choice[],
  context: CheckContext,
): readonly Choice[] | undefined {
  const items = itemsOf(name, phrase, choices, context);
  if (items === undefined) return undefined;
  const chosen = items.flatMap((item) => {
    const known = item.kind === "name" ? choices.find((choice) => choice === item.name) : undefined;
    if (known === undefined) report(name, item, `\`${context.written(item.span, 40)}\``, choices, context);
    return known ?? [];
  });
  return [...new Set(chosen)];
}

function headersOf(phrase: Phrase | undefined, context: CheckContext): LogSettings["headers"] {
  const items = itemsOf("headers", phrase, ['["User-Agent", ...]'], context) ?? [];
  return items.flatMap((item) => {
    const name = item.kind === "text" ? item.value.toLowerCase() : "";
    if (!isHeaderName(name)) context.report(finding(notAHeaderName, item.span, { written: context.written(item.span, 40) }));
    else if (CREDENTIALS.has(name)) context.report(finding(credentialLogged, item.span, { name }));
    else return { name, span: item.span };
    return [];
  });
}

type Item = NameNode | TextNode | { readonly kind: "other"; readonly span: Phrase["span"] };

function itemsOf(name: string, phrase: Phrase | undefined, choices: readonly string[], context: CheckContext): readonly Item[] | undefined {
  if (phrase === undefined) return undefined;
  const [list, ...more] = phrase.terms;
  if (list?.kind === "list" && more.length === 0)
    return list.items.map((item) => (item.kind === "name" || item.kind === "text" ? item : { kind: "other", span: item.span }));
  report(name, phrase, foundTerm(list, context.written(phrase.span)), choices, context);
  return undefined;
}

function report(name: string, { span }: Pick<Phrase, "span">, found: string, choices: readonly string[], context: CheckContext): void {
  context.report(finding(unknownChoice, span, { name, found, choices }));
}
