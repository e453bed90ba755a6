/** `identity NAME = basic(STORE) { ... }`: callers who bring a name and a password (RFC 7617). */
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Identity } from "../../../model/program.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import { readClaims } from "../jwt/claims.ts";
import type { IdentityKindConstruct } from "./identity-kind.ts";
import { readStore } from "./store.ts";

export const BASIC_SETTINGS = {
  fields: { form: "block", doc: "what rules may read of the store's entry" },
} as const satisfies SettingShapes;

export const basic: IdentityKindConstruct = { written: ["identity NAME = basic(STORE) { ... }"], read };

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Identity | undefined {
  const call = phrase.call("`basic(STORE)`");
  const block = phrase.optionalBlock();
  if (!phrase.end() || call === undefined) return undefined;
  const store = readStore(call, { kind: "basic", type: "UserStore", secret: "userStore" }, context);
  const owner = { owner: "a `basic` identity", head: name.span };
  const values = block && readSettings(block, BASIC_SETTINGS, owner, context).values;
  const claims = readClaims(values?.fields, context);
  return { kind: "basic", name: name.name, store: store ?? "", headers: [], subject: "name", claims, span: statement.span };
}
