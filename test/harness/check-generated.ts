/** Takes a generated program through the compiler's front half, as the command line would. */
import { type Compilation, compile } from "../../compiler/index.ts";
import { renderText, type TextPaint } from "../../compiler/diagnostics/render-text.ts";
import { plain } from "../../compiler/diagnostics/code-frame.ts";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import type { Generated } from "../arbitraries/generated.ts";
import { keysOf } from "../arbitraries/keys.ts";
import { memoryHost } from "./memory-host.ts";

const ROOT = "/project";
const same = (text: string): string => text;
export const UNPAINTED: TextPaint = { ...plain, severity: { error: same, warning: same, note: same } };

export type CheckedProgram = {
  readonly compilation: Compilation;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the checker found no error. */
  readonly isGood: boolean;
  /** What it said, as `gwl check` shows it. */
  readonly findings: () => string;
};

export async function checkGenerated(generated: Generated): Promise<CheckedProgram> {
  const files = { ...generated.files, ...keyFiles(generated) };
  const host = memoryHost(Object.fromEntries(Object.entries(files).map(([path, text]) => [`${ROOT}/${path}`, text])));
  const { value, diagnostics } = await compile(`${ROOT}/${generated.main}`, host, "check");
  return {
    compilation: value,
    diagnostics,
    isGood: !diagnostics.some((found) => found.severity === "error"),
    findings: () => renderText(diagnostics, value.sources, UNPAINTED),
  };
}

/** The public keys of identities that read them from files, by path. */
export function keyFiles({ identities }: Generated): Readonly<Record<string, string>> {
  const read = identities.filter((identity) => identity.keys === "file");
  return Object.fromEntries(read.map((identity) => [`keys/${identity.name}.json`, JSON.stringify({ keys: keysOf(identity) })]));
}
