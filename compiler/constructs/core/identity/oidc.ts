/** `identity NAME = oidc(ISSUER) { ... }`: callers with tokens of an OpenID provider, which says by itself where its keys are (D130). */
import type { Block, Call } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Identity, JwtAlgorithm } from "../../../model/program.ts";
import { isShared, readAlgorithms } from "../jwt/algorithms.ts";
import { knownTexts, readIssuer } from "../jwt/issuer.ts";
import { impossibleIssuer, sharedByIssuer } from "../jwt/token.diagnostics.ts";
import { readTokenSettings, TOKEN_SETTINGS } from "../jwt/token-settings.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import { askableUrlProblem } from "./askable-url.ts";
import type { IdentityKindConstruct } from "./identity-kind.ts";
import { readOnlyArgument } from "./only-argument.ts";

export const OIDC_SETTINGS = {
  ...TOKEN_SETTINGS,
  algorithms: { form: "phrase", doc: "the algorithms that its tokens are signed with", byDefault: "`[RS256]`" },
} as const satisfies SettingShapes;

export const oidc: IdentityKindConstruct = {
  written: ["identity NAME = oidc(ISSUER) { ... }"],
  read: (declaration, phrase, context) => {
    const call = phrase.call("`oidc(ISSUER)`");
    const block = phrase.block("its settings in braces");
    return phrase.end() && call !== undefined && block !== undefined ? readOidc(declaration, call, block, context) : undefined;
  },
};

function readOidc({ name, statement }: Declaration, call: Call, block: Block, context: CheckContext): Identity {
  const read = readSettings(block, OIDC_SETTINGS, { owner: "an `oidc` identity", head: name.span }, context);
  const form = { kind: "oidc", what: "the URL of one issuer", example: 'oidc("https://login.shop.example")' };
  const issuer = readOnlyArgument(call, form, readIssuer, context);
  reportImpossible(issuer, context);
  return {
    kind: "oidc",
    name: name.name,
    subject: "sub",
    issuer,
    ...readTokenSettings(read, context),
    algorithms: readPublicAlgorithms(read, context),
    span: statement.span,
  };
}

function readPublicAlgorithms(
  { values, places }: ReturnType<typeof readSettings<typeof OIDC_SETTINGS>>,
  context: CheckContext,
): readonly JwtAlgorithm[] {
  const algorithms = values.algorithms === undefined ? (["RS256"] as const) : (readAlgorithms(values.algorithms, context) ?? []);
  const shared = algorithms.find(isShared);
  const at = places.get("algorithms");
  if (shared !== undefined && at !== undefined) context.report(finding(sharedByIssuer, at, { algorithm: shared }));
  return algorithms;
}

function reportImpossible(issuer: Expr, context: CheckContext): void {
  for (const { text, span } of knownTexts(issuer)) {
    const why = askableUrlProblem(text);
    if (why !== undefined) context.report(finding(impossibleIssuer, span, { issuer: text, why }));
  }
}
