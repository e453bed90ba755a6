import type { Diagnostic } from "../../grammar/source/diagnostic.ts";

/** Findings in reading order: files as they were first seen, then by place, then by code. Equal findings are shown once. */
export function inReadingOrder(diagnostics: readonly Diagnostic[], files: Iterable<string>): readonly Diagnostic[] {
  const rank = new Map<string, number>();
  for (const file of files) rank.set(file, rank.size);
  const rankOf = (diagnostic: Diagnostic): number => rank.get(diagnostic.span.file) ?? rank.size;
  const seen = new Set<string>();
  return [...diagnostics]
    .sort((a, b) => rankOf(a) - rankOf(b) || a.span.start - b.span.start || a.span.end - b.span.end || compare(a.code, b.code))
    .filter((diagnostic) => {
      const key = `${diagnostic.code} ${diagnostic.span.file} ${diagnostic.span.start} ${diagnostic.span.end} ${diagnostic.message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
