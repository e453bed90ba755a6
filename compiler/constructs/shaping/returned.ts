/** `returns` and `map response body` of a route, put together. Promises: what is read has one type, and somebody sends it. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Backend, Route } from "../../model/program.ts";
import { onlyOne } from "../access/assemble-scope.ts";
import { statedTwice } from "../access/access.diagnostics.ts";
import { piecesOf, type Piece, type PieceOf } from "../piece.ts";
import { answerReadNowhere, answersMappedTwice } from "./shaping.diagnostics.ts";

/** `backend`: absent where the route answers itself. */
export function returnedBy(pieces: readonly Piece[], backend: Backend | undefined, context: CheckContext): Pick<Route, "returned"> {
  const stated = piecesOf(pieces, "returns");
  const map = onlyOne(pieces, "mapAnswer", "`map response body`", context);
  const [first] = [...stated, ...(map === undefined ? [] : [map])];
  if (first === undefined) return {};
  const why = unread(backend);
  if (why !== undefined) context.report(finding(answerReadNowhere, first.span, { why }));
  reportRepeats(stated, context);
  const own = stated.find(({ returned: { least, most } }) => least === most && least < 300);
  if (map !== undefined && own !== undefined) context.report(finding(answersMappedTwice, own.span, { status: own.returned.least }));
  const types = stated.map(({ returned }) => returned).sort((left, right) => left.most - left.least - (right.most - right.least));
  return { returned: { types, ...(map === undefined || map.value.type.kind === "poison" ? {} : { map: map.value }) } };
}

function unread(backend: Backend | undefined): string | undefined {
  if (backend === undefined) return "the route answers by itself";
  if (backend.kind === "websocket") return `connections to \`${backend.name}\` are upgraded`;
  if (backend.kind === "respond") return `\`${backend.name}\` answers without a server`;
  return backend.kind === "lambda" && backend.stream ? `answers of \`${backend.name}\` pass while they come` : undefined;
}

function reportRepeats(stated: readonly PieceOf<"returns">[], context: CheckContext): void {
  for (const [at, { returned, span }] of stated.entries()) {
    const before = stated.slice(0, at).find((one) => one.returned.least === returned.least && one.returned.most === returned.most);
    if (before === undefined) continue;
    const what = `what answers ${returned.least === returned.most ? `with ${returned.least}` : "of this kind"} are`;
    context.report(finding(statedTwice, span, { what }, [{ span: before.span, message: "first stated here" }]));
  }
}
