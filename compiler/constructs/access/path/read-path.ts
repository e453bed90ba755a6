/**
 * The paths of apis, groups and routes: `"/{id: OrderId}/items/{rest: Rest}"`. Promises: spans point inside the quotes; what comes
 * out is canonical, so that a request's path can be compared with it as it is.
 */
import type { TextNode } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Shape } from "../../../check/expressions/place.ts";
import type { Segment } from "../../../model/program.ts";
import { canonicalSegment } from "./canonical-segment.ts";
import {
  duplicateParameter,
  impossibleSegment,
  looksLikeParameter,
  pathNotCanonical,
  queryInPath,
  restNotLast,
} from "./path.diagnostics.ts";
import { readParameter } from "./path-parameter.ts";
import { splitPath, type RawSegment } from "./split-path.ts";

export type PathRead = { readonly segments: readonly Segment[]; readonly parameters: readonly Shape[] };

/** `around` are the parameters of the levels around; `mayEndOpen`: a route may end in `Rest`. Undefined after a finding. */
export function readPath(node: TextNode, around: readonly Shape[], mayEndOpen: boolean, context: CheckContext): PathRead | undefined {
  if (!isWellFormed(node, context)) return undefined;
  const raw = splitPath(node.value);
  const segments: Segment[] = [];
  const parameters: Shape[] = [];
  for (const [at, part] of raw.entries()) {
    const segment = readSegment(part, node, context);
    if (segment === undefined) return undefined;
    segments.push(segment);
    if (segment.kind === "literal") continue;
    const span = spanInside(node, part.start, part.start + part.text.length);
    const first = [...around, ...parameters].find((known) => known.name === segment.name);
    if (first !== undefined) {
      const related = first.declared === undefined ? [] : [{ span: first.declared, message: "the first is here" }];
      context.report(finding(duplicateParameter, span, { name: segment.name }, related));
      return undefined;
    }
    parameters.push({ name: segment.name, type: segment.kind === "rest" ? { kind: "string" } : segment.type, declared: span });
    if (segment.kind === "rest" && !(mayEndOpen && at === raw.length - 1)) {
      context.report(finding(restNotLast, span, { name: segment.name }));
      return undefined;
    }
  }
  return { segments, parameters };
}

/** Whether the path is written in its canonical form; says which that would be. Segments that cannot be are left to `readSegment`. */
function isWellFormed(node: TextNode, context: CheckContext): boolean {
  const raw = splitPath(node.value);
  const query = raw.find(({ text }) => !text.includes("{") && text.includes("?"));
  if (query !== undefined) {
    const start = query.start + query.text.indexOf("?");
    context.report(finding(queryInPath, spanInside(node, start, node.value.length), { query: node.value.slice(start) }));
    return false;
  }
  const parts = raw.map(({ text }) => (isParameter(text) ? { kind: "segment" as const, text } : canonicalSegment(text)));
  if (parts.some((part) => part.kind === "impossible")) return true;
  const canonical = `/${parts
    .flatMap((part) => (part.kind === "segment" ? part.text : []))
    .filter((text) => text !== "")
    .join("/")}`;
  if (canonical === node.value) return true;
  context.report(finding(pathNotCanonical, node.span, { written: node.value, canonical }));
  return false;
}

function readSegment(part: RawSegment, node: TextNode, context: CheckContext): Segment | undefined {
  if (isParameter(part.text))
    return readParameter(part.text, (start, end) => spanInside(node, part.start + start, part.start + end), context);
  const canonical = canonicalSegment(part.text);
  const span = spanInside(node, part.start, part.start + part.text.length);
  if (canonical.kind === "segment") {
    const instead = parameterMeantBy(canonical.text);
    if (instead !== undefined) context.report(finding(looksLikeParameter, span, { segment: canonical.text, instead }));
    return { kind: "literal", text: canonical.text };
  }
  context.report(finding(impossibleSegment, span, { segment: part.text, why: canonical.why }));
  return undefined;
}

/** What other routers write `:id` and `*` for. */
function parameterMeantBy(text: string): string | undefined {
  const [, name] = /^:([A-Za-z_][A-Za-z0-9_]*)$/.exec(text) ?? [];
  if (name !== undefined) return `{${name}}`;
  return text === "*" || text === "**" ? "{rest: Rest}" : undefined;
}

/** Anything with a brace is meant as one. */
function isParameter(text: string): boolean {
  return /[{}]/.test(text);
}

/** Where escapes stand in the literal, offsets in its value say nothing: then the whole literal. */
function spanInside({ span, value }: TextNode, start: number, end: number): Span {
  const isPlain = span.end - span.start === value.length + 2;
  return isPlain ? { file: span.file, start: span.start + 1 + start, end: span.start + 1 + end } : span;
}
