/** `gwl check`: says what is wrong, and builds nothing. */
import { type Command, lastValue } from "../command.ts";
import { compileFile, FORMAT_OPTION, formatOf } from "../compile-file.ts";
import { EXIT } from "../exit-codes.ts";

export const check: Command = {
  name: "check",
  summary: "find mistakes, before anything is deployed",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [
    FORMAT_OPTION,
    { name: "fail-on", value: "SEVERITY", choices: ["error", "warning"], summary: "what makes the exit code 1 (default: error)" },
    { name: "timings", summary: "say how long each stage took" },
  ],
  about: "Reads FILE and all that it imports, resolves and types everything, and reports all findings at once.",
  examples: [
    { command: "gwl check", does: "the gateway in this folder" },
    { command: "gwl check --format github", does: "annotations in a GitHub workflow" },
    { command: "gwl check --format sarif > gwl.sarif", does: "for code scanning" },
  ],
  run: async (input, terminal) => {
    const format = formatOf(input);
    const compiled = await compileFile(input.arguments[0], "check", format, terminal);
    if (!compiled.ok) return compiled.exit;
    const { compilation, file, warnings } = compiled;
    if (input.flags.has("timings")) {
      for (const { step, milliseconds } of compilation.timings)
        terminal.talk(`${step.padEnd(10)} ${milliseconds.toFixed(1).padStart(9)} ms\n`);
    }
    const routes = compilation.ir?.routes.length ?? 0;
    if (format === "text")
      terminal.talk(`${terminal.style("green", "ok")} ${file}: ${routes} route${routes === 1 ? "" : "s"}, no errors\n`);
    return warnings > 0 && lastValue(input, "fail-on") === "warning" ? EXIT.findings : EXIT.ok;
  },
};
