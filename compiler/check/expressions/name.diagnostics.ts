/** GWL23xx: names in expressions, and what may be read where. */
import { defineError } from "../../../grammar/source/diagnostic.ts";
import { METHOD_NAMES } from "./method-names.ts";

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");
const suggestion = (meant: string | undefined, otherwise: string): string =>
  meant === undefined ? otherwise : `did you mean \`${meant}\`?`;

export const unknownName = defineError<{ name: string; meant: string | undefined; hint?: string | undefined }>({
  code: "GWL2301",
  role: "missed",
  name: "unknown-name",
  message: (h) => `there is no \`${h.name}\` here`,
  label: (h) => suggestion(h.meant, h.hint === undefined ? "not declared in this file and not imported" : "no word of the language"),
  help: (h) => (h.meant === undefined ? (h.hint ?? "declare it, import it, or put it in quotes if it is a text") : `write \`${h.meant}\``),
});
export const notAValue = defineError<{ name: string; what: string }>({
  code: "GWL2302",
  name: "not-a-value",
  message: (h) => `\`${h.name}\` is ${h.what}, which is no value`,
  help: () => "expressions use constants, environment values, networks, parameters and what the request says",
});
export const secretInExpression = defineError<{ name: string }>({
  code: "GWL2303",
  name: "secret-in-expression",
  message: (h) => `the secret \`${h.name}\` cannot be used in an expression`,
  label: () => "would end in a decision, a header or a log",
  help: (h) => `secrets are only named where one is taken, as in \`secret: ${h.name}\` of an identity; to check a key, declare an identity`,
});
export const incompleteRoot = defineError<{ name: string; example: string }>({
  code: "GWL2304",
  name: "incomplete-root",
  message: (h) => `\`${h.name}\` alone is no value`,
  help: (h) => `write for example \`${h.example}\``,
});
export const unknownFact = defineError<{ root: string; name: string; meant: string | undefined; known: readonly string[] }>({
  code: "GWL2305",
  name: "unknown-fact",
  message: (h) => `\`${h.root}\` has no \`${h.name}\``,
  label: (h) => suggestion(h.meant, "not known"),
  help: (h) => (h.known.length === 0 ? "nothing can be read there" : `it has ${list(h.known)}`),
});
export const unknownFunction = defineError<{ name: string; meant: string | undefined; known: readonly string[] }>({
  code: "GWL2306",
  name: "unknown-function",
  message: (h) => `there is no function \`${h.name}\``,
  label: (h) => suggestion(h.meant, "not known"),
  help: (h) =>
    METHOD_NAMES.includes(h.name)
      ? `\`${h.name}\` is a method: write it behind a value and one dot, as in \`path.${h.name}(...)\``
      : `functions are ${list(h.known)}`,
});
export const wrongArguments = defineError<{ what: string; takes: string; example: string }>({
  code: "GWL2307",
  name: "wrong-arguments",
  message: (h) => `\`${h.what}\` takes ${h.takes}`,
  help: (h) => `as in \`${h.example}\``,
});
export const constantNameExpected = defineError<{ what: string; example: string }>({
  code: "GWL2308",
  name: "constant-name-expected",
  message: (h) => `\`${h.what}\` takes a name that is known before any request`,
  help: (h) => `write a text, as in \`${h.example}\`, or a constant`,
});
export const wrongHeaderName = defineError<{ name: string; why: string }>({
  code: "GWL2309",
  name: "wrong-header-name",
  message: (h) => `\`${h.name}\` is no name that a header can have`,
  label: (h) => h.why,
  help: () => "names of headers are letters, digits and `-`; case does not matter",
});
export const notReadableHere = defineError<{ what: string; where: string }>({
  code: "GWL2310",
  name: "not-readable-here",
  message: (h) => `\`${h.what}\` cannot be read in ${h.where}`,
  label: () => "is only known when a request comes",
  help: () => "use it in the condition of a rule, in a policy, or in `set header`",
});
export const notForSelection = defineError<{ what: string }>({
  code: "GWL2311",
  name: "not-for-selection",
  message: (h) => `\`${h.what}\` cannot choose routes`,
  label: () => "is not known when routes are chosen",
  help: () => "`where` reads `tag.NAME`, `route.api`, `route.version`, `route.path` and `method`; ask for all else in the policy itself",
});
export const noCaller = defineError<{ why: string }>({
  code: "GWL2312",
  role: "missed",
  name: "no-caller",
  message: (h) => `there is no \`principal\` here: ${h.why}`,
  help: () => "state who may call with `accept`, or leave the caller out of the rule",
});
export const unknownIdentity = defineError<{ name: string; meant: string | undefined; known: readonly string[] }>({
  code: "GWL2313",
  role: "missed",
  name: "unknown-identity",
  message: (h) => `there is no identity \`${h.name}\``,
  label: (h) => suggestion(h.meant, "not declared"),
  help: (h) =>
    h.known.length === 0
      ? "declare one with `identity NAME = jwt { ... }`"
      : `identities are ${list(h.known)}; \`principal is known\` asks for any`,
});
export const identityNotAccepted = defineError<{ name: string; accepted: readonly string[] }>({
  code: "GWL2314",
  name: "identity-not-accepted",
  message: (h) => `\`${h.name}\` is not accepted here, so this is never true`,
  help: (h) => `accepted are ${list(h.accepted)}; add \`${h.name}\` to \`accept\`, or leave this out`,
});
export const identityNotSure = defineError<{ name: string; accepted: readonly string[] }>({
  code: "GWL3834",
  name: "identity-not-sure",
  message: ({ name }) => `not every caller here has the identity \`${name}\``,
  label: ({ accepted }) =>
    accepted.length === 0 ? "there is none" : `it may be ${accepted.map((caller) => `\`${caller}\``).join(" or ")}`,
  help: ({ name }) => `ask first: \`principal is ${name} and ...\`, or \`accept\` nobody without it`,
});

export const neverIdentity = defineError<{ name: string; left: readonly string[] }>({
  code: "GWL2315",
  name: "never-identity",
  message: (h) => `\`principal\` cannot be \`${h.name}\` at this point, so this is never true`,
  label: (h) => (h.left.length === 0 ? "all identities are excluded before" : `can only be ${list(h.left)} here`),
  help: () => "a caller has exactly one identity; join the cases with `or`, and ask for each once",
});
export const nobodyLeft = defineError<{ name: string }>({
  code: "GWL2316",
  role: "missed",
  name: "nobody-left",
  message: (h) => `\`principal.${h.name}\` has no value here: all identities that are accepted are excluded before`,
  help: () => "leave this branch out, or accept another identity",
});
export const unknownClaim = defineError<{
  name: string;
  identities: readonly string[];
  meant: string | undefined;
  known: readonly string[];
}>({
  code: "GWL2317",
  role: "missed",
  name: "unknown-claim",
  message: ({ identities, name }) =>
    identities.length === 1 ? `${list(identities)} has no field \`${name}\`` : `none of ${list(identities)} has a field \`${name}\``,
  label: (h) => suggestion(h.meant, "not among its claims"),
  help: (h) => `fields are ${list(h.known)}; a claim of the token must be declared in \`claims { }\``,
});
/** `hidden` are those of the others that the file does not import. */
export const claimNotShared = defineError<{
  name: string;
  owners: readonly string[];
  others: readonly string[];
  hidden: readonly string[];
}>({
  code: "GWL2318",
  name: "claim-not-shared",
  message: (h) =>
    `\`principal.${h.name}\` is not there for every caller: ${list(h.others)} ${h.others.length === 1 ? "has" : "have"} no such field`,
  label: () => "the caller may be somebody without it",
  help: (h) => {
    const next = `ask first: \`principal is ${h.owners[0] ?? ""} and principal.${h.name} ...\``;
    return h.hidden.length === 0 ? next : `${next}; callers that this file does not import may come here, too`;
  },
});
export const claimTypesDiffer = defineError<{ name: string; types: readonly string[] }>({
  code: "GWL2319",
  name: "claim-types-differ",
  message: (h) => `\`principal.${h.name}\` is ${h.types.map((type) => `\`${type}\``).join(" or ")}, depending on the caller`,
  help: (h) => `ask first who it is: \`principal is NAME and principal.${h.name} ...\``,
});
export const claimOfIdentity = defineError<{ identity: string }>({
  code: "GWL2320",
  name: "claim-of-identity",
  message: (h) => `\`${h.identity}\` is an identity, not a field of the caller`,
  help: (h) => `ask with \`principal is ${h.identity}\`, and read a field with \`principal.NAME\` or \`principal.${h.identity}.NAME\``,
});
export const noBody = defineError<{ why: string }>({
  code: "GWL2321",
  name: "no-body",
  message: (h) => `\`body\` cannot be read here: ${h.why}`,
  help: () =>
    'give the route a type for its body, `POST "/" body NewOrder -> ...`, and state the rule there; a policy takes what it needs as a parameter',
});
export const noEntries = defineError({
  code: "GWL4160",
  name: "no-entries",
  message: () => "the program declares no `entry`",
  help: () =>
    "every request comes by the gateway's own `listen`; a door of its own is written `entry NAME { listen PORT, allow when ... }`",
});
export const noParameters = defineError<{ why: string }>({
  code: "GWL2322",
  name: "no-parameters",
  message: (h) => `\`params\` cannot be read here: ${h.why}`,
  help: () => "state the rule at a route, or give the policy a parameter and pass `params.NAME` to it",
});
export const unknownWord = defineError<{ what: string; name: string; meant: string | undefined; known: readonly string[] }>({
  code: "GWL2323",
  role: "missed",
  name: "unknown-word",
  message: (h) => `there is no ${h.what} \`${h.name}\``,
  label: (h) => suggestion(h.meant, "not known"),
  help: (h) => (h.known.length === 0 ? `the program has no ${h.what}` : `the program has ${list(h.known)}`),
});
export const isNeedsPrincipal = defineError({
  code: "GWL2324",
  name: "is-needs-principal",
  message: () => "`is` asks who the caller is: only `principal` can stand before it",
  help: () => "write `principal is NAME`; values are compared with `==`, and `has x` asks whether an optional is there",
});
export const constantTooLarge = defineError<{ name: string }>({
  code: "GWL2325",
  name: "constant-too-large",
  message: (h) => `\`${h.name}\` is too large: written out, it has more than 10,000 parts or more than 64 levels`,
  help: () => "let fewer constants hold each other",
});
export const typeAsValue = defineError({
  code: "GWL2326",
  name: "type-as-value",
  message: () => "a type is no value",
  help: () => "compare values with values; to ask who the caller is, write `principal is NAME`",
});
export const unknownField = defineError<{ name: string; type: string; meant: string | undefined; help: string }>({
  code: "GWL2327",
  role: "missed",
  name: "unknown-field",
  message: (h) => `\`${h.type}\` has no field \`${h.name}\``,
  label: (h) => suggestion(h.meant, "not known"),
  help: (h) => h.help,
});
export const unknownMethod = defineError<{ name: string; type: string; meant: string | undefined; help: string }>({
  code: "GWL2328",
  name: "unknown-method",
  message: (h) => `\`${h.type}\` has no method \`${h.name}\``,
  label: (h) => suggestion(h.meant, "not known"),
  help: (h) => h.help,
});
export const noStages = defineError({
  code: "GWL2329",
  name: "no-stages",
  message: () => "the program has no stages to ask for",
  help: () => "stages come with the first value that differs between them, as in `env LIMIT: Int = stage { dev: 5, prod: 100 }`",
});
