/** What can be wrong with an identity of any kind. */
import { defineError } from "../../../../grammar/source/diagnostic.ts";

export const unknownIdentityKind = defineError<{ kind: string; known: readonly string[]; meant: string | undefined }>({
  code: "GWL3801",
  name: "unknown-identity-kind",
  message: ({ kind }) => `there is no kind of identity \`${kind}\``,
  help: ({ known, meant }) =>
    meant === undefined ? `known are ${known.map((name) => `\`${name}\``).join(", ")}` : `did you mean \`${meant}\`?`,
});

export const storeExpected = defineError<{ kind: string; type: string; found: string }>({
  code: "GWL3830",
  name: "store-expected",
  message: ({ kind, type, found }) => `\`${kind}\` needs the name of a secret of type ${type} here, found ${found}`,
  help: ({ kind, type }) => `declare \`secret STORE: ${type}\` and write \`${kind}(STORE)\``,
});

export const wrongStore = defineError<{ secret: string; type: string }>({
  code: "GWL3831",
  name: "wrong-store",
  message: ({ secret, type }) => `the secret \`${secret}\` is no ${type}`,
  help: ({ secret, type }) => `declare it as \`secret ${secret}: ${type}\``,
});

export const IDENTITY_DIAGNOSTICS = [unknownIdentityKind, storeExpected, wrongStore] as const;
