/** GWL3551 and on: tests that a program brings along. */
import { defineError } from "../../../../grammar/source/diagnostic.ts";

export const requestForm = defineError<{ found: string }>({
  code: "GWL3551",
  name: "request-form",
  message: (h) => `\`${h.found}\` is no request`,
  help: () => 'a request starts with its method: `GET "/path" from 203.0.113.5 as Customer { ... } expect allow`',
});
export const noExpectation = defineError({
  code: "GWL3552",
  name: "no-expectation",
  message: () => "this request expects nothing",
  label: () => "a test that cannot fail",
  help: () => "say `expect allow`, `expect deny` or `expect 404`, or give the table a column `expect`",
});
export const outcomeForm = defineError<{ found: string }>({
  code: "GWL3553",
  name: "outcome-form",
  message: (h) => `${h.found} is no outcome`,
  help: () => '`allow`, `deny` or a status, and whom it is by: `deny by inside(office)`, `deny by "reason"`, `deny by default`',
});
export const expectationTwice = defineError({
  code: "GWL3554",
  name: "expectation-twice",
  message: () => "the request and the table both say what to expect",
  label: () => "the table has a column `expect`",
  help: () => "remove one of the two",
});
export const columnForm = defineError<{ found: string }>({
  code: "GWL3555",
  name: "column-form",
  message: (h) => `${h.found} is not the name of a column`,
  help: () => "the first row of a table names its columns, each once: `| ip | groups | expect |`",
});
export const rowLength = defineError<{ cells: number; columns: number }>({
  code: "GWL3556",
  name: "row-length",
  message: (h) => `this row has ${h.cells} ${h.cells === 1 ? "cell" : "cells"} for ${h.columns} ${h.columns === 1 ? "column" : "columns"}`,
  help: () => 'an empty cell leaves out what would stand there; it still needs its bars: `| | "b" |`',
});
export const unusedColumn = defineError<{ column: string }>({
  code: "GWL3557",
  role: "lacks",
  name: "unused-column",
  message: (h) => `no request uses the column \`${h.column}\``,
  label: () => "its values change nothing",
  help: () => "name it where its values belong, as in `from ip`, or remove it",
});
export const emptyTable = defineError<{ what: string }>({
  code: "GWL3558",
  name: "empty-test",
  message: (h) => `this test has no ${h.what}`,
  help: () => "a test has at least one request, and its table at least one row below the names",
});
export const tableForm = defineError<{ found: string }>({
  code: "GWL3559",
  name: "table-form",
  message: (h) => `\`${h.found}\` is no row`,
  help: () => "rows are written `| a | b |`",
});
export const testNotConstant = defineError<{ what: string }>({
  code: "GWL3560",
  name: "test-not-constant",
  message: (h) => `${h.what} must be known when the program is compiled`,
  help: () => "a test brings its own values: write the value itself",
});
export const partTwice = defineError<{ part: string }>({
  code: "GWL3561",
  name: "request-part-twice",
  message: (h) => `this request says \`${h.part}\` twice`,
  help: () => "keep one of the two",
});
export const targetForm = defineError<{ found: string }>({
  code: "GWL3562",
  name: "target-form",
  message: (h) => `${h.found} is not the path of a request`,
  help: () => 'a path in quotes that starts with `/`, with a query if there is one: `"/orders?since=1"`',
});
export const unknownClaim = defineError<{ identity: string; claim: string; meant: string | undefined }>({
  code: "GWL3563",
  role: "missed",
  name: "unknown-test-claim",
  message: (h) => `\`${h.identity}\` has no field \`${h.claim}\``,
  help: (h) => (h.meant === undefined ? "declare it in the identity's `claims`, or remove it" : `did you mean \`${h.meant}\`?`),
});
export const missingClaim = defineError<{ identity: string; claim: string }>({
  code: "GWL3564",
  role: "lacks",
  name: "missing-claim",
  message: (h) => `this \`${h.identity}\` lacks \`${h.claim}\``,
  label: () => "a token without it is refused",
  help: (h) => `give it a value, or declare the claim optional; \`${h.claim}\` is not a \`T?\``,
});
export const unknownStage = defineError<{ stage: string; known: readonly string[] }>({
  code: "GWL3565",
  name: "unknown-stage",
  message: (h) => `this program has no stage \`${h.stage}\``,
  help: (h) =>
    h.known.length === 0 ? "it knows no stages at all: leave `stage` out" : `it has ${h.known.map((stage) => `\`${stage}\``).join(", ")}`,
});
/** `callers`: those that fit, or all where none does. */
export const unclearCaller = defineError<{ identity: string; callers: readonly string[]; isKnown: boolean }>({
  code: "GWL4065",
  name: "unclear-caller",
  message: (h) =>
    h.isKnown ? `this fits ${h.callers.length} callers of \`${h.identity}\`` : `no caller of \`${h.identity}\` is like that`,
  help: (h) =>
    `say who it is by \`name\`, \`session\`, \`account\`, \`id\` or \`arn\`: ${h.isKnown ? "they" : "callers"} are ${few(h.callers)}`,
});

/** The first five. */
function few(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `\`${name}\``);
  return names.length > 5 ? `${shown.join(", ")} and ${names.length - 5} more` : shown.join(", ");
}

export const TEST_DIAGNOSTICS = [
  requestForm,
  noExpectation,
  outcomeForm,
  expectationTwice,
  columnForm,
  rowLength,
  unusedColumn,
  emptyTable,
  tableForm,
  testNotConstant,
  partTwice,
  targetForm,
  unknownClaim,
  missingClaim,
  unknownStage,
  unclearCaller,
] as const;
