/** The piece of a limit, and what levels make of their pieces. */
import type { Statement } from "../../../grammar/ast.ts";
import { spanning } from "../../../grammar/source/span.ts";
import type { CheckContext } from "../../check/context.ts";
import type { LimitKey, TrafficLimit } from "../../model/program.ts";
import type { Measure } from "../../model/traffic.ts";
import { piecesOf, type Piece, type PieceOf } from "../piece.ts";

/** What makes a second limit the same one. */
export function sortOf(measure: Measure): string {
  return measure.kind === "quota" ? `\`quota\` by the ${measure.window}` : `\`${measure.kind}\``;
}

export function limitPiece(statement: Statement, measure: Measure, by: LimitKey | undefined, context: CheckContext): Piece {
  const { span } = statement;
  const key = by === undefined ? "" : ` by \`${context.written(by.expr.span)}\``;
  const limit = { site: context.site({ kind: "limit", span }), measure, ...(by === undefined ? {} : { by }), span };
  return { kind: "traffic", limit, written: `${sortOf(measure)}${key}`, span: spanning(statement.word.span, span) };
}

/** `owner` says where they stand. Limits of one kind have numbers from the second on. */
export function limitsOf(pieces: readonly PieceOf<"traffic">[], owner: string): readonly TrafficLimit[] {
  return pieces.map(({ limit }, at) => {
    const { kind } = limit.measure;
    const number = pieces.slice(0, at).filter((other) => other.limit.measure.kind === kind).length + 1;
    return { ...limit, name: `${owner}-${kind}${number === 1 ? "" : `-${number}`}` };
  });
}

export function trafficPieces(pieces: readonly Piece[]): readonly PieceOf<"traffic">[] {
  return piecesOf(pieces, "traffic");
}
