/** Findings as SARIF 2.1.0 (OASIS), which code scanning services read. Files are relative to the folder that the run was started in. */
import type { Diagnostic, Fix, Severity } from "../../grammar/source/diagnostic.ts";
import { positionAt, type Span } from "../../grammar/source/span.ts";
import type { Sources } from "./sources.ts";

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "note" };

export function renderSarif(diagnostics: readonly Diagnostic[], sources: Sources, version: string): string {
  const rules = [...new Map(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic])).values()];
  const indexOf = new Map(rules.map((rule, index) => [rule.code, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "gwl", semanticVersion: version, rules: rules.map(rule) } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.code,
          ruleIndex: indexOf.get(diagnostic.code) ?? 0,
          level: LEVELS[diagnostic.severity],
          message: { text: [diagnostic.message, ...(diagnostic.help ? [`Help: ${diagnostic.help}`] : [])].join(". ") },
          locations: [{ physicalLocation: location(diagnostic.span, sources) }],
          relatedLocations: diagnostic.related.map(({ span, message }, id) => ({
            id,
            physicalLocation: location(span, sources),
            message: { text: message },
          })),
          ...(diagnostic.fixes.length === 0 ? {} : { fixes: diagnostic.fixes.map((fix) => sarifFix(fix, sources)) }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(diagnostic: Diagnostic): object {
  return {
    id: diagnostic.code,
    name: diagnostic.name,
    shortDescription: { text: diagnostic.name.replaceAll("-", " ") },
    help: { text: `Run \`gwl explain ${diagnostic.code}\` for the page about it.` },
    defaultConfiguration: { level: LEVELS[diagnostic.severity] },
  };
}

function location(span: Span, sources: Sources): object {
  const source = sources.get(span.file);
  return { artifactLocation: { uri: encodeURI(span.file) }, ...(source === undefined ? {} : { region: region(span, source) }) };
}

function region(span: Span, source: Parameters<typeof positionAt>[0]): object {
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function sarifFix(fix: Fix, sources: Sources): object {
  const files = [...new Set(fix.edits.map((edit) => edit.span.file))];
  return {
    description: { text: fix.title },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: encodeURI(file) },
      replacements: fix.edits
        .filter((edit) => edit.span.file === file)
        .flatMap((edit) => {
          const source = sources.get(file);
          return source === undefined ? [] : [{ deletedRegion: region(edit.span, source), insertedContent: { text: edit.text } }];
        }),
    })),
  };
}
