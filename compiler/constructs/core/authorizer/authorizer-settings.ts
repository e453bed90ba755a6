/**
 * The settings that all authorizers have. Promises: whatever an answer may depend on is in the key that it is kept by, for nothing else is
 * handed over; where more is to be seen, answers are not kept.
 */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Phrase } from "../../../../grammar/ast.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { AuthorizerSettings } from "../../../model/authorizer.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Value } from "../../../model/types.ts";
import type { SettingShapes } from "../../settings.ts";
import { authorizerTime, matchWithoutText, narrowKey } from "./authorizer.diagnostics.ts";
import { type PlacedPart, readParts } from "./request-parts.ts";

export const AUTHORIZER_SETTINGS = {
  source: { form: "phrase", required: true, doc: "what callers must bring, and what their answers are kept by" },
  sees: { form: "phrase", doc: "what is handed over as well, where answers are not kept" },
  match: { form: "constant", type: { kind: "regex" }, doc: "what the first source must match for anybody to be asked" },
  timeout: { form: "constant", type: { kind: "duration" }, doc: "how long to wait for an answer", byDefault: "`10s`" },
  cache: { form: "constant", type: { kind: "duration" }, doc: "how long an answer is kept", byDefault: "`5m`" },
  fields: { form: "block", doc: "what rules may read of the answer" },
} as const satisfies SettingShapes;

type Constant = { readonly value: Value; readonly span: Span } | undefined;
export type AuthorizerValues = {
  readonly source: Phrase | undefined;
  readonly sees: Phrase | undefined;
  readonly match: Constant;
  readonly timeout: Constant;
  readonly cache: Constant;
};

export type ReadAuthorizer = { readonly settings: AuthorizerSettings; readonly parts: readonly PlacedPart[] };

/** `parts`: all that is handed over, sources first. */
export function readAuthorizer(identity: string, values: AuthorizerValues, context: CheckContext): ReadAuthorizer {
  const source = values.source === undefined ? [] : readParts(values.source, [], context);
  const sees = values.sees === undefined ? [] : readParts(values.sees, source, context);
  const cache = readTime("cache", values.cache, { byDefault: 300_000, least: 0, from: "0s", most: 3_600_000, to: "1h" }, context);
  const timeout = readTime("timeout", values.timeout, { byDefault: 10_000, least: 1, from: "1ms", most: 30_000, to: "30s" }, context);
  if (cache > 0) for (const { text, span } of sees) context.report(finding(narrowKey, span, { identity, part: text }));
  const [first] = source;
  if (values.match !== undefined && first !== undefined && first.part.kind !== "header" && first.part.kind !== "query") {
    context.report(finding(matchWithoutText, values.match.span, { part: first.text }));
  }
  const pattern = typeof values.match?.value === "string" ? { pattern: values.match.value } : {};
  const settings = { source: source.map(({ part }) => part), sees: sees.map(({ part }) => part), ...pattern, timeout, cache };
  return { settings, parts: [...source, ...sees] };
}

/** Milliseconds. */
type Bounds = { readonly byDefault: number; readonly least: number; readonly from: string; readonly most: number; readonly to: string };

export function readTime(setting: string, given: Constant, { byDefault, least, from, most, to }: Bounds, context: CheckContext): number {
  if (typeof given?.value !== "number") return byDefault;
  if (given.value < least || given.value > most) {
    context.report(finding(authorizerTime, given.span, { setting, written: context.written(given.span, 40), from, to }));
  }
  return given.value;
}

/** Fields in which credentials stand, beside `Authorization`, which comes once anyway. */
export function credentialHeaders({ source }: AuthorizerSettings): readonly string[] {
  return source.flatMap((part) => (part.kind === "header" ? [part.name.toLowerCase()] : [])).filter((name) => name !== "authorization");
}
