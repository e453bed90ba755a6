/** The statements of one level put together. Promises: what may be said once is there once; a second one is reported with the first. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Scope, TagValue } from "../../model/program.ts";
import { everyAnswerOf } from "../shaping/every-answer.ts";
import { piecesOf, type Piece, type PieceOf } from "../piece.ts";
import { limitsOf, trafficPieces } from "../traffic/limit-piece.ts";
import { statedTwice } from "./access.diagnostics.ts";

/** `owner`: what limits of this level are called after; `place`: what no other level is called. */
export function assembleScope(
  pieces: readonly Piece[],
  head: { readonly span: Span; readonly doc: string | undefined; readonly owner: string; readonly place?: string },
  context: CheckContext,
): Scope {
  const accept = onlyOne(pieces, "accept", "`accept`", context);
  const access = piecesOf(pieces, "access");
  const transforms = piecesOf(pieces, "transform");
  const traffic = trafficPieces(pieces);
  reportRepeats(traffic, ({ written }) => written, context);
  reportRepeats(access, ({ statement }) => (statement.kind === "public" ? "`public`" : undefined), context);
  reportRepeats(
    transforms.flatMap((piece) => piece.transforms.map(({ on, name }) => ({ ...piece, on, name }))),
    ({ on, name }) => (on === "query" ? `the query name \`${name}\`` : `the ${on} header \`${name}\``),
    context,
  );
  return {
    ...(accept === undefined ? {} : { accept: accept.callers }),
    ...corsOf(pieces, context),
    ...everyAnswerOf(pieces, context),
    ...decompressionOf(pieces, context),
    ...deprecationOf(pieces, transforms, context),
    tags: tagsOf(pieces, context),
    access: access.map((piece) => piece.statement),
    transforms: transforms.flatMap((piece) => piece.transforms),
    ...(traffic.length === 0 ? {} : { traffic: limitsOf(traffic, head.owner, head.place ?? head.owner) }),
    span: head.span,
    ...(head.doc === undefined ? {} : { doc: head.doc }),
  };
}

function corsOf(pieces: readonly Piece[], context: CheckContext): Pick<Scope, "cors"> {
  const piece = onlyOne(pieces, "cors", "`cors`", context);
  return piece === undefined ? {} : { cors: piece.cors };
}

function decompressionOf(pieces: readonly Piece[], context: CheckContext): Pick<Scope, "decompress"> {
  const piece = onlyOne(pieces, "decompress", "`decompress`", context);
  return piece === undefined ? {} : { decompress: piece.decompress };
}

function deprecationOf(
  pieces: readonly Piece[],
  transforms: readonly PieceOf<"transform">[],
  context: CheckContext,
): Pick<Scope, "deprecation"> {
  const piece = onlyOne(pieces, "deprecated", "`deprecated`", context);
  if (piece === undefined) return {};
  for (const { on, name, span } of transforms.flatMap((stated) => stated.transforms)) {
    if (on !== "response" || (name !== "deprecation" && name !== "sunset")) continue;
    const what = `the response header \`${name}\``;
    context.report(finding(statedTwice, span, { what }, [{ span: piece.span, message: "`deprecated` says it" }]));
  }
  return { deprecation: piece.deprecation };
}

/** The piece of a kind that may be stated once. */
export function onlyOne<Kind extends Piece["kind"]>(
  pieces: readonly Piece[],
  kind: Kind,
  what: string,
  context: CheckContext,
): PieceOf<Kind> | undefined {
  const found = piecesOf(pieces, kind);
  reportRepeats(found, () => what, context);
  return found[0];
}

/** Pieces for which `what` gives the same text say the same thing twice. */
function reportRepeats<P extends Piece>(pieces: readonly P[], what: (piece: P) => string | undefined, context: CheckContext): void {
  const firsts = new Map<string, P>();
  for (const piece of pieces) {
    const text = what(piece);
    if (text === undefined) continue;
    const first = firsts.get(text);
    if (first === undefined) firsts.set(text, piece);
    else context.report(finding(statedTwice, piece.span, { what: text }, [{ span: first.span, message: "first stated here" }]));
  }
}

function tagsOf(pieces: readonly Piece[], context: CheckContext): Scope["tags"] {
  const values = new Map<string, TagValue>();
  const places = new Map<string, Span>();
  for (const { values: tags, span } of piecesOf(pieces, "tags")) {
    for (const [name, value] of Object.entries(tags)) {
      const first = places.get(name);
      if (first !== undefined)
        context.report(finding(statedTwice, span, { what: `the tag \`${name}\`` }, [{ span: first, message: "first stated here" }]));
      else values.set(name, value);
      places.set(name, first ?? span);
    }
  }
  return Object.fromEntries(values);
}
