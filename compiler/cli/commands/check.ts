/** `gwl check`: says what is wrong, and builds nothing. */
import { type Command, type CommandInput, lastValue } from "../command.ts";
import { type CompileRequest, compileFile, FORMAT_OPTION, formatOf } from "../compile-file.ts";
import { EXIT } from "../exit-codes.ts";
import { printTimings } from "../print-timings.ts";
import { stdinHost } from "../stdin-host.ts";
import type { Terminal } from "../terminal.ts";

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
    { name: "stdin-path", value: "PATH", summary: "with `-` as FILE: the file that the text from standard input stands for" },
  ],
  about: "Reads FILE and all that it imports, resolves and types everything, and reports all findings at once.",
  examples: [
    { command: "gwl check", does: "the gateway in this folder" },
    { command: "gwl check --format github", does: "annotations in a GitHub workflow" },
    { command: "gwl check --format sarif > gwl.sarif", does: "for code scanning" },
    { command: "gwl check - --stdin-path a.gwl < draft", does: "what is not saved yet" },
  ],
  run: async (input, terminal) => {
    const format = formatOf(input);
    const compiled = await compileFile({ ...(await sourceOf(input, terminal)), goal: "check", format, findings: "result" }, terminal);
    if (!compiled.ok) return compiled.exit;
    const { compilation, file, warnings } = compiled;
    if (input.flags.has("timings")) printTimings(compilation.timings, terminal);
    if (warnings > 0 && lastValue(input, "fail-on") === "warning") return EXIT.findings;
    const count = compilation.ir?.routes.length;
    const size = count === undefined ? "a library without a gateway" : `${count} route${count === 1 ? "" : "s"}`;
    if (format === "text") terminal.talk(`${terminal.talkStyle("green", "ok")} ${file}: ${size}, no errors\n`);
    return EXIT.ok;
  },
};

/** A file, or the standard input as one. */
async function sourceOf(input: CommandInput, terminal: Terminal): Promise<Pick<CompileRequest, "file" | "host" | "isUnsaved">> {
  const [file] = input.arguments;
  if (file !== "-") return { file };
  const path = lastValue(input, "stdin-path") ?? "gateway.gwl";
  return { file: path, host: stdinHost(terminal.cwd, path, await terminal.input()), isUnsaved: true };
}
