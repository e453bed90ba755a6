/** GWL12xx and GWL13xx: brackets, and sequences of words and marks that make no statement. The parser's own messages are never shown. */
import { defineError } from "./source/diagnostic.ts";

export const unclosedBracket = defineError<{ open: string; close: string }>({
  code: "GWL1201",
  role: "tears",
  name: "unclosed-bracket",
  message: (h) => `\`${h.open}\` is never closed`,
  label: () => "opened here",
  help: (h) => `add the \`${h.close}\` that belongs to it`,
});
export const strayBracket = defineError<{ bracket: string }>({
  code: "GWL1202",
  role: "tears",
  name: "stray-bracket",
  message: (h) => `\`${h.bracket}\` closes nothing`,
  help: () => "leave it away, or add the bracket that it should close",
  replacement: (h) => ({ title: `remove \`${h.bracket}\``, text: "" }),
});
export const unclosedTypeArguments = defineError({
  code: "GWL1203",
  role: "tears",
  name: "unclosed-type-arguments",
  message: () => "`<` touches a type's name and so opens its arguments, but no `>` closes them",
  help: () => "close them, as in `List<String>`; to compare, put spaces around `<`",
});
export const missingOpener = defineError({
  code: "GWL1206",
  role: "tears",
  name: "missing-opening-brace",
  message: () => "`{` is missing at the end of this line",
  help: () => "the lines below it are indented as those of a block, and a `}` ends them",
  replacement: () => ({ title: "add ` {`", text: " {" }),
});
export const foreignOperator = defineError<{ written: string; word: string }>({
  code: "GWL1204",
  name: "foreign-operator",
  message: (h) => `\`${h.written}\` is written \`${h.word}\``,
  help: (h) => `write \`${h.word}\``,
  replacement: (h) => ({ title: `write \`${h.word}\``, text: h.word === "not" ? "not " : h.word }),
});
export const strayComma = defineError({
  code: "GWL1205",
  name: "stray-comma",
  message: () => "nothing stands before this comma",
  help: () => "one comma, or the end of the line, stands between two entries",
});
export const missingOperand = defineError<{ operator: string; found: string }>({
  code: "GWL1301",
  name: "missing-operand",
  message: (h) => `expected a value after \`${h.operator}\`, found ${h.found}`,
  help: (h) =>
    h.found === "the end of the line"
      ? `complete the expression; a line is continued by a next line that begins with the operator`
      : `\`${h.operator}\` needs a value on its right`,
});
export const strayOperator = defineError<{ written: string }>({
  code: "GWL1302",
  name: "stray-operator",
  message: (h) => `expected a value or a word, found \`${h.written}\``,
  help: (h) => STRAY_HELP[h.written] ?? `\`${h.written}\` stands between two values`,
});
export const incompleteConditional = defineError<{ missing: string; found: string }>({
  code: "GWL1303",
  name: "incomplete-conditional",
  message: (h) => `expected ${h.missing}, found ${h.found}`,
  help: (h) =>
    h.missing.startsWith("`then`")
      ? "a choice has three parts: `if CONDITION then VALUE else VALUE`; the condition of a rule stands behind `when`"
      : "a choice has three parts: `if CONDITION then VALUE else VALUE`",
});
export const missingValue = defineError<{ key: string; found: string }>({
  code: "GWL1304",
  name: "missing-value",
  message: (h) => `expected a value after \`${h.key}:\`, found ${h.found}`,
  help: () => "a setting is written `name: value` on one line; what belongs together stands between `{` and `}`, indentation says nothing",
});
export const reservedWord = defineError<{ word: string; place: string }>({
  code: "GWL1305",
  name: "reserved-word",
  message: (h) => `\`${h.word}\` is a word of the language and cannot be ${h.place}`,
  help: (h) => `choose another name; a name from outside is written \`"${h.word}" as other_name\``,
});
export const chainedComparison = defineError<{ first: string; second: string }>({
  code: "GWL1306",
  name: "chained-comparison",
  message: (h) => `comparisons do not chain: \`${h.second}\` follows \`${h.first}\``,
  label: () => "second comparison",
  help: () => "compare twice, as in `a < b and b < c`, or ask for a range, as in `b in 1..9`",
});
export const mixedAndOr = defineError({
  code: "GWL1307",
  name: "mixed-and-or",
  message: () => "`and` and `or` are mixed without parentheses",
  label: () => "this `or`",
  help: () => "say with parentheses which belong together; `and` would bind closer",
});
export const missingSeparator = defineError<{ found: string; close: string }>({
  code: "GWL1308",
  name: "missing-separator",
  message: (h) => `expected ${h.close}, found ${h.found}`,
  help: () => "the items of a list and the arguments of a call are separated by commas",
});
export const missingItem = defineError<{ found: string }>({
  code: "GWL1309",
  name: "missing-item",
  message: (h) => `expected a value, found ${h.found}`,
  help: () => "brackets and parentheses hold values, with one comma between two of them",
});
export const missingName = defineError<{ after: string; found: string }>({
  code: "GWL1310",
  name: "missing-name",
  message: (h) => `expected a name after \`${h.after}\`, found ${h.found}`,
  help: () => "names stand without quotes, as in `client.ip` or `principal is Customer`",
});
export const unclosedRow = defineError<{ found: string }>({
  code: "GWL1311",
  name: "unclosed-row",
  message: (h) => `expected \`|\` at the end of this row, found ${h.found}`,
  help: () => "a row starts and ends with `|`: `| a | b |`",
});
export const strayTypeArguments = defineError({
  code: "GWL1312",
  name: "stray-type-arguments",
  message: () => "only the name of a type takes arguments in `<` and `>`",
  help: () => "to compare, put spaces around `<`",
});
export const unexpectedText = defineError<{ found: string }>({
  code: "GWL1399",
  name: "unexpected-text",
  message: (h) => `${h.found} does not belong here`,
  help: () => "read the line from its start: a bracket, a comma or an operator is one too many or one too few",
});

const STRAY_HELP: Readonly<Record<string, string>> = {
  "?": "`?` touches the name of the type that it makes optional, as in `String?`; a choice is written `if CONDITION then VALUE else VALUE`",
  "-": "only a number literal may have a sign, as in `-5`; entries stand one a line or parted by commas, without a mark before them",
  ".": "`.` stands between a value and the name of its part, as in `client.ip`",
  then: "`then` belongs to an `if`",
  else: "`else` belongs to an `if`",
  is: "`is` stands between a value and the name of what it may be, as in `principal is Customer`",
  because: "`because` gives the reason of the rule before it, on the same line or on the next without a comma",
  "->": "`->` stands between a route and its backend",
  "=": "`=` stands between a name and its value",
  ":": "a setting is written `name: value`",
};
