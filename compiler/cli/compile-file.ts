/** From the FILE of a command line to a compilation, with its findings said. */
import { type Compilation, compile, type Goal } from "../index.ts";
import type { CommandInput } from "./command.ts";
import { lastValue, type Option } from "./command.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { findMainFile } from "./main-file.ts";
import { nodeHost } from "./node-host.ts";
import { FORMATS, type Format, printFindings } from "./report.ts";
import type { Terminal } from "./terminal.ts";

export const FORMAT_OPTION: Option = {
  name: "format",
  value: "FORMAT",
  choices: FORMATS,
  summary: "how findings are printed (default: text)",
};

/** `exit` is set where there is nothing to go on with. */
export type Compiled =
  | { readonly ok: true; readonly compilation: Compilation; readonly file: string; readonly warnings: number }
  | { readonly ok: false; readonly exit: ExitCode };

export function formatOf(input: CommandInput): Format {
  return FORMATS.find((format) => format === lastValue(input, "format")) ?? "text";
}

/** Stops where there are errors; warnings are said and do not stop. */
export async function compileFile(given: string | undefined, goal: Goal, format: Format, terminal: Terminal): Promise<Compiled> {
  const main = findMainFile(terminal.cwd, given);
  if (!main.ok) {
    terminal.talk(`gwl: ${main.message}\n`);
    return { ok: false, exit: EXIT.usage };
  }
  const { value, diagnostics } = await compile(main.path, nodeHost(terminal.cwd), goal, (step) =>
    terminal.progress(`${main.path}: ${step}`),
  );
  terminal.progress(undefined);
  printFindings(diagnostics, value.sources, format, terminal);
  if (diagnostics.some((found) => found.severity === "error")) return { ok: false, exit: EXIT.findings };
  return { ok: true, compilation: value, file: main.path, warnings: diagnostics.filter((found) => found.severity === "warning").length };
}
