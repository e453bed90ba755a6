/** `identity NAME = http(URL) { ... }`: callers whom a service of ours knows. */
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Identity } from "../../../model/program.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import type { IdentityKindConstruct } from "../identity/identity-kind.ts";
import { readClaims } from "../jwt/claims.ts";
import { AUTHORIZER_SETTINGS, credentialHeaders, readAuthorizer } from "./authorizer-settings.ts";
import { readArgument } from "./argument.ts";

export const HTTP_IDENTITY_SETTINGS = AUTHORIZER_SETTINGS satisfies SettingShapes;

export const http: IdentityKindConstruct = { written: ["identity NAME = http(URL) { ... }"], read };

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Identity | undefined {
  const call = phrase.call("`http(URL)`");
  const block = phrase.block("its settings in braces");
  if (!phrase.end() || call === undefined || block === undefined) return undefined;
  const { values } = readSettings(block, HTTP_IDENTITY_SETTINGS, { owner: "an `http` identity", head: name.span }, context);
  const { settings } = readAuthorizer(name.name, values, context);
  return {
    kind: "http",
    name: name.name,
    headers: credentialHeaders(settings),
    subject: "id",
    url: readArgument(call, { what: "the service of an identity", types: ["url"] }, context),
    settings,
    claims: readClaims(values.fields, context),
    span: statement.span,
  };
}
