/** `identity NAME = jwt { ... }`: callers who bring a signed token (D15). Promises: what can be checked without a token is. */
import type { Block, Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkExpression, checkValue } from "../../../check/expressions/check-expression.ts";
import { baseOf } from "../../../check/types/built-in-types.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Identity } from "../../../model/program.ts";
import type { IdentityKindConstruct } from "../identity/identity-kind.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import { readAlgorithms } from "./algorithms.ts";
import { readClaims } from "./claims.ts";
import { listForm, longLeeway } from "./jwt.diagnostics.ts";
import { readKeys } from "./keys.ts";
import { readTokenSource } from "./token-source.ts";

export const JWT_SETTINGS = {
  issuer: { form: "phrase", required: true, doc: "the `iss` of its tokens, a text or URL" },
  audience: { form: "phrase", required: true, doc: "whom its tokens are meant for (`aud`), a text or a list of texts" },
  algorithms: { form: "phrase", required: true, doc: "the algorithms that its tokens are signed with, as in `[RS256]`" },
  keys: { form: "phrase", doc: 'the public keys: `from "jwks.json"` or `url "https://..."`' },
  secret: { form: "phrase", doc: "the shared secret of HS algorithms, by name" },
  header: { form: "constant", type: { kind: "string" }, doc: "the field with the token", byDefault: "`Authorization: Bearer`" },
  leeway: { form: "constant", type: { kind: "duration" }, doc: "how far clocks may differ", byDefault: "`30s`" },
  claims: { form: "block", doc: "what rules may read of the token" },
} as const satisfies SettingShapes;

const DEFAULT_LEEWAY = 30_000;
const LONG_LEEWAY = 300_000;

export const jwt: IdentityKindConstruct = {
  written: ["identity NAME = jwt { ... }"],
  read: (declaration, phrase, context) => {
    phrase.name("a kind");
    const block = phrase.block("its settings in braces");
    return phrase.end() && block !== undefined ? readJwt(declaration, block, context) : undefined;
  },
};

function readJwt({ name, statement }: Declaration, block: Block, context: CheckContext): Identity {
  const { values, places } = readSettings(block, JWT_SETTINGS, { owner: "a `jwt` identity", head: name.span }, context);
  const algorithms = values.algorithms && readAlgorithms(values.algorithms, context);
  const head = places.get("algorithms") ?? name.span;
  const keys = readKeys({ keys: values.keys, secret: values.secret, algorithms, places, head }, context);
  const leeway = values.leeway?.value;
  if (typeof leeway === "number" && leeway > LONG_LEEWAY && values.leeway !== undefined) {
    context.report(finding(longLeeway, values.leeway.span, { written: context.written(values.leeway.span) }));
  }
  return {
    kind: "jwt",
    name: name.name,
    subject: "sub",
    issuer: readIssuer(values.issuer, context) ?? nothing(name.span),
    audience: readAudience(values.audience, context),
    algorithms: algorithms ?? [],
    keys: keys ?? { kind: "static", keys: [] },
    headers: readTokenSource(values.header, context),
    leeway: typeof leeway === "number" ? leeway : DEFAULT_LEEWAY,
    claims: readClaims(values.claims, context),
    span: statement.span,
  };
}

/** An issuer is compared as text, and most are URLs: either type will do. */
function readIssuer(phrase: Phrase | undefined, context: CheckContext): Expr | undefined {
  if (phrase === undefined) return undefined;
  const place = context.place(phrase.span.file, { kind: "nothing", what: "the issuer of an identity" });
  const [first, ...more] = phrase.terms;
  if (first?.kind !== "name" && !(first?.kind === "text" && more.length === 0)) {
    return checkValue(phrase, place, context.report, { kind: "string" });
  }
  const issuer = checkValue(phrase, place, context.report);
  const base = baseOf(issuer.type);
  return base.kind === "url" || base.kind === "string" || base.kind === "poison"
    ? issuer
    : checkValue(phrase, place, context.report, { kind: "string" });
}

function readAudience(phrase: Phrase | undefined, context: CheckContext): readonly Expr[] {
  if (phrase === undefined) return [];
  const place = context.place(phrase.span.file, { kind: "nothing", what: "the audience of an identity" });
  const [first, ...more] = phrase.terms;
  if (first?.kind !== "list" || more.length > 0) return [checkValue(phrase, place, context.report, { kind: "string" })];
  if (first.items.length === 0) context.report(finding(listForm, first.span, { setting: "audience", example: 'audience: ["shop-web"]' }));
  return first.items.map((item) => checkExpression(item, place, context.report, { kind: "string" }));
}

function nothing(span: Expr["span"]): Expr {
  return { op: "const", value: "", type: { kind: "poison" }, span };
}
