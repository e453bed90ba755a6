/** The piece of a limit, and what levels make of their pieces. */
import type { Statement } from "../../../grammar/ast.ts";
import { spanning } from "../../../grammar/source/span.ts";
import type { CheckContext } from "../../check/context.ts";
import type { LimitKey, TrafficLimit } from "../../model/program.ts";
import type { Measure } from "../../model/traffic.ts";
import type { Shared } from "./read-shared.ts";
import { piecesOf, type Piece, type PieceOf } from "../piece.ts";

/** What makes a second limit the same one. */
export function sortOf(measure: Measure): string {
  return measure.kind === "quota" ? `\`quota\` by the ${measure.window}` : `\`${measure.kind}\``;
}

type Further = { readonly by: LimitKey | undefined; readonly shared: Shared | undefined };

export function limitPiece(statement: Statement, measure: Measure, { by, shared }: Further, context: CheckContext): Piece {
  const { span } = statement;
  const key = by === undefined ? "" : ` by \`${context.written(by.expr.span)}\``;
  const site = context.site({ kind: "limit", span });
  const limit = { site, measure, ...(by === undefined ? {} : { by }), ...(shared === undefined ? {} : { shared }), span };
  return { kind: "traffic", limit, written: `${sortOf(measure)}${key}`, span: spanning(statement.word.span, span) };
}

/** `owner` is for those who read answers, `place` tells all places apart. Limits of one kind have numbers from the second on. */
export function limitsOf(pieces: readonly PieceOf<"traffic">[], owner: string, place: string): readonly TrafficLimit[] {
  return pieces.map(({ limit: { shared, ...limit }, written }, at) => {
    const { kind } = limit.measure;
    const number = pieces.slice(0, at).filter((other) => other.limit.measure.kind === kind).length + 1;
    const name = `${owner}-${kind}${number === 1 ? "" : `-${number}`}`;
    return { ...limit, name, ...(shared === undefined ? {} : { shared: { ...shared, id: `${place} ${written}` } }) };
  });
}

export function trafficPieces(pieces: readonly Piece[]): readonly PieceOf<"traffic">[] {
  return piecesOf(pieces, "traffic");
}
