/** GWL34xx: statements about who may call. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const statedTwice = defineError<{ what: string }>({
  code: "GWL3401",
  name: "stated-twice",
  message: (h) => `${h.what} is stated twice at one level`,
  label: () => "again here",
  help: () => "keep one of the two; order means nothing, so neither could win",
});
export const identitiesExpected = defineError<{ found: string }>({
  code: "GWL3402",
  name: "identities-expected",
  message: (h) => `\`${h.found}\` names no identities`,
  help: () => "written as `accept Customer` or `accept Customer or Service`",
});
export const callerHoldsAnother = defineError<{ less: string; more: string }>({
  code: "GWL3832",
  name: "caller-holds-another",
  message: (h) => `whoever proves \`${h.more}\` also proves \`${h.less}\``,
  label: () => "so there are two ways in for one caller",
  help: (h) => `leave one of them out: keep \`${h.less}\` if that is enough, \`${h.more}\` if it is not`,
});

export const tooManyCallers = defineError<{ count: number; most: number }>({
  code: "GWL3833",
  name: "too-many-callers",
  message: (h) => `this \`accept\` comes to ${h.count} combinations of identities; ${h.most} are allowed`,
  help: () => "say it with fewer alternatives, or at the levels below",
});

export const acceptedTwice = defineError<{ name: string }>({
  code: "GWL3403",
  name: "accepted-twice",
  message: (h) => `\`${h.name}\` is accepted twice`,
  help: () => "name each identity once",
});
export const needlessCondition = defineError({
  code: "GWL3404",
  name: "public-with-condition",
  message: () => "`public` takes no condition",
  label: () => "everybody is everybody",
  help: () => "to let some callers in without authentication, say `allow when ...` where no identity is accepted",
});
export const tooManyArguments = defineError<{ policy: string; takes: number }>({
  code: "GWL3405",
  role: "missed",
  name: "too-many-arguments",
  message: (h) => `\`${h.policy}\` takes ${h.takes === 0 ? "no arguments" : h.takes === 1 ? "one argument" : `${h.takes} arguments`}`,
  label: () => "one too many",
  help: () => "remove it, or give the policy another parameter",
});
export const missingArgument = defineError<{ policy: string; parameter: string; type: string }>({
  code: "GWL3406",
  name: "missing-argument",
  message: (h) => `\`${h.policy}\` needs \`${h.parameter}\``,
  label: (h) => `no argument for \`${h.parameter}: ${h.type}\`, which has no default`,
  help: (h) => `hand it in: \`${h.policy}(${h.parameter}: ...)\``,
});
export const unknownParameter = defineError<{ policy: string; name: string; meant: string | undefined; known: readonly string[] }>({
  code: "GWL3407",
  name: "unknown-parameter",
  message: (h) => `\`${h.policy}\` has no parameter \`${h.name}\``,
  help: (h) =>
    h.meant !== undefined
      ? `did you mean \`${h.meant}\`?`
      : h.known.length === 0
        ? "it has none"
        : `it has ${h.known.map((name) => `\`${name}\``).join(", ")}`,
});
export const argumentTwice = defineError<{ name: string }>({
  code: "GWL3408",
  name: "argument-twice",
  message: (h) => `\`${h.name}\` is given twice`,
  help: () => "arguments without a name fill the parameters in order; name each of the others once",
});
export const overrideNotConstant = defineError({
  code: "GWL3409",
  name: "override-not-constant",
  message: () => "the arguments of an `override` must be known when the program is compiled",
  help: () => "they say which use is meant; without parentheses the override means all uses of the policy",
});
export const emptyReason = defineError<{ word: string }>({
  code: "GWL3410",
  name: "empty-reason",
  message: (h) => `\`${h.word}\` needs a reason that says something`,
  help: () => "whoever reads the list of open doors next year wants to know why this one is open",
});
export const useTooLarge = defineError<{ policy: string; most: string }>({
  code: "GWL3411",
  name: "use-too-large",
  message: (h) => `\`${h.policy}\` is too large: written out, its rules have more than ${h.most} parts`,
  help: () => "let fewer policies use each other, or hand in smaller arguments",
});

export const ACCESS_STATEMENT_DIAGNOSTICS = [
  statedTwice,
  identitiesExpected,
  callerHoldsAnother,
  tooManyCallers,
  acceptedTwice,
  needlessCondition,
  tooManyArguments,
  missingArgument,
  unknownParameter,
  argumentTwice,
  overrideNotConstant,
  emptyReason,
  useTooLarge,
] as const;
