/** `compose` and what stands beside it on a route, put together. Promises: nothing beside it is ignored. */
import type { NameNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Composed, ComposedPart } from "../../model/composed.ts";
import type { RouteMethod } from "../../model/program.ts";
import type { Field } from "../../model/types.ts";
import { onlyOne } from "../access/assemble-scope.ts";
import { piecesOf, type Piece, type PieceOf } from "../piece.ts";
import { sum } from "./compose.ts";
import { besideCompose, composedMethod } from "./compose.diagnostics.ts";

/** What an answer may have beside its parts: their names, and what a mapping adds. */
const MORE = 64 * 1024;

/** `backend`: what stands behind `->`. Undefined: the route has no such answer, or there is nothing sensible left of it. */
export function composedBy(
  pieces: readonly Piece[],
  method: RouteMethod,
  backend: NameNode | undefined,
  context: CheckContext,
): Composed | undefined {
  const compose = onlyOne(pieces, "compose", "`compose`", context);
  if (compose === undefined) return undefined;
  if (method !== "GET") context.report(finding(composedMethod, compose.span, { method }));
  if (backend !== undefined)
    context.report(
      finding(besideCompose, backend.span, { what: `\`-> ${backend.name}\``, instead: "remove it, or make this backend one of the parts" }),
    );
  reportBeside(pieces, compose, context);
  const map = onlyOne(pieces, "mapAnswer", "`map response body`", context);
  const { parts } = compose;
  const fields = parts.map(fieldOf);
  const mapped = map === undefined || map.value.type.kind === "poison" ? {} : { map: map.value };
  return { parts, type: { kind: "record", fields }, ...mapped, bytes: sum(parts) + MORE };
}

function fieldOf({ name, type, dispensable }: ComposedPart): Field {
  return { name, type: dispensable === "never" ? type : { kind: "optional", type } };
}

function reportBeside(pieces: readonly Piece[], { span }: PieceOf<"compose">, context: CheckContext): void {
  const declared = [{ span, message: "the parts" }];
  for (const piece of piecesOf(pieces, "returns"))
    context.report(
      finding(besideCompose, piece.span, { what: "`returns`", instead: "say the type of each part, behind its backend" }, declared),
    );
  for (const piece of piecesOf(pieces, "rewrite"))
    context.report(finding(besideCompose, piece.span, { what: "`rewrite path`", instead: "write the path of each part" }, declared));
  for (const piece of piecesOf(pieces, "respond"))
    context.report(finding(besideCompose, piece.span, { what: "`respond`", instead: "remove it, or the parts" }, declared));
}
