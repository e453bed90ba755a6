/** `identity NAME = KIND { ... }`: callers who can prove who they are. Each kind has its own file; this one only tells them apart. */
import type { Entry, NameNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { didYouMean } from "../../check/did-you-mean.ts";
import type { Identity } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { notSupportedYet } from "../frame.diagnostics.ts";
import { LATER_IDENTITY_KINDS } from "../later.ts";
import { readPhrase, readTerms } from "../phrase-reader.ts";
import { isBlock, leadingName } from "../terms.ts";
import { http } from "./authorizer/http.ts";
import { lambda } from "./authorizer/lambda.ts";
import { apiKey } from "./identity/api-key.ts";
import { basic } from "./identity/basic.ts";
import { cognito } from "./identity/cognito.ts";
import { introspect } from "./identity/introspect.ts";
import { saml } from "./identity/saml.ts";
import { oidc } from "./identity/oidc.ts";
import { unknownIdentityKind } from "./identity/identity.diagnostics.ts";
import type { IdentityKindConstruct } from "./identity/identity-kind.ts";
import { readClaims } from "./jwt/claims.ts";
import { jwt } from "./jwt/jwt.ts";
import { mtlsIdentity } from "./mtls/mtls.ts";
import { sigv4 } from "./sigv4/sigv4.ts";

/** The kinds that this compiler knows, by their word. */
export const IDENTITY_KINDS: ReadonlyMap<string, IdentityKindConstruct> = new Map([
  ["api_key", apiKey],
  ["basic", basic],
  ["cognito", cognito],
  ["http", http],
  ["introspect", introspect],
  ["jwt", jwt],
  ["lambda", lambda],
  ["mtls", mtlsIdentity],
  ["oidc", oidc],
  ["saml", saml],
  ["sigv4", sigv4],
]);

export const identity: DeclarationConstruct<"identity"> = {
  kind: "declaration",
  words: ["identity"],
  within: ["file"],
  summary: "callers who can prove who they are",
  written: ["identity NAME = jwt { ... }", "identity NAME = KIND { ... }"],
  declares: "identity",
  mean: readIdentity,
};

function readIdentity(declaration: Declaration, context: CheckContext): Identity | undefined {
  const start = readPhrase(declaration.statement, identity, context);
  start.name("a name");
  start.mark("=");
  const word = leadingName(start.peek());
  if (word === undefined) start.refuse("a kind, such as `jwt`,");
  if (word === undefined || start.failed()) return undefined;
  const kind = IDENTITY_KINDS.get(word.name);
  if (kind === undefined) {
    reportUnknown(word, context);
    return nameOnly(declaration, context);
  }
  const owner = { word: "identity", end: declaration.statement.span, written: kind.written };
  return kind.read(declaration, readTerms(start.rest(), owner, context), context);
}

function reportUnknown({ name, span }: NameNode, context: CheckContext): void {
  if (LATER_IDENTITY_KINDS.has(name)) {
    context.report(finding(notSupportedYet, span, { what: `an identity of kind \`${name}\``, instead: undefined }));
    return;
  }
  const known = [...IDENTITY_KINDS.keys()];
  context.report(finding(unknownIdentityKind, span, { kind: name, known, meant: didYouMean(name, [...known, ...LATER_IDENTITY_KINDS]) }));
}

/** An identity that has its finding: rules that name it and its claims get no second one. Nothing is built from it. */
function nameOnly({ name, statement }: Declaration, context: CheckContext): Identity {
  const settings = statement.phrase.terms.at(-1);
  const fields = settings?.kind === "block" ? settings.entries.find(isFields) : undefined;
  const block = fields?.kind === "statement" ? fields.phrase.terms.find(isBlock) : undefined;
  return {
    kind: "jwt",
    name: name.name,
    subject: "sub",
    issuer: { op: "const", value: "", type: { kind: "poison" }, span: name.span },
    audience: [],
    clients: [],
    algorithms: [],
    keys: { kind: "static", keys: [] },
    headers: [],
    leeway: 0,
    claims: readClaims(block, context),
    span: statement.span,
  };
}

function isFields(entry: Entry): boolean {
  return entry.kind === "statement" && (entry.word.name === "claims" || entry.word.name === "fields");
}
