/** Prints findings in the form that was asked for. What machines read always goes to standard output. */
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import { renderGithub } from "../diagnostics/render-github.ts";
import { renderJson } from "../diagnostics/render-json.ts";
import { renderSarif } from "../diagnostics/render-sarif.ts";
import { countFindings, renderText } from "../diagnostics/render-text.ts";
import type { Sources } from "../diagnostics/sources.ts";
import { paintWith, type Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

export const FORMATS = ["text", "json", "sarif", "github"] as const;
export type Format = (typeof FORMATS)[number];

type Findings = { readonly diagnostics: readonly Diagnostic[]; readonly sources: Sources };

/** `as`: text that is not the command's result goes to standard error. */
export function printFindings({ diagnostics, sources }: Findings, format: Format, as: "result" | "talk", terminal: Terminal): void {
  switch (format) {
    case "text":
      return printText({ diagnostics, sources }, as, terminal);
    case "json":
      return terminal.out(renderJson(diagnostics, sources));
    case "sarif":
      return terminal.out(renderSarif(diagnostics, sources, VERSION));
    case "github":
      return terminal.out(renderGithub(diagnostics, sources));
  }
}

function printText({ diagnostics, sources }: Findings, as: "result" | "talk", terminal: Terminal): void {
  if (diagnostics.length === 0) return;
  const style = as === "result" ? terminal.style : terminal.talkStyle;
  const text = `${renderText(diagnostics, sources, paintWith(style))}\n`;
  const first = diagnostics.find((found) => found.severity === "error") ?? diagnostics[0];
  if (as === "result") terminal.out(text);
  else if (first?.severity === "error") terminal.complain(`the sources have errors\n\n${text.trimEnd()}`);
  else terminal.talk(text);
  const counts = countFindings(diagnostics);
  if (counts !== "") terminal.talk(`${counts}; more about one: gwl explain ${first?.code}\n`);
}
