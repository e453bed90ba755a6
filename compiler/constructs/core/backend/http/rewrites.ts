/** `rewrite { "/shop": "/" }`: beginnings of paths, in whole segments, that servers know by another name. */
import type { Block, Entry } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../../check/context.ts";
import type { HttpBackend } from "../../../../model/program.ts";
import { canonicalSegment } from "../../../access/path/canonical-segment.ts";
import { rewriteForm } from "./http.diagnostics.ts";

type Rewrite = NonNullable<HttpBackend["rewrites"]>[number];

/** The longest first. */
export function readRewrites(block: Block, context: CheckContext): readonly Rewrite[] {
  const seen = new Set<string>();
  const rewrites = block.entries.flatMap((entry) => {
    const rewrite = readRewrite(entry, context);
    if (rewrite === undefined) return [];
    if (seen.has(rewrite[0])) context.report(finding(rewriteForm, entry.span, { written: rewrite[0], why: "it is written twice" }));
    seen.add(rewrite[0]);
    return [rewrite];
  });
  return rewrites.toSorted(([left], [right]) => right.length - left.length);
}

function readRewrite(entry: Entry, context: CheckContext): Rewrite | undefined {
  const refuse = (span: Span, written: string, why: string): undefined => {
    context.report(finding(rewriteForm, span, { written, why }));
    return undefined;
  };
  const [value, ...more] = entry.kind === "setting" ? entry.value.terms : [];
  if (entry.kind !== "setting" || entry.key.kind !== "text" || value?.kind !== "text" || more.length > 0)
    return refuse(entry.span, context.written(entry.span, 40), 'it is not `"/FROM": "/TO"`');
  for (const { value: path, span } of [entry.key, value]) {
    const why = pathProblem(path);
    if (why !== undefined) return refuse(span, path, why);
  }
  return [entry.key.value, value.value];
}

/** Requests come in canonical form, so nothing else ever fits. */
function pathProblem(path: string): string | undefined {
  if (!path.startsWith("/")) return "it does not start with `/`";
  if (path === "/") return undefined;
  for (const segment of path.slice(1).split("/")) {
    if (segment === "") return "it has an empty segment, or a slash at its end";
    if (/[{}]/.test(segment)) return "it has a parameter";
    const canonical = canonicalSegment(segment);
    if (canonical.kind === "impossible") return canonical.why;
    if (canonical.text !== segment) return `requests have it as \`${canonical.text}\``;
  }
  return undefined;
}
