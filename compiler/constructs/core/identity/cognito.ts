/** `identity NAME = cognito(POOL) { ... }`: callers with tokens of an Amazon Cognito user pool (D130, D131). */
import type { Block, Call, Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkValue } from "../../../check/expressions/check-expression.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Identity } from "../../../model/program.ts";
import { knownTexts } from "../jwt/issuer.ts";
import { impossiblePool, unsaidSort } from "../jwt/token.diagnostics.ts";
import { readTokenSettings, TOKEN_SETTINGS } from "../jwt/token-settings.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import type { IdentityKindConstruct } from "./identity-kind.ts";
import { readOnlyArgument } from "./only-argument.ts";

export const COGNITO_SETTINGS = {
  ...TOKEN_SETTINGS,
  token: { ...TOKEN_SETTINGS.token, byDefault: "`id` with `audience`, `access` with `client_id`" },
} as const satisfies SettingShapes;

export const cognito: IdentityKindConstruct = {
  written: ["identity NAME = cognito(POOL) { ... }"],
  read: (declaration, phrase, context) => {
    const call = phrase.call("`cognito(POOL)`");
    const block = phrase.block("its settings in braces");
    return phrase.end() && call !== undefined && block !== undefined ? readCognito(declaration, call, block, context) : undefined;
  },
};

function readCognito({ name, statement }: Declaration, call: Call, block: Block, context: CheckContext): Identity {
  const read = readSettings(block, COGNITO_SETTINGS, { owner: "a `cognito` identity", head: name.span }, context);
  const { places } = read;
  const client = places.get("client_id");
  if (client !== undefined && places.has("audience") && !places.has("token")) context.report(finding(unsaidSort, client, {}));
  const form = { kind: "cognito", what: "the id of one user pool", example: 'cognito("eu-west-1_Ab12Cd34E")' };
  const pool = readOnlyArgument(call, form, readPool, context);
  for (const { text, span } of knownTexts(pool)) {
    if (!POOL_ID.test(text)) context.report(finding(impossiblePool, span, { pool: text }));
  }
  return {
    kind: "cognito",
    name: name.name,
    subject: "sub",
    pool,
    sort: client === undefined ? "id" : "access",
    ...readTokenSettings(read, context),
    algorithms: ["RS256"],
    span: statement.span,
  };
}

const POOL_ID = /^[a-z]{2}(?:-[a-z]+)+-[0-9]_[0-9A-Za-z]{1,40}$/;

function readPool(phrase: Phrase, context: CheckContext): Expr {
  const place = context.place(phrase.span.file, { kind: "nothing", what: "the user pool of an identity" });
  return checkValue(phrase, place, context.report, { kind: "string" });
}
