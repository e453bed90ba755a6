/** Takes a generated program through the compiler's front half, as the command line would. */
import { compile } from "../../compiler/index.ts";
import type { Program } from "../../compiler/model/program.ts";
import { renderText, type TextPaint } from "../../compiler/diagnostics/render-text.ts";
import { plain } from "../../compiler/diagnostics/code-frame.ts";
import type { Generated } from "../arbitraries/generated.ts";
import { keysOf } from "../arbitraries/keys.ts";
import { memoryHost } from "./memory-host.ts";

const ROOT = "/project";
const same = (text: string): string => text;
export const UNPAINTED: TextPaint = { ...plain, severity: { error: same, warning: same, note: same } };

/** `program` is absent where the checker found errors; `findings` is what it said. */
export async function checkGenerated(generated: Generated): Promise<{ readonly program?: Program; readonly findings: string }> {
  const keyFiles = generated.identities
    .filter((identity) => identity.keys === "file")
    .map((identity) => [`keys/${identity.name}.json`, JSON.stringify({ keys: keysOf(identity) })]);
  const files: Record<string, string> = { ...generated.files, ...Object.fromEntries(keyFiles) };
  const host = memoryHost(Object.fromEntries(Object.entries(files).map(([path, text]) => [`${ROOT}/${path}`, text])));
  const { value, diagnostics } = await compile(`${ROOT}/${generated.main}`, host, "check");
  const errors = diagnostics.filter((found) => found.severity === "error");
  const findings = renderText(diagnostics, value.sources, UNPAINTED);
  return { ...(errors.length === 0 ? { program: value.program } : {}), findings };
}
