import { positionAt, type Span } from "../../grammar/source/span.ts";
import type { Sources } from "../diagnostics/sources.ts";

/** `file:line` of a span, as people and logs name a place. */
export function placesOf(sources: Sources): (span: Span) => string {
  return (span) => {
    const source = sources.get(span.file);
    return source === undefined ? span.file : `${span.file}:${positionAt(source, span.start).line}`;
  };
}
