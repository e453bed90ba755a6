/**
 * Findings name files from the main file's folder, so that the same sources give the same text everywhere. People, editors and
 * annotations look from where the command ran: this is the way from one to the other. Changes names, nothing else.
 */
import { realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import { positionAt, type Span } from "../../grammar/source/span.ts";
import type { Sources } from "../diagnostics/sources.ts";
import { shownPath } from "./main-file.ts";

export type ShownFiles = (file: string) => string;

/** For a compilation of `main`, a path seen from `cwd`. */
export function shownFiles(cwd: string, main: string, sources: Sources): ShownFiles {
  const folder = dirname(realPath(resolve(cwd, main)));
  return (file) => (sources.has(file) ? shownPath(realPath(cwd), join(folder, file)).replaceAll("\\", "/") : file);
}

export function withShownFiles(diagnostics: readonly Diagnostic[], nameOf: ShownFiles): readonly Diagnostic[] {
  const at = (span: Span): Span => ({ ...span, file: nameOf(span.file) });
  return diagnostics.map((found) => ({
    ...found,
    span: at(found.span),
    related: found.related.map((related) => ({ ...related, span: at(related.span) })),
    fixes: found.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, span: at(edit.span) })) })),
  }));
}

export function sourcesShown(sources: Sources, nameOf: ShownFiles): Sources {
  return new Map([...sources].map(([file, source]) => [nameOf(file), { ...source, file: nameOf(file) }]));
}

/** `file:line` of a span that still has the compilation's name. */
export type PlaceOf = (span: Span) => string;

export function placesOf(sources: Sources, nameOf: ShownFiles): PlaceOf {
  return (span) => {
    const source = sources.get(span.file);
    return source === undefined ? span.file : `${nameOf(span.file)}:${positionAt(source, span.start).line}`;
  };
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
