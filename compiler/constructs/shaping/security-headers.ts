/** `security_headers { ... }`: the fields that keep browsers from doing more with answers than an API means, on every answer. */
import type { Phrase, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import { isHeaderValue } from "../../model/header-names.ts";
import { headerValue } from "../access/routing.diagnostics.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings, type SettingShapes, type SettingsRead } from "../settings.ts";

export const SECURITY_SETTINGS = {
  content_type_options: { form: "phrase", doc: "`X-Content-Type-Options`, or `backend`", byDefault: '`"nosniff"`' },
  content_security_policy: {
    form: "phrase",
    doc: "`Content-Security-Policy`, or `backend`",
    byDefault: "`\"default-src 'none'; frame-ancestors 'none'\"`",
  },
  frame_options: { form: "phrase", doc: "`X-Frame-Options`, or `backend`", byDefault: '`"DENY"`' },
  referrer_policy: { form: "phrase", doc: "`Referrer-Policy`, or `backend`", byDefault: '`"no-referrer"`' },
  resource_policy: { form: "phrase", doc: "`Cross-Origin-Resource-Policy`, or `backend`", byDefault: '`"same-origin"`' },
  hsts: {
    form: "constant",
    type: { kind: "duration" },
    doc: "for how long browsers come by TLS only, subdomains included",
    byDefault: "not said",
  },
} as const satisfies SettingShapes;

type Values = SettingsRead<typeof SECURITY_SETTINGS>["values"];

const FIELDS: readonly (readonly [setting: Exclude<keyof Values, "hsts">, name: string, usual: string])[] = [
  ["content_security_policy", "content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["resource_policy", "cross-origin-resource-policy", "same-origin"],
  ["referrer_policy", "referrer-policy", "no-referrer"],
  ["content_type_options", "x-content-type-options", "nosniff"],
  ["frame_options", "x-frame-options", "DENY"],
];

export const securityHeaders: StatementConstruct = {
  kind: "statement",
  words: ["security_headers"],
  within: ["gateway", "api", "group", "route"],
  summary: "puts the fields on every answer that keep browsers from doing more with it than an API means",
  written: ["security_headers { }", "security_headers { hsts: 365d, frame_options: backend }", "security_headers none"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, securityHeaders, context);
  const isNone = phrase.takes("none");
  const block = isNone ? undefined : phrase.block("a block, or `none`");
  if (!phrase.end()) return undefined;
  const { span } = statement;
  if (block === undefined) return isNone ? { kind: "securityHeaders", headers: "none", span } : undefined;
  const { values } = readSettings(block, SECURITY_SETTINGS, { owner: "`security_headers`", head: statement.word.span }, context);
  const fields = FIELDS.flatMap(([setting, name, usual]) => {
    const value = valueOf(values[setting], usual, name, context);
    return value === undefined ? [] : [[name, value] as const];
  });
  const seconds = Math.floor(Number(values.hsts?.value) / 1000);
  const hsts = values.hsts === undefined ? [] : [["strict-transport-security", `max-age=${seconds}; includeSubDomains`] as const];
  return { kind: "securityHeaders", headers: { fields: [...fields, ...hsts], span }, span };
}

/** Undefined: what backends say stays. */
function valueOf(phrase: Phrase | undefined, usual: string, name: string, context: CheckContext): string | undefined {
  if (phrase === undefined) return usual;
  const [first, ...more] = phrase.terms;
  if (first?.kind === "name" && first.name === "backend" && more.length === 0) return undefined;
  const place = context.place(phrase.span.file, { kind: "nothing", what: "`security_headers`" });
  const expr = checkValue(phrase, place, context.report, { kind: "string" });
  const value = evaluateConstant(expr);
  if (typeof value === "string" && isHeaderValue(value)) return value;
  if (expr.type.kind !== "poison") context.report(finding(headerValue, expr.span, { name }));
  return usual;
}
