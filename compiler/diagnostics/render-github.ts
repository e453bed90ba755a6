/** Findings as GitHub workflow commands: annotations beside the lines of a pull request. */
import type { Diagnostic, Severity } from "../../grammar/source/diagnostic.ts";
import { positionAt } from "../../grammar/source/span.ts";
import type { Sources } from "./sources.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };

export function renderGithub(diagnostics: readonly Diagnostic[], sources: Sources): string {
  return diagnostics.map((diagnostic) => `${annotation(diagnostic, sources)}\n`).join("");
}

function annotation(diagnostic: Diagnostic, sources: Sources): string {
  const source = sources.get(diagnostic.span.file);
  const properties: [string, string][] = [["file", diagnostic.span.file]];
  if (source !== undefined) {
    const start = positionAt(source, diagnostic.span.start);
    const end = positionAt(source, diagnostic.span.end);
    properties.push(["line", String(start.line)], ["endLine", String(end.line)]);
    if (start.line === end.line) properties.push(["col", String(start.column)], ["endColumn", String(end.column)]);
  }
  properties.push(["title", `${diagnostic.code} ${diagnostic.name}`]);
  const message = [
    diagnostic.message,
    ...(diagnostic.label ? [diagnostic.label] : []),
    ...(diagnostic.help ? [`help: ${diagnostic.help}`] : []),
  ].join("\n");
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(",");
  return `::${COMMANDS[diagnostic.severity]} ${list}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
