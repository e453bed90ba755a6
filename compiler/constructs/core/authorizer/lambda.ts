/** `identity NAME = lambda(FUNCTION) { ... }`: callers whom a Lambda authorizer knows. */
import type { Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { LambdaEvent } from "../../../model/authorizer.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Identity } from "../../../model/program.ts";
import type { Value } from "../../../model/types.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import type { IdentityKindConstruct } from "../identity/identity-kind.ts";
import { readClaims } from "../jwt/claims.ts";
import { FUNCTION_SETTINGS, functionPlace } from "../lambda-function.ts";
import { readArgument } from "./argument.ts";
import { answerForm, eventType, tokenEventPart } from "./authorizer.diagnostics.ts";
import { AUTHORIZER_SETTINGS, credentialHeaders, readAuthorizer } from "./authorizer-settings.ts";
import type { PlacedPart } from "./request-parts.ts";

export const LAMBDA_SETTINGS = {
  ...AUTHORIZER_SETTINGS,
  type: { form: "phrase", doc: "the event that the function gets: `token` or `request`", byDefault: "`request`" },
  payload: {
    form: "constant",
    type: { kind: "literals", values: ["1.0", "2.0"] },
    doc: "the version of a `request` event",
    byDefault: '`"2.0"`',
  },
  simple: {
    form: "constant",
    type: { kind: "bool" },
    doc: "whether the function answers yes or no, without a policy",
    byDefault: "`false`",
  },
  ...FUNCTION_SETTINGS,
} as const satisfies SettingShapes;

export const lambda: IdentityKindConstruct = { written: ["identity NAME = lambda(FUNCTION) { ... }"], read };

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Identity | undefined {
  const call = phrase.call("`lambda(FUNCTION)`");
  const block = phrase.block("its settings in braces");
  if (!phrase.end() || call === undefined || block === undefined) return undefined;
  const { values, places } = readSettings(block, LAMBDA_SETTINGS, { owner: "a `lambda` identity", head: name.span }, context);
  const { settings, parts } = readAuthorizer(name.name, values, context);
  const event = readEvent(values.type, values.payload, places, context);
  const simple = values.simple?.value === true;
  if (event === "token") reportTokenParts(parts, context);
  if (simple && event !== "2.0") {
    context.report(finding(answerForm, places.get("simple") ?? name.span, { setting: "simple", needs: 'payload: "2.0"' }));
  }
  const called = readArgument(call, { what: "the function of an identity", types: ["string", "arn"] }, context);
  return {
    kind: "lambda",
    name: name.name,
    headers: credentialHeaders(settings),
    subject: "id",
    ...functionPlace(called, values, context),
    event,
    simple,
    settings,
    claims: readClaims(values.fields, context),
    span: statement.span,
  };
}

type Payload = { readonly value: Value; readonly span: Span } | undefined;

function readEvent(type: Phrase | undefined, payload: Payload, places: ReadonlyMap<string, Span>, context: CheckContext): LambdaEvent {
  const [word, ...more] = type?.terms ?? [];
  const kind = word?.kind === "name" && more.length === 0 ? word.name : undefined;
  if (type !== undefined && kind !== "token" && kind !== "request") {
    context.report(finding(eventType, type.span, { written: `\`${context.written(type.span, 40)}\`` }));
  }
  const place = places.get("payload");
  if (kind === "token" && place !== undefined) {
    context.report(finding(answerForm, place, { setting: "payload", needs: "type: request" }));
  }
  if (kind === "token") return "token";
  return payload?.value === "1.0" ? "1.0" : "2.0";
}

/** It holds one header; method and path are in its ARN. */
function reportTokenParts(parts: readonly PlacedPart[], context: CheckContext): void {
  const held = parts.find(({ part }) => part.kind === "header");
  for (const { part, text, span } of parts) {
    if (part === held?.part || part.kind === "method" || part.kind === "path") continue;
    context.report(finding(tokenEventPart, span, { part: text }));
  }
}
