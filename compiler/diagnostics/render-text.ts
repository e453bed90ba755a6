/** Findings for people: what, where with the source, the other party, and what to do. */
import type { Diagnostic, Severity } from "../../grammar/source/diagnostic.ts";
import type { Span } from "../../grammar/source/span.ts";
import { codeFrame, type Mark, marginOf, type Paint } from "./code-frame.ts";
import type { Sources } from "./sources.ts";
import { harmless } from "./text-width.ts";

export type TextPaint = Paint & { readonly severity: Readonly<Record<Severity, (text: string) => string>> };

export function renderText(diagnostics: readonly Diagnostic[], sources: Sources, paint: TextPaint): string {
  return diagnostics.map((diagnostic) => `${renderOne(diagnostic, sources, paint)}\n`).join("\n");
}

/** "2 errors and 1 warning", or the empty text. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const parts = (["error", "warning"] as const).flatMap((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  return parts.join(" and ");
}

function renderOne(diagnostic: Diagnostic, sources: Sources, paint: TextPaint): string {
  const colour = paint.severity[diagnostic.severity];
  const lines = [`${colour(`${diagnostic.severity} ${diagnostic.code}`)}${paint.strong(`: ${harmless(diagnostic.message)}`)}`];
  const marks: readonly Mark[] = [
    { span: diagnostic.span, text: harmless(diagnostic.label ?? ""), isMain: true },
    ...diagnostic.related.map(({ span, message }) => ({ span, text: harmless(message), isMain: false })),
  ];
  const files = [...new Set(marks.map((mark) => mark.span.file))];
  const margin = Math.max(2, ...files.map((file) => marginIn(file, marks, sources)));
  const framePaint: Paint = { ...paint, main: colour };
  for (const file of files) {
    const here = marks.filter((mark) => mark.span.file === file);
    const source = sources.get(file);
    lines.push(
      ...(source === undefined
        ? here.map((mark) => withoutSource(mark.span, mark.text, margin, paint))
        : codeFrame(source, here, margin, framePaint)),
    );
  }
  const pad = " ".repeat(margin + 1);
  if (diagnostic.help !== undefined) lines.push(`${pad}${paint.gutter("=")} help: ${harmless(diagnostic.help)}`);
  return lines.join("\n");
}

function marginIn(file: string, marks: readonly Mark[], sources: Sources): number {
  const source = sources.get(file);
  return source === undefined
    ? 0
    : marginOf(
        source,
        marks.filter((mark) => mark.span.file === file),
      );
}

function withoutSource(span: Span, text: string, margin: number, paint: Paint): string {
  return `${" ".repeat(margin)} ${paint.gutter("╭─")} ${harmless(span.file)}${text === "" ? "" : `: ${text}`}`;
}
