/** What can be wrong with an identity whose tokens are of one sort, have scopes, or come from a provider that is named. */
import { defineError } from "../../../../grammar/source/diagnostic.ts";

export const unknownSort = defineError<{ written: string }>({
  code: "GWL4080",
  name: "unknown-token-sort",
  message: ({ written }) => `\`${written}\` is no sort of token`,
  help: () => "write `token: id` for tokens that say who signed in, `token: access` for those that open services",
});

export const clientOfIdToken = defineError({
  code: "GWL4081",
  name: "client-of-id-token",
  message: () => "`client_id` is never read of ID tokens",
  label: () => "an ID token names its client in `aud`",
  help: () => "write the client in `audience`, or accept access tokens with `token: access`",
});

export const impossibleScope = defineError<{ written: string; why: string }>({
  code: "GWL4082",
  name: "impossible-scope",
  message: ({ written }) => `\`${written}\` cannot be a scope`,
  label: ({ why }) => why,
  help: () => 'write each scope as a text of its own, as the issuer grants it: `scopes: ["orders/read", "orders/write"]`',
});

export const issuerExpected = defineError<{ kind: string; what: string; example: string; found: string }>({
  code: "GWL4083",
  name: "issuer-expected",
  message: ({ kind, what, found }) => `\`${kind}\` needs ${what} in parentheses, found ${found}`,
  help: ({ example }) => `write \`${example}\``,
});

export const impossibleIssuer = defineError<{ issuer: string; why: string }>({
  code: "GWL4084",
  name: "impossible-issuer",
  message: ({ issuer }) => `\`${issuer}\` cannot be asked for its keys`,
  label: ({ why }) => why,
  help: () =>
    "write the issuer as its tokens do, as in `https://login.shop.example`; for an issuer without discovery use `jwt { keys: ... }`",
});

export const impossiblePool = defineError<{ pool: string }>({
  code: "GWL4085",
  name: "impossible-pool",
  message: ({ pool }) => `\`${pool}\` is no user pool`,
  label: () => "expected REGION_ID",
  help: () => "write the pool's id, as in `eu-west-1_Ab12Cd34E`; neither its name nor its ARN",
});

export const unsaidSort = defineError({
  code: "GWL4086",
  name: "unsaid-token-sort",
  message: () => "`audience` is for ID tokens and `client_id` for access tokens, so it is not said which are taken",
  help: () => "add `token: id` or `token: access`; for both make two identities and `accept A or B`",
});

export const sharedByIssuer = defineError<{ algorithm: string }>({
  code: "GWL4087",
  name: "shared-secret-with-discovery",
  message: ({ algorithm }) => `an issuer publishes no key for \`${algorithm}\``,
  help: () => "list algorithms with public keys, as in `[RS256]`; for a shared secret use `jwt { secret: NAME }`",
});

export const openIntrospection = defineError<{ url: string; why: string }>({
  code: "GWL4088",
  name: "open-introspection",
  message: ({ url }) => `\`${url}\` cannot be asked about tokens`,
  label: ({ why }) => why,
  help: () => "write an `https` URL: tokens and the gateway's secret go there, and the answer decides who gets in",
});

export const brokenCertificates = defineError<{ file: string; why: string }>({
  code: "GWL4089",
  name: "broken-certificates",
  message: ({ file, why }) => `\`${file}\` holds no certificates that can be taken: ${why}`,
  help: () => "ask the identity provider for its signing certificate in PEM; several may stand one after the other",
});

export const brokenMetadata = defineError<{ file: string; why: string }>({
  code: "GWL4175",
  name: "broken-metadata",
  message: ({ file, why }) => `\`${file}\` is no metadata that can be taken: ${why}`,
  help: () => "ask the identity provider for its SAML 2.0 metadata, or say `issuer` and `certificates`",
});

export const metadataBesideParts = defineError<{ name: string }>({
  code: "GWL4176",
  name: "metadata-beside-its-parts",
  message: ({ name }) => `the metadata say the \`${name}\` already`,
  help: ({ name }) => `leave \`${name}\` out, or say \`issuer\` and \`certificates\` in place of \`metadata\``,
});

export const attributeType = defineError<{ name: string; type: string }>({
  code: "GWL4090",
  name: "attribute-type",
  message: ({ name, type }) => `the attribute \`${name}\` cannot be of type \`${type}\``,
  help: () =>
    "attributes of an assertion are texts: String, Bool, Int, Ip, Url, Uuid, Arn, AccountId, unions of literals, and sets and lists of these",
});

export const TOKEN_DIAGNOSTICS = [
  unknownSort,
  clientOfIdToken,
  impossibleScope,
  issuerExpected,
  impossibleIssuer,
  impossiblePool,
  unsaidSort,
  sharedByIssuer,
  openIntrospection,
  brokenCertificates,
  brokenMetadata,
  metadataBesideParts,
  attributeType,
] as const;
