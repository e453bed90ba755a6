/** `identity NAME = api_key(STORE) { ... }`: callers who bring a key of their own. */
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Identity } from "../../../model/program.ts";
import { readClaims } from "../jwt/claims.ts";
import { readTokenSource } from "../jwt/token-source.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import type { IdentityKindConstruct } from "./identity-kind.ts";
import { readStore } from "./store.ts";

export const API_KEY_SETTINGS = {
  header: { form: "constant", type: { kind: "string" }, doc: "the field with the key", byDefault: '`"X-Api-Key"`' },
  fields: { form: "block", doc: "what rules may read of the store's entry" },
} as const satisfies SettingShapes;

export const apiKey: IdentityKindConstruct = { written: ["identity NAME = api_key(STORE) { ... }"], read };

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Identity | undefined {
  const call = phrase.call("`api_key(STORE)`");
  const block = phrase.optionalBlock();
  if (!phrase.end() || call === undefined) return undefined;
  const store = readStore(call, { kind: "api_key", type: "KeyStore", secret: "keyStore" }, context);
  const owner = { owner: "an `api_key` identity", head: name.span };
  const values = block && readSettings(block, API_KEY_SETTINGS, owner, context).values;
  const [header = "x-api-key"] = readTokenSource(values?.header, context);
  const claims = readClaims(values?.fields, context);
  return { kind: "api_key", name: name.name, store: store ?? "", headers: [header], subject: "id", claims, span: statement.span };
}
