/** GWL451x: values that requests and answers are mapped to. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const withoutJson = defineError<{ type: string }>({
  code: "GWL4510",
  name: "without-json",
  message: ({ type }) => `a \`${type}\` has no form as JSON`,
  label: () => "is to be written as JSON",
  help: () => "map what it tells: a text, a number, a Bool, or a list or record of these",
});

export const mappedElsewhere = defineError({
  code: "GWL4511",
  name: "mapped-elsewhere",
  message: () => "`.map(...)` makes lists for bodies, and here is none",
  label: () => "stands in no mapping",
  help: () => "whether a list holds a value is asked with `value in list`; lists are made of lists in `map body { ... }`",
});

export const nestedOverWhole = defineError<{ name: string }>({
  code: "GWL4512",
  name: "nested-over-whole",
  message: ({ name }) => `this list is no part of \`${name}\`, and would be walked for each one anew`,
  label: () => "the same for all elements around",
  help: ({ name }) => `map a list that \`${name}\` holds, or put this one beside the list around`,
});

export const takenItemName = defineError<{ name: string }>({
  code: "GWL4513",
  name: "taken-item-name",
  message: ({ name }) => `\`${name}\` means something else here already`,
  help: () => "give the element a name of its own, as in `body.lines.map(line: ...)`",
});

export const noAnswerBody = defineError<{ why: string }>({
  code: "GWL4516",
  name: "no-answer-body",
  message: () => "the body of the answer cannot be read here",
  label: ({ why }) => why,
  help: () => "say what the backend answers with `returns TYPE`, and make the client's answer in `map response body { ... }`",
});

export const optionalMember = defineError({
  code: "GWL4514",
  name: "optional-member",
  message: () => "`optional` is followed by one value that may be absent",
  help: () => "written as `note: optional body.note`",
});
