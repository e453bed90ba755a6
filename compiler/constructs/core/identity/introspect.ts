/** `identity NAME = introspect(URL) { ... }`: callers with tokens that an authorization server is asked about (RFC 7662; D134). */
import type { Block, Call, Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkValue } from "../../../check/expressions/check-expression.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Identity } from "../../../model/program.ts";
import { readTime } from "../authorizer/authorizer-settings.ts";
import { readClaims } from "../jwt/claims.ts";
import { knownTexts, readIssuer, unknownText } from "../jwt/issuer.ts";
import { readSecret } from "../jwt/keys.ts";
import { readScopes } from "../jwt/scopes.ts";
import { openIntrospection } from "../jwt/token.diagnostics.ts";
import { readLeeway, readTexts, TOKEN_SETTINGS, withScopes } from "../jwt/token-settings.ts";
import { readTokenSource } from "../jwt/token-source.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import { askableUrlProblem } from "./askable-url.ts";
import type { IdentityKindConstruct } from "./identity-kind.ts";
import { readOnlyArgument } from "./only-argument.ts";

const { scopes, header, leeway } = TOKEN_SETTINGS;

export const INTROSPECT_SETTINGS = {
  client: { form: "value", type: { kind: "string" }, required: true, doc: "who the gateway is to the server, a text" },
  secret: { form: "phrase", required: true, doc: "the secret of that client, by name" },
  issuer: { form: "phrase", doc: "what `iss` of the answer must be", byDefault: "not asked" },
  audience: { form: "phrase", doc: "one of these must be in `aud` of the answer", byDefault: "not asked" },
  subject: { form: "constant", type: { kind: "string" }, doc: "the member that says who calls", byDefault: '`"sub"`' },
  scopes,
  cache: { form: "constant", type: { kind: "duration" }, doc: "how long an answer is kept", byDefault: "`30s`" },
  timeout: { form: "constant", type: { kind: "duration" }, doc: "how long to wait for an answer", byDefault: "`2s`" },
  header,
  leeway,
  fields: { form: "block", doc: "what rules may read of the answer" },
} as const satisfies SettingShapes;

export const introspect: IdentityKindConstruct = {
  written: ["identity NAME = introspect(URL) { ... }"],
  read: (declaration, phrase, context) => {
    const call = phrase.call("`introspect(URL)`");
    const block = phrase.block("its settings in braces");
    return phrase.end() && call !== undefined && block !== undefined ? readIntrospect(declaration, call, block, context) : undefined;
  },
};

function readIntrospect({ name, statement }: Declaration, call: Call, block: Block, context: CheckContext): Identity {
  const { values, places } = readSettings(block, INTROSPECT_SETTINGS, { owner: "an `introspect` identity", head: name.span }, context);
  const cache = readTime("cache", values.cache, { byDefault: 30_000, least: 0, from: "0s", most: 3_600_000, to: "1h" }, context);
  const timeout = readTime("timeout", values.timeout, { byDefault: 2_000, least: 1, from: "1ms", most: 30_000, to: "30s" }, context);
  const claims = withScopes(readClaims(values.fields, context), readScopes(values.scopes, context), places.get("scopes"), context);
  const identity = {
    kind: "introspect",
    name: name.name,
    url: readUrl(call, context),
    client: values.client ?? unknownText(name.span),
    secret: (values.secret && readSecret(values.secret, context)) ?? "",
    audience: readTexts(values.audience, "audience", context),
    subject: typeof values.subject?.value === "string" ? values.subject.value : "sub",
    cache,
    timeout,
    headers: readTokenSource(values.header, context),
    leeway: readLeeway(values.leeway, context),
    claims,
    span: statement.span,
  } as const;
  return values.issuer === undefined ? identity : { ...identity, issuer: readIssuer(values.issuer, context) };
}

function readUrl(call: Call, context: CheckContext): Expr {
  const form = { kind: "introspect", what: "the URL of one server", example: 'introspect("https://login.shop.example/introspect")' };
  const read = (phrase: Phrase): Expr => {
    const place = context.place(phrase.span.file, { kind: "nothing", what: "whom an identity asks" });
    return checkValue(phrase, place, context.report, { kind: "url" });
  };
  const url = readOnlyArgument(call, form, read, context);
  for (const { text, span } of knownTexts(url)) {
    const why = askableUrlProblem(text);
    if (why !== undefined) context.report(finding(openIntrospection, span, { url: text, why }));
  }
  return url;
}
