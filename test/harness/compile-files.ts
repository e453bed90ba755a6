/** Programs given as texts by path, taken through the real pipeline with a host in memory. */
import { posix } from "node:path";
import { renderText } from "../../compiler/diagnostics/render-text.ts";
import { type Compilation, compile, type Goal } from "../../compiler/index.ts";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import { UNPAINTED } from "./check-generated.ts";
import { memoryHost } from "./memory-host.ts";

const ROOT = "/project/files";

export type CompiledFiles = {
  readonly compilation: Compilation;
  readonly diagnostics: readonly Diagnostic[];
  /** The findings as `gwl check` shows them, without colour. */
  readonly text: string;
};

/** The first of `files` is the main one. Paths are relative to its folder; those that begin with `../` lie outside the project. */
export async function compileFiles(
  files: readonly { readonly file: string; readonly text: string | Uint8Array }[],
  goal: Goal = "check",
): Promise<CompiledFiles> {
  const host = memoryHost(Object.fromEntries(files.map(({ file, text }) => [posix.join(ROOT, file), text])));
  const { value, diagnostics } = await compile(posix.join(ROOT, files[0]?.file ?? ""), host, goal);
  return { compilation: value, diagnostics, text: renderText(diagnostics, value.sources, UNPAINTED) };
}

export function errorsOf({ diagnostics }: CompiledFiles): readonly Diagnostic[] {
  return diagnostics.filter((found) => found.severity === "error");
}
