/**
 * The settings that all identities with signed tokens have: for whom a token is, of which sort, what it is good for. Promises: what can be
 * checked without a token is.
 */
import type { Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkExpression, checkValue } from "../../../check/expressions/check-expression.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Claim, TokenIdentity } from "../../../model/program.ts";
import type { SettingShapes, SettingsRead } from "../../settings.ts";
import { readClaims } from "./claims.ts";
import { listForm, longLeeway, repeatedClaim } from "./jwt.diagnostics.ts";
import { readScopes } from "./scopes.ts";
import { clientOfIdToken, unknownSort } from "./token.diagnostics.ts";
import { readTokenSource } from "./token-source.ts";

export const TOKEN_SETTINGS = {
  audience: {
    form: "phrase",
    required: true,
    unless: "client_id",
    doc: "whom its tokens are meant for (`aud`), a text or a list of texts",
  },
  client_id: { form: "phrase", doc: "whose access tokens are taken that have no `aud`, a text or a list of texts" },
  token: { form: "phrase", doc: "which tokens of the issuer are taken: `id` or `access`", byDefault: "either" },
  scopes: { form: "phrase", doc: "the scopes that `principal.scopes` knows, a list of texts" },
  header: { form: "constant", type: { kind: "string" }, doc: "the field with the token", byDefault: "`Authorization: Bearer`" },
  leeway: { form: "constant", type: { kind: "duration" }, doc: "how far clocks may differ", byDefault: "`30s`" },
  claims: { form: "block", doc: "what rules may read of the token" },
} as const satisfies SettingShapes;

const DEFAULT_LEEWAY = 30_000;
const LONG_LEEWAY = 300_000;

type TokenParts = Pick<TokenIdentity, "audience" | "clients" | "sort" | "headers" | "leeway" | "claims">;
type Read = SettingsRead<typeof TOKEN_SETTINGS>;

export function readTokenSettings({ values, places }: Read, context: CheckContext): TokenParts {
  const sort = readSort(values.token, context);
  const client = places.get("client_id");
  if (sort === "id" && client !== undefined) context.report(finding(clientOfIdToken, client, {}));
  const parts = {
    audience: readTexts(values.audience, "audience", context),
    clients: readTexts(values.client_id, "client_id", context),
    headers: readTokenSource(values.header, context),
    leeway: readLeeway(values.leeway, context),
    claims: withScopes(readClaims(values.claims, context), readScopes(values.scopes, context), places.get("scopes"), context),
  };
  return sort === undefined ? parts : { ...parts, sort };
}

function readSort(phrase: Phrase | undefined, context: CheckContext): "id" | "access" | undefined {
  if (phrase === undefined) return undefined;
  const [name, ...more] = phrase.terms;
  if (name?.kind === "name" && more.length === 0 && (name.name === "id" || name.name === "access")) return name.name;
  context.report(finding(unknownSort, phrase.span, { written: context.written(phrase.span, 40) }));
  return undefined;
}

export function readTexts(phrase: Phrase | undefined, setting: "audience" | "client_id", context: CheckContext): readonly Expr[] {
  if (phrase === undefined) return [];
  const place = context.place(phrase.span.file, { kind: "nothing", what: `the ${setting} of an identity` });
  const [first, ...more] = phrase.terms;
  if (first?.kind !== "list" || more.length > 0) return [checkValue(phrase, place, context.report, { kind: "string" })];
  if (first.items.length === 0) context.report(finding(listForm, first.span, { setting, example: `${setting}: ["shop-web"]` }));
  return first.items.map((item) => checkExpression(item, place, context.report, { kind: "string" }));
}

export function readLeeway(leeway: Read["values"]["leeway"], context: CheckContext): number {
  if (leeway === undefined || typeof leeway.value !== "number") return DEFAULT_LEEWAY;
  if (leeway.value > LONG_LEEWAY) context.report(finding(longLeeway, leeway.span, { written: context.written(leeway.span) }));
  return leeway.value;
}

/** `principal.scopes` is a field like the claims. */
export function withScopes(
  claims: readonly Claim[],
  scopes: readonly string[] | undefined,
  at: Span | undefined,
  context: CheckContext,
): readonly Claim[] {
  if (scopes === undefined || at === undefined) return claims;
  const other = claims.find(({ name }) => name === "scopes");
  if (other !== undefined) context.report(finding(repeatedClaim, other.span, { name: "scopes" }, [{ span: at, message: "first here" }]));
  const type = { kind: "set", element: { kind: "literals", values: scopes } } as const;
  return [...claims.filter((claim) => claim !== other), { claim: "scope", name: "scopes", type, scopes, span: at }];
}
