/** From the FILE of a command line to a compilation, with its findings said. */
import type { CompilerHost } from "../host.ts";
import type { Compilation, Goal } from "../index.ts";
import { type CommandInput, lastValue, type Option } from "./command.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { findMainFile, type MainFile } from "./main-file.ts";
import { nodeHost } from "./node-host.ts";
import { FORMATS, type Format, printFindings } from "./report.ts";
import { type PlaceOf, placesOf, shownFiles, sourcesShown, withShownFiles } from "./shown-files.ts";
import type { Terminal } from "./terminal.ts";

export const FORMAT_OPTION: Option = {
  name: "format",
  value: "FORMAT",
  choices: FORMATS,
  summary: "how findings are printed (default: text)",
};

export type CompileRequest = {
  /** As given on the command line. */
  readonly file: string | undefined;
  readonly goal: Goal;
  readonly format: Format;
  /** Whether findings are what the command was run for, or in the way of it. */
  readonly findings: "result" | "talk";
  /** Instead of plain disk. */
  readonly host?: CompilerHost;
  /** FILE is what `host` says it is, whether the disk has it or not. */
  readonly isUnsaved?: boolean;
};

/** `exit` is set where there is nothing to go on with. */
export type Compiled =
  | {
      readonly ok: true;
      readonly compilation: Compilation;
      readonly file: string;
      readonly warnings: number;
      /** Where a span lies, as seen from where the command ran. */
      readonly placeOf: PlaceOf;
    }
  | { readonly ok: false; readonly exit: ExitCode };

export function formatOf(input: CommandInput): Format {
  return FORMATS.find((format) => format === lastValue(input, "format")) ?? "text";
}

/** Stops where there are errors; warnings are said and do not stop. */
export async function compileFile(request: CompileRequest, terminal: Terminal): Promise<Compiled> {
  const main: MainFile = request.isUnsaved === true ? { ok: true, path: request.file ?? "" } : findMainFile(terminal.cwd, request.file);
  if (!main.ok) {
    terminal.complain(main.message);
    return { ok: false, exit: EXIT.usage };
  }
  const { path } = main;
  terminal.progress(path);
  const { compile } = await import("../index.ts");
  const host = request.host ?? nodeHost(terminal.cwd);
  const { value, diagnostics } = await compile(path, host, request.goal, (step) => terminal.progress(`${path}: ${step}`));
  terminal.progress(undefined);
  const nameOf = shownFiles(terminal.cwd, path, value.sources);
  const count = (severity: string): number => diagnostics.filter((found) => found.severity === severity).length;
  const errors = count("error");
  const isSaid = request.findings === "result" || request.format === "text" || errors > 0;
  if (isSaid) {
    const shown = { diagnostics: withShownFiles(diagnostics, nameOf), sources: sourcesShown(value.sources, nameOf) };
    printFindings(shown, request.format, request.findings, terminal);
  }
  if (errors > 0) return { ok: false, exit: EXIT.findings };
  return { ok: true, compilation: value, file: path, warnings: count("warning"), placeOf: placesOf(value.sources, nameOf) };
}
