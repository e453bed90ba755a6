/** What a level says of all its answers. Promises: each kind of refusal once. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Scope } from "../../model/program.ts";
import { statedTwice } from "../access/access.diagnostics.ts";
import { piecesOf, type Piece } from "../piece.ts";

export function everyAnswerOf(pieces: readonly Piece[], context: CheckContext): Pick<Scope, "compress" | "refusals" | "securityHeaders"> {
  const refusals = piecesOf(pieces, "refusal");
  const headers = piecesOf(pieces, "securityHeaders");
  const compress = piecesOf(pieces, "compress");
  const stated = [
    ...refusals.map(({ form, span }) => ({ what: `the answer \`${form.kind.replaceAll("-", "_")}\``, span })),
    ...compress.map(({ span }) => ({ what: "`compress`", span })),
    ...headers.map(({ span }) => ({ what: "`security_headers`", span })),
  ];
  for (const [at, { what, span }] of stated.entries()) {
    const first = stated.findIndex((other) => other.what === what);
    const before = stated[first];
    if (before === undefined || first === at) continue;
    context.report(finding(statedTwice, span, { what }, [{ span: before.span, message: "first stated here" }]));
  }
  return {
    ...(refusals.length === 0 ? {} : { refusals: refusals.map(({ form }) => form) }),
    ...(compress[0] === undefined ? {} : { compress: compress[0].compress }),
    ...(headers[0] === undefined ? {} : { securityHeaders: headers[0].headers }),
  };
}
