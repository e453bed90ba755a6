/** GWL24xx: expressions whose parts do not go together. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const typeMismatch = defineError<{ expected: string; found: string; help: string }>({
  code: "GWL2401",
  name: "type-mismatch",
  message: (h) => `\`${h.expected}\` is expected, and this is \`${h.found}\``,
  label: (h) => `is \`${h.found}\``,
  help: (h) => h.help,
});
export const literalDoesNotFit = defineError<{ written: string; type: string; why: string; meant: string | undefined }>({
  code: "GWL2402",
  name: "literal-does-not-fit",
  message: (h) => `\`${h.written}\` is no value of \`${h.type}\`: ${h.why}`,
  label: (h) => (h.meant === undefined ? `expected: \`${h.type}\`` : `did you mean \`${JSON.stringify(h.meant)}\`?`),
  help: (h) =>
    h.written.includes("${")
      ? "there are no templates in texts: `${` stands for itself; declare a value of the environment that is whole"
      : "only values of that type can stand here or come from a request; correct the literal, or widen the type where it is declared",
});
export const numberWithoutUnit = defineError<{ written: string; type: string; candidates: readonly string[] }>({
  code: "GWL2403",
  name: "number-without-unit",
  message: (h) => `\`${h.written}\` has no unit, and \`${h.type}\` is expected`,
  label: (h) => `${h.written} of what?`,
  help: (h) => `write ${h.candidates.map((candidate) => `\`${candidate}\``).join(" or ")}`,
});
export const unguardedOptional = defineError<{ what: string; type: string }>({
  code: "GWL2404",
  role: "missed",
  name: "unguarded-optional",
  message: (h) => `${h.what} may be absent`,
  label: (h) => `is \`${h.type}\``,
  help: (h) => {
    const x = h.what.startsWith("`") ? h.what.slice(1, -1) : "x";
    return `say what holds without it: \`has ${x} and ...\`, a value in its place with \`${x} ?? ...\`, or both cases with \`if has ${x} then ... else ...\``;
  },
});
export const conditionExpected = defineError<{ found: string; help: string }>({
  code: "GWL2405",
  name: "condition-expected",
  message: (h) => `a condition is expected, and this is \`${h.found}\``,
  label: () => "is neither true nor false",
  help: (h) => h.help,
});
export const incomparable = defineError<{ left: string; right: string; help: string }>({
  code: "GWL2406",
  name: "incomparable",
  message: (h) => `\`${h.left}\` cannot be compared with \`${h.right}\``,
  help: (h) => h.help,
});
export const notOrdered = defineError<{ operator: string; type: string }>({
  code: "GWL2407",
  name: "not-ordered",
  message: (h) => `\`${h.operator}\` needs values with an order, and \`${h.type}\` has none`,
  help: () =>
    "ordered are Int, Decimal, Duration, Size, Percent, Time, TimeOfDay and Status; all else is compared with `==`, `!=` and `in`",
});
export const neverAbsent = defineError<{ operator: string; type: string }>({
  code: "GWL2408",
  role: "missed",
  name: "never-absent",
  message: (h) => `this is always there: \`${h.operator}\` has nothing to ask`,
  label: (h) => `is \`${h.type}\`, not optional`,
  help: (h) =>
    h.operator === "optional"
      ? "leave `optional` out"
      : h.operator === "??"
        ? "leave `??` and what follows it out"
        : "leave the `has` and its `and` out",
});
export const wrongCollection = defineError<{ found: string; help: string }>({
  code: "GWL2409",
  name: "wrong-collection",
  message: (h) => `\`in\` looks into a Set, List, range or Network, and this is \`${h.found}\``,
  help: (h) => h.help,
});
export const wrongOperand = defineError<{ operator: string; wants: string; found: string; help: string }>({
  code: "GWL2410",
  name: "wrong-operand",
  message: (h) => `\`${h.operator}\` takes ${h.wants}, and this is \`${h.found}\``,
  help: (h) => h.help,
});
export const patternExpected = defineError({
  code: "GWL2411",
  name: "pattern-expected",
  message: () => "`matches` takes a regular expression between slashes",
  help: () => "as in `path matches /^\\/orders\\//`; only patterns that are known before any request can be proved to be fast",
});
export const branchesDiffer = defineError<{ first: string; second: string; where: string }>({
  code: "GWL2412",
  name: "branches-differ",
  message: (h) => `${h.where} have different types: \`${h.first}\` and \`${h.second}\``,
  label: (h) => `is \`${h.second}\``,
  help: () => "both must fit one type; nothing is converted by itself, `x.text()` makes a text of a value",
});
export const recordNotConstant = defineError({
  code: "GWL2413",
  name: "record-not-constant",
  message: () => "the fields of a record must be known before any request",
  label: () => "depends on the request, the environment or the stage",
  help: () => "use literals and constants",
});
export const wrongEntry = defineError<{ what: string; form: string }>({
  code: "GWL2414",
  role: "unread",
  name: "wrong-entry",
  message: (h) => `this is no entry of ${h.what}`,
  help: (h) => `entries are written \`${h.form}\`, one a line or parted by commas`,
});
export const repeatedEntry = defineError<{ name: string }>({
  code: "GWL2415",
  name: "repeated-entry",
  message: (h) => `\`${h.name}\` is given twice`,
  label: () => "here again",
  help: () => "keep one of the two",
});
export const missingStageValue = defineError<{ missing: readonly string[] }>({
  code: "GWL2416",
  role: "missed",
  name: "missing-stage-value",
  message: (h) =>
    `there is no value for the stage${h.missing.length === 1 ? "" : "s"} ${h.missing.map((name) => `\`${name}\``).join(", ")}`,
  help: (h) => `every \`stage { }\` gives all stages of the program: add \`${h.missing[0] ?? ""}: ...\``,
});
export const valueExpected = defineError({
  code: "GWL2417",
  name: "value-expected",
  message: () => "a value is expected here",
  help: () => "a value is an expression, `stage { NAME: value }`, or a record `{ name: value }`",
});
/** `unit` is the number with the unit that stands apart from it. */
export const strayTerm = defineError<{ unit: string | undefined }>({
  code: "GWL2418",
  role: "unread",
  name: "stray-term",
  message: () => "this does not belong to the value before it",
  help: (h) =>
    h.unit !== undefined
      ? `a unit touches its number: \`${h.unit}\``
      : "put an operator or a comma between the two, or leave one of them out",
});
export const zoneNotConstant = defineError({
  code: "GWL2419",
  name: "zone-not-constant",
  message: () => "a time zone must be known before any request",
  help: () => 'write its name, as in `"Europe/Berlin"`, or give the policy a parameter of the type `Zone`',
});
export const unionAsValue = defineError({
  code: "GWL2420",
  name: "union-as-value",
  message: () => "`|` lists the literals of a type; it is no operator for values",
  help: () => "join conditions with `or`, and ask for one of several values with `x in [a, b]`",
});
export const noArithmetic = defineError<{ operator: string; found: string; help: string }>({
  code: "GWL2421",
  name: "no-arithmetic",
  message: (h) => `\`${h.operator}\` joins networks, and this is \`${h.found}\``,
  help: (h) => h.help,
});
