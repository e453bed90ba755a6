/** Declarations as text, through the real pipeline; for tests of words. The edition is put before the main file. */
import type { Program } from "../../compiler/model/program.ts";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import { compileFiles } from "../harness/compile-files.ts";

export type Declared = {
  readonly program: Program;
  readonly findings: readonly Diagnostic[];
  /** `GWL3701 "10.1.0.0/16": message`, with the underlined text. */
  readonly told: readonly string[];
};

/** `others` are by path below the main file's folder, which is called `main.gwl`. */
export async function declared(text: string, others: Readonly<Record<string, string>> = {}): Promise<Declared> {
  const main = `gwl 1\n${text}`;
  const files = [{ file: "main.gwl", text: main }, ...Object.entries(others).map(([file, content]) => ({ file, text: content }))];
  const { compilation, diagnostics } = await compileFiles(files);
  const texts = new Map(files.map(({ file, text: content }) => [file, content]));
  const told = diagnostics.map(({ code, span, message }) => {
    const under = texts.get(span.file)?.slice(span.start, span.end) ?? "";
    return `${code} ${JSON.stringify(under.split("\n")[0])}: ${message}`;
  });
  return { program: compilation.program, findings: diagnostics, told };
}
