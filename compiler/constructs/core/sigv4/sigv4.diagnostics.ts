/** What can be wrong with a `sigv4` identity and its principals file. No text of a secret is ever shown. */
import { defineError, defineWarning } from "../../../../grammar/source/diagnostic.ts";

const suggestion = (meant: string | undefined, otherwise: string): string =>
  meant === undefined ? otherwise : `did you mean \`${meant}\`?`;
const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

export const brokenPrincipals = defineError<{ file: string; why: string }>({
  code: "GWL4050",
  name: "broken-principals",
  message: ({ file }) => `\`${file}\` cannot be read as YAML or JSON`,
  label: ({ why }) => why,
  help: () => "a principals file is plain YAML 1.2 or JSON: maps, lists, texts, numbers",
});

export const unknownPrincipalsMember = defineError<{ name: string; owner: string; meant: string | undefined; known: readonly string[] }>({
  code: "GWL4051",
  name: "unknown-principals-member",
  message: ({ name, owner }) => `${owner} has no \`${name}\``,
  help: ({ meant, known }) => suggestion(meant, `it has ${listed(known)}`),
});

export const principalsForm = defineError<{ what: string; expected: string; found: string }>({
  code: "GWL4052",
  name: "principals-form",
  message: ({ what, expected, found }) => `${what} is ${expected}, not ${found}`,
  help: ({ expected }) => `write ${expected}`,
});

export const missingPrincipalsMember = defineError<{ name: string; owner: string; doc: string }>({
  code: "GWL4053",
  name: "missing-principals-member",
  message: ({ name, owner }) => `${owner} needs \`${name}\``,
  help: ({ name, doc }) => `\`${name}\` is ${doc}`,
});

export const repeatedAccessKey = defineError<{ id: string }>({
  code: "GWL4054",
  name: "repeated-access-key",
  message: ({ id }) => `the access key \`${id}\` stands twice`,
  help: () => "a key belongs to one caller; give one of them another key",
});

export const unknownPrincipalsGroup = defineError<{ group: string; account: string; meant: string | undefined }>({
  code: "GWL4055",
  name: "unknown-principals-group",
  message: ({ group, account }) => `account \`${account}\` has no group \`${group}\``,
  help: ({ group, meant }) => suggestion(meant, `add \`${group}\` to the \`groups\` of the account`),
});

export const unknownPrincipalsPolicy = defineError<{ policy: string; account: string; meant: string | undefined }>({
  code: "GWL4056",
  name: "unknown-principals-policy",
  message: ({ policy, account }) => `account \`${account}\` has no policy \`${policy}\``,
  help: ({ policy, meant }) => suggestion(meant, `add \`${policy}\` to the \`policies\` of the account`),
});

export const tooManyAccessKeys = defineError<{ user: string; count: number }>({
  code: "GWL4057",
  name: "too-many-access-keys",
  message: ({ user, count }) => `${user} has ${count} access keys`,
  help: () => "two are for rotation: the old one and the new one; delete those that nobody uses",
});

export const secretInClearText = defineError<{ file: string; line: number; key: string; member: string }>({
  code: "GWL4058",
  name: "secret-in-clear-text",
  message: ({ file, line, key, member }) => `\`${file}\`, line ${line}: \`${member}\` of the access key \`${key}\` is no name of a secret`,
  help: ({ member }) =>
    `name an environment variable in upper case, as in \`${member}: ORDERS_KEY\`, or a declared \`secret\`; if a secret itself stands there, make a new key`,
});

export const secretIsNone = defineError<{ name: string; what: string }>({
  code: "GWL4059",
  name: "secret-is-none",
  message: ({ name, what }) => `\`${name}\` is ${what}, and an access key needs a secret`,
  help: ({ name }) => `declare \`secret ${name}: String\`, or name another environment variable`,
});

export const emptySigV4List = defineError<{ setting: string; example: string }>({
  code: "GWL4060",
  name: "empty-sigv4-list",
  message: ({ setting }) => `\`${setting}\` is a list with something in it`,
  help: ({ example }) => `as in \`${example}\``,
});

export const accountWithoutPrincipals = defineError<{ account: string; file: string; known: readonly string[] }>({
  code: "GWL4061",
  name: "account-without-principals",
  message: ({ account, file }) => `\`${file}\` has no account \`${account}\``,
  help: ({ known }) => `its accounts are ${listed(known)}`,
});

export const nobodySigns = defineError<{ file: string }>({
  code: "GWL4062",
  name: "nobody-signs",
  message: ({ file }) => `nobody in \`${file}\` has an active access key`,
  help: () => "without one every call is refused; give a user `keys`, or a role a session with `keys`",
});

export const repeatedPrincipalId = defineError<{ id: string }>({
  code: "GWL4063",
  name: "repeated-principal-id",
  message: ({ id }) => `the id \`${id}\` stands twice`,
  help: () => "ids tell callers apart in rules and logs; give each its own",
});

export const emptyPrincipalsGroup = defineWarning<{ group: string; account: string }>({
  code: "GWL4064",
  name: "empty-principals-group",
  message: ({ group, account }) => `nobody of account \`${account}\` is in the group \`${group}\``,
  help: () => "name it in the `groups` of a user, or delete it",
});

export const idlePrincipalsPolicy = defineWarning<{ policy: string; account: string }>({
  code: "GWL4066",
  name: "idle-principals-policy",
  message: ({ policy, account }) => `nobody of account \`${account}\` has the policy \`${policy}\``,
  help: () => "name it in the `policies` or as the `boundary` of somebody, or delete it",
});

export const SIGV4_DIAGNOSTICS = [
  unknownPrincipalsPolicy,
  idlePrincipalsPolicy,
  brokenPrincipals,
  unknownPrincipalsMember,
  principalsForm,
  missingPrincipalsMember,
  repeatedAccessKey,
  unknownPrincipalsGroup,
  tooManyAccessKeys,
  secretInClearText,
  secretIsNone,
  emptySigV4List,
  accountWithoutPrincipals,
  nobodySigns,
  repeatedPrincipalId,
  emptyPrincipalsGroup,
] as const;
