/**
 * A path that a backend gets, as the program writes it: `"/v2/orders/{id}"`. Promises: it is canonical whatever callers send; a parameter is a whole segment
 * and stays one.
 */
import type { TextNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { didYouMean } from "../../check/did-you-mean.ts";
import type { Expr } from "../../model/expression.ts";
import type { PathPart } from "../../model/program.ts";
import { parametersAround } from "../access/level-around.ts";
import { canonicalSegment } from "../access/path/canonical-segment.ts";
import { splitPath } from "../access/path/split-path.ts";
import { rewrittenPath, unknownPathParameter } from "./shaping.diagnostics.ts";

/** Parameters that a path has beside those of the route: texts, by name. */
export type OwnSegments = ReadonlyMap<string, Expr>;

/** Undefined: it is none, which is reported. */
export function readBackendPath(
  node: TextNode,
  context: CheckContext,
  around: Around,
  own: OwnSegments = nothing,
): readonly PathPart[] | undefined {
  if (!node.value.startsWith("/")) {
    context.report(finding(rewrittenPath, node.span, { written: node.value, why: "it does not begin with `/`" }));
    return undefined;
  }
  const parts = splitPath(node.value).map(({ text }, at, all) => readPart(text, at === all.length - 1, { node, context, around, own }));
  const path = parts.flatMap((part) => part ?? []);
  return path.length < parts.length ? undefined : path;
}

const nothing: OwnSegments = new Map();

type Written = { readonly node: TextNode; readonly context: CheckContext; readonly around: Around; readonly own: OwnSegments };

function readPart(text: string, isLast: boolean, written: Written): PathPart | undefined {
  const { node, context } = written;
  const name = /^\{([^{}]*)\}$/.exec(text)?.[1];
  if (name !== undefined) return readParameter(name, isLast, written);
  const canonical = canonicalSegment(text);
  const why =
    canonical.kind === "impossible"
      ? canonical.why
      : text === ""
        ? "it has an empty segment"
        : canonical.text === text && !/[{}?#;]/.test(text)
          ? undefined
          : `\`${text}\` is not in canonical form; a parameter is a whole segment`;
  if (why === undefined) return { kind: "literal", text };
  context.report(finding(rewrittenPath, node.span, { written: node.value, why }));
  return undefined;
}

function readParameter(name: string, isLast: boolean, { node, context, around, own }: Written): PathPart | undefined {
  const value = own.get(name);
  if (value !== undefined) return { kind: "param", value };
  const parameters = parametersAround(around);
  const found = parameters.find((parameter) => parameter.name === name);
  if (found === undefined) {
    const known = [...parameters.map((parameter) => parameter.name), ...own.keys()];
    context.report(finding(unknownPathParameter, node.span, { name, meant: didYouMean(name, known), known }));
    return undefined;
  }
  const isRest = around.path.some((segment) => segment.kind === "rest" && segment.name === name);
  if (isRest && !isLast) {
    context.report(
      finding(rewrittenPath, node.span, { written: node.value, why: `\`{${name}}\` is the rest of the path, so nothing can follow` }),
    );
    return undefined;
  }
  return { kind: isRest ? "rest" : "param", value: { op: "pathParam", name, type: found.type, span: node.span } };
}
