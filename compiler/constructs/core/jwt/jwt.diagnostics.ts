/** What can be wrong with a `jwt` identity: its settings, its claims and its keys. */
import { defineError, defineWarning } from "../../../../grammar/source/diagnostic.ts";

export const unknownAlgorithm = defineError<{ written: string; meant: string | undefined }>({
  code: "GWL3802",
  name: "unknown-algorithm",
  message: ({ written }) => `\`${written}\` is no algorithm for signing tokens`,
  help: ({ meant }) =>
    meant === undefined
      ? "known are RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, HS256, HS384, HS512"
      : `did you mean \`${meant}\`?`,
});

export const noAlgorithm = defineError({
  code: "GWL3803",
  name: "no-algorithm",
  message: () => "`algorithms` lists no algorithm",
  help: () => "name those that the issuer signs with, as in `algorithms: [RS256]`; all others are refused",
});

export const repeatedAlgorithm = defineError<{ algorithm: string }>({
  code: "GWL3804",
  name: "repeated-algorithm",
  message: ({ algorithm }) => `\`${algorithm}\` is listed twice`,
  help: () => "leave one of them out",
});

export const mixedAlgorithms = defineError<{ shared: string; signed: string }>({
  code: "GWL3805",
  name: "mixed-algorithms",
  message: ({ shared, signed }) => `\`${shared}\` and \`${signed}\` cannot be accepted by one identity`,
  label: () => "a public key must never be taken for a shared secret",
  help: () => "HS algorithms share a secret, all others have public keys: make two identities of it",
});

export const keysMissing = defineError<{ needs: "keys" | "secret" }>({
  code: "GWL3806",
  role: "lacks",
  name: "keys-missing",
  message: ({ needs }) => (needs === "secret" ? "HS algorithms need a `secret`" : "these algorithms need public `keys`"),
  help: ({ needs }) =>
    needs === "secret"
      ? "declare `secret NAME: String` and write `secret: NAME`"
      : 'write `keys: from "jwks.json"`, or `keys: url "https://issuer.example/.well-known/jwks.json"`',
});

export const keysMisplaced = defineError<{ has: "keys" | "secret"; needs: "keys" | "secret" }>({
  code: "GWL3807",
  name: "keys-misplaced",
  message: ({ has, needs }) => `these algorithms are verified with ${needs === "secret" ? "a secret" : "public keys"}, not with \`${has}\``,
  help: ({ has, needs }) => `remove \`${has}\` and set \`${needs}\`, or choose other algorithms`,
});

export const keysForm = defineError<{ found: string }>({
  code: "GWL3808",
  name: "keys-form",
  message: ({ found }) => `\`keys\` cannot be ${found}`,
  help: () => 'write `keys: from "jwks.json"`, or `keys: url "https://issuer.example/.well-known/jwks.json"`',
});

export const secretForm = defineError<{ found: string }>({
  code: "GWL3809",
  name: "secret-form",
  message: ({ found }) => `\`secret\` names a declared secret, not ${found}`,
  help: () => "declare `secret NAME: String` and write `secret: NAME`; a key in the source would be readable by everybody who reads it",
});

export const listForm = defineError<{ setting: string; example: string }>({
  code: "GWL3810",
  name: "list-form",
  message: ({ setting }) => `\`${setting}\` is a list in brackets that is not empty`,
  help: ({ example }) => `write \`${example}\``,
});

export const tokenHeader = defineError<{ header: string; why: string }>({
  code: "GWL3811",
  name: "token-header",
  message: ({ header }) => `the token cannot stand in \`${header}\``,
  label: ({ why }) => why,
  help: () => "use a field of its own, as in `X-Token`; without `header` the token is read from `Authorization: Bearer`",
});

export const claimForm = defineError<{ found: string }>({
  code: "GWL3812",
  role: "unread",
  name: "claim-form",
  message: ({ found }) => `\`${found}\` is no claim`,
  help: () => 'claims are written `name: Type`, or `"name in the token" as name: Type`',
});

export const claimName = defineError<{ name: string; why: string }>({
  code: "GWL3813",
  name: "claim-name",
  message: ({ name, why }) => `rules cannot call a claim \`${name}\`: ${why}`,
  help: ({ name }) => `give it another name: \`${JSON.stringify(name)} as other_name: Type\``,
});

export const repeatedClaim = defineError<{ name: string }>({
  code: "GWL3814",
  name: "repeated-claim",
  message: ({ name }) => `the identity has two claims \`${name}\``,
  help: () => "give one of them another name with `as`",
});

export const claimType = defineError<{ name: string; type: string }>({
  code: "GWL3815",
  name: "claim-type",
  message: ({ name, type }) => `the claim \`${name}\` cannot be of type \`${type}\``,
  help: () => "a token holds JSON: texts, numbers, Bool, lists, sets, maps and records of these",
});

export const subjectType = defineError({
  code: "GWL3816",
  name: "subject-type",
  message: () => "the claim `sub` is a text that every token has",
  help: () => "write `sub: String`; `principal.id` is the same",
});

export const longLeeway = defineWarning<{ written: string }>({
  code: "GWL3817",
  name: "long-leeway",
  message: ({ written }) => `tokens stay good for ${written} after they expire`,
  help: () => "clocks differ by seconds: a leeway of `60s` is plenty",
});

export const brokenKeys = defineError<{ file: string; why: string }>({
  code: "GWL3820",
  name: "broken-key-file",
  message: ({ file, why }) => `\`${file}\` is no set of public keys: ${why}`,
  help: () => 'a key set is JSON: `{ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "...", "x": "...", "y": "..." }] }` (RFC 7517)',
});

export const privateKey = defineError<{ file: string; key: string; members: readonly string[] }>({
  code: "GWL3821",
  name: "private-key",
  message: ({ file, key }) => `${key} of \`${file}\` is a private key`,
  label: ({ members }) => `has ${members.map((member) => `\`${member}\``).join(", ")}`,
  help: () =>
    "a gateway needs public keys only: replace the key, since whoever read this file can forge tokens, and keep the private part out of the project",
});

export const unusableKey = defineError<{ file: string; key: string; why: string }>({
  code: "GWL3822",
  name: "unusable-key",
  message: ({ file, key, why }) => `${key} of \`${file}\` cannot verify tokens: ${why}`,
  help: () => "ask the issuer for its current key set, or remove the key from the file",
});

export const repeatedKeyId = defineError<{ file: string; kid: string }>({
  code: "GWL3823",
  name: "repeated-key-id",
  message: ({ file, kid }) => `two keys of \`${file}\` have the id \`${kid}\``,
  help: () => "a token names its key by this id, so it must be unique: remove the key that is no longer used",
});

export const noFittingKey = defineError<{ file: string; algorithms: readonly string[] }>({
  code: "GWL3824",
  name: "no-fitting-key",
  message: ({ file, algorithms }) => `no key of \`${file}\` fits ${algorithms.join(" or ")}`,
  help: () => "no token could ever be verified: check `algorithms`, and `alg` and `use` in the file",
});

export const JWT_DIAGNOSTICS = [
  unknownAlgorithm,
  noAlgorithm,
  repeatedAlgorithm,
  mixedAlgorithms,
  keysMissing,
  keysMisplaced,
  keysForm,
  secretForm,
  listForm,
  tokenHeader,
  claimForm,
  claimName,
  repeatedClaim,
  claimType,
  subjectType,
  longLeeway,
  brokenKeys,
  privateKey,
  unusableKey,
  repeatedKeyId,
  noFittingKey,
] as const;
