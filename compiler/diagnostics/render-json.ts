/** Findings for programs. The form is frozen by `format`; lines and columns count from 1, columns in UTF-16 units, ends are exclusive. */
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import { positionAt, type Span } from "../../grammar/source/span.ts";
import type { Sources } from "./sources.ts";

export function renderJson(diagnostics: readonly Diagnostic[], sources: Sources): string {
  const count = (severity: Diagnostic["severity"]): number => diagnostics.filter((found) => found.severity === severity).length;
  const report = {
    format: "gwl-diagnostics/1",
    errors: count("error"),
    warnings: count("warning"),
    diagnostics: diagnostics.map((diagnostic) => ({
      code: diagnostic.code,
      name: diagnostic.name,
      severity: diagnostic.severity,
      message: diagnostic.message,
      ...region(diagnostic.span, sources),
      ...(diagnostic.label === undefined ? {} : { label: diagnostic.label }),
      ...(diagnostic.help === undefined ? {} : { help: diagnostic.help }),
      related: diagnostic.related.map(({ span, message }) => ({ message, ...region(span, sources) })),
      fixes: diagnostic.fixes.map(({ title, edits }) => ({
        title,
        edits: edits.map(({ span, text }) => ({ ...region(span, sources), text })),
      })),
      tags: diagnostic.tags,
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Where a span lies; without its source only the file is known. */
function region(span: Span, sources: Sources): object {
  const source = sources.get(span.file);
  if (source === undefined) return { file: span.file };
  return {
    file: span.file,
    start: { ...positionAt(source, span.start), offset: span.start },
    end: { ...positionAt(source, span.end), offset: span.end },
  };
}
