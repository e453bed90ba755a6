/** GWL32xx: what a whole program says, or fails to say, about who may call its routes. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const routeWithoutAccess = defineError<{ route: string }>({
  code: "GWL3201",
  name: "route-without-access",
  message: (h) => `nothing says who may call \`${h.route}\``,
  label: () => "no `allow`, no `public`, no policy that allows",
  help: () =>
    'say `allow when ...` for some callers, `use` a policy that allows, or open it to everybody with `public because "..."`; each may stand here or at a level around',
});
export const openAllow = defineError<{ route: string; method: string | undefined }>({
  code: "GWL3202",
  name: "open-allow",
  message: (h) => `this \`allow\` opens \`${h.route}\` to everybody${h.method === undefined ? "" : ` who calls \`${h.method}\``}`,
  label: () => "always true, and nobody has to authenticate",
  help: () => '`accept` an identity so that callers must prove who they are, or say `public because "..."` if everybody is meant',
});
export const publicBesideAllow = defineError({
  code: "GWL3203",
  name: "public-beside-allow",
  message: () => "`public` here makes this `allow` pointless",
  label: () => "asks for more than `public` does",
  help: () => "keep one of the two; to open one route only, move `public` to that route",
});
export const selectorMatchesNothing = defineError<{ policy: string }>({
  code: "GWL3206",
  name: "selector-matches-nothing",
  message: (h) => `\`${h.policy}\` is applied to no route`,
  label: () => "no route below this level fits",
  help: () => "check tags and names against `gwl routes`, or remove the statement",
});
export const notOverridable = defineError<{ policy: string }>({
  code: "GWL3207",
  name: "not-overridable",
  message: (h) => `\`${h.policy}\` does not permit to be overridden`,
  help: (h) => `write \`policy ${h.policy}(...) overridable { ... }\` if its author agrees, or keep to what it forbids`,
});
export const overrideLiftsNothing = defineError<{ policy: string; why: string }>({
  code: "GWL3208",
  name: "override-lifts-nothing",
  message: (h) => `this \`override\` lifts nothing: ${h.why}`,
  help: () =>
    "an override lifts the denies and requires that a policy brings at a level further out; remove it, or correct the name or the arguments",
});
export const indistinctIdentities = defineError<{ first: string; second: string; source: string; issuer: string }>({
  code: "GWL3209",
  name: "indistinct-identities",
  message: (h) => `\`${h.first}\` and \`${h.second}\` cannot be told apart`,
  label: (h) => `both take tokens of \`${h.issuer}\` from ${h.source}`,
  help: () => "a token that fits both is refused as ambiguous: make them one identity, or give one another issuer or header",
});
export const ambiguousClaim = defineError<{ name: string; identities: readonly string[] }>({
  code: "GWL3835",
  name: "ambiguous-claim",
  message: (h) => `\`principal.${h.name}\` may be that of ${h.identities.map((name) => `\`${name}\``).join(" or of ")}`,
  help: (h) => `say which: ${h.identities.map((name) => `\`principal.${name}.${h.name}\``).join(" or ")}`,
});
export const allowWithoutCaller = defineError<{ route: string }>({
  code: "GWL3210",
  name: "allow-without-caller",
  message: (h) => `this \`allow\` can never be true on \`${h.route}\``,
  label: () => "asks who the caller is, but nobody authenticates there",
  help: () => "`accept` an identity at the route or a level around it",
});
export const shutByRule = defineError<{ effect: string; route: string }>({
  code: "GWL3211",
  name: "shut-by-rule",
  message: (h) => `this \`${h.effect}\` refuses every call of \`${h.route}\``,
  label: () => "asks who the caller is, but nobody authenticates there",
  help: () => "let the rule hold for other routes only, with `apply ... to routes where ...`, or `accept` an identity there",
});

export const idleExpectation = defineError<{ label: string; meant: string | undefined }>({
  code: "GWL3212",
  name: "idle-expectation",
  message: (h) => `nothing in this program can decide \`by ${h.label}\``,
  help: (h) =>
    h.meant === undefined
      ? "name a policy that some level uses with these arguments, or the reason of a rule as it is written"
      : `did you mean \`by ${h.meant}\`?`,
});

export const ACCESS_DIAGNOSTICS = [
  routeWithoutAccess,
  openAllow,
  publicBesideAllow,
  selectorMatchesNothing,
  notOverridable,
  overrideLiftsNothing,
  indistinctIdentities,
  ambiguousClaim,
  allowWithoutCaller,
  shutByRule,
  idleExpectation,
] as const;
