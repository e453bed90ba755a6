/** Prints findings in the form that was asked for: the result to standard output, the count of text findings to standard error. */
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import { renderGithub } from "../diagnostics/render-github.ts";
import { renderJson } from "../diagnostics/render-json.ts";
import { renderSarif } from "../diagnostics/render-sarif.ts";
import { countFindings, renderText } from "../diagnostics/render-text.ts";
import type { Sources } from "../diagnostics/sources.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

export const FORMATS = ["text", "json", "sarif", "github"] as const;
export type Format = (typeof FORMATS)[number];

export function printFindings(diagnostics: readonly Diagnostic[], sources: Sources, format: Format, terminal: Terminal): void {
  switch (format) {
    case "text":
      return printText(diagnostics, sources, terminal);
    case "json":
      return terminal.out(renderJson(diagnostics, sources));
    case "sarif":
      return terminal.out(renderSarif(diagnostics, sources, VERSION));
    case "github":
      return terminal.out(renderGithub(diagnostics, sources));
  }
}

function printText(diagnostics: readonly Diagnostic[], sources: Sources, terminal: Terminal): void {
  if (diagnostics.length === 0) return;
  terminal.out(`${renderText(diagnostics, sources, terminal.paint)}\n`);
  const counts = countFindings(diagnostics);
  const first = diagnostics.find((found) => found.severity === "error") ?? diagnostics[0];
  if (counts !== "") terminal.talk(`${counts}; more about one: gwl explain ${first?.code}\n`);
}
