/** `identity NAME = saml { ... }`: callers with an assertion that an identity provider signed (D135). */
import type { Block, Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import { printType } from "../../../check/types/print-type.ts";
import type { Claim, Identity } from "../../../model/program.ts";
import type { Type } from "../../../model/types.ts";
import { readClaims } from "../jwt/claims.ts";
import { readIssuer, unknownText } from "../jwt/issuer.ts";
import { attributeType, metadataBesideParts } from "../jwt/token.diagnostics.ts";
import { readLeeway, readTexts, TOKEN_SETTINGS } from "../jwt/token-settings.ts";
import { readTokenSource } from "../jwt/token-source.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import { readCertificates } from "./certificates.ts";
import { readMetadata } from "./saml-metadata.ts";
import type { IdentityKindConstruct } from "./identity-kind.ts";

const { header, leeway } = TOKEN_SETTINGS;

export const SAML_SETTINGS = {
  metadata: {
    form: "phrase",
    doc: 'what the identity provider says of itself: `from "idp.xml"`',
    byDefault: "`issuer` and `certificates`",
  },
  issuer: { form: "phrase", required: true, unless: "metadata", doc: "the entity id of the identity provider" },
  certificates: { form: "phrase", required: true, unless: "metadata", doc: 'its signing certificates: `from "idp.pem"`' },
  audience: { form: "phrase", required: true, doc: "whom its assertions are meant for, a text or a list of texts" },
  recipient: { form: "phrase", doc: "the address that assertions must be meant for", byDefault: "not asked" },
  header,
  leeway,
  fields: { form: "block", doc: "what rules may read of the attributes" },
} as const satisfies SettingShapes;

export const saml: IdentityKindConstruct = {
  written: ["identity NAME = saml { ... }"],
  read: (declaration, phrase, context) => {
    phrase.name("a kind");
    const block = phrase.block("its settings in braces");
    return phrase.end() && block !== undefined ? readSaml(declaration, block, context) : undefined;
  },
};

function readSaml({ name, statement }: Declaration, block: Block, context: CheckContext): Identity {
  const { values, places } = readSettings(block, SAML_SETTINGS, { owner: "a `saml` identity", head: name.span }, context);
  const metadata = values.metadata && readMetadata(values.metadata, context);
  for (const part of ["issuer", "certificates"] as const) {
    const place = values.metadata && places.get(part);
    if (place !== undefined) context.report(finding(metadataBesideParts, place, { name: part }));
  }
  const identity = {
    kind: "saml",
    name: name.name,
    subject: "name_id",
    issuer: metadata?.issuer ?? (values.issuer && readIssuer(values.issuer, context)) ?? unknownText(name.span),
    audience: readTexts(values.audience, "audience", context),
    certificates: metadata?.certificates ?? (values.certificates ? readCertificates(values.certificates, context) : []),
    headers: readTokenSource(values.header, context),
    leeway: readLeeway(values.leeway, context),
    claims: readFields(values.fields, context),
    span: statement.span,
  } as const;
  return values.recipient === undefined ? identity : { ...identity, recipient: readRecipient(values.recipient, context) };
}

function readRecipient(phrase: Phrase, context: CheckContext): ReturnType<typeof readIssuer> {
  return readIssuer(phrase, context);
}

function readFields(block: Block | undefined, context: CheckContext): readonly Claim[] {
  return readClaims(block, context).map((claim) => {
    if (isText(claim.type)) return claim;
    context.report(finding(attributeType, claim.span, { name: claim.claim, type: printType(claim.type) }));
    return { ...claim, type: { kind: "poison" } };
  });
}

/** What texts can say. */
function isText(type: Type): boolean {
  switch (type.kind) {
    case "optional":
      return isText(type.type);
    case "newtype":
      return isText(type.base);
    case "set":
    case "list":
      return isScalar(type.element);
    default:
      return isScalar(type);
  }
}

function isScalar(type: Type): boolean {
  if (type.kind === "newtype") return isScalar(type.base);
  return ["bool", "int", "string", "literals", "ip", "url", "uuid", "arn", "accountId", "poison"].includes(type.kind);
}
