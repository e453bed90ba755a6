/** `gwl test`: runs the `test`s that stand beside the rules. */
import { type Command, lastValue } from "../command.ts";
import { compileFile } from "../compile-file.ts";

export const test: Command = {
  name: "test",
  summary: "run the tests that stand beside the rules",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [
    { name: "only", value: "TEXT", summary: "only tests whose name has TEXT in it" },
    { name: "format", value: "FORMAT", choices: ["text", "json"], summary: "how results are printed (default: text)" },
  ],
  about: [
    "Each request of a `test` goes through the compiled handler. Callers need no keys: tests run in a world of their own.",
    "Without `stage` in it, a test runs in every stage. Exit code 1 if one fails.",
  ].join("\n"),
  examples: [
    { command: "gwl test", does: "the gateway in this folder" },
    { command: "gwl test --only support", does: "tests about support" },
    { command: "gwl test --format json", does: "for other programs" },
  ],
  run: async (input, terminal) => {
    const format = lastValue(input, "format") === "json" ? "json" : "text";
    const compiled = await compileFile({ file: input.arguments[0], goal: "emit", format, findings: "talk" }, terminal);
    if (!compiled.ok) return compiled.exit;
    const { runTests } = await import("../run-tests.ts");
    return runTests(compiled, { only: lastValue(input, "only"), format }, terminal);
  },
};
