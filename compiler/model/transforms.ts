/** What becomes of names and paths between a request and a backend, and of names on the way back. */
import type { Span } from "../../grammar/source/span.ts";
import type { Expr } from "./expression.ts";

/**
 * What becomes of all fields of a name (lower-case), or of all parts of the query under a name. The nearest level wins for a name. `value` is
 * read from what came: a String, which may be absent, or a list of Strings; none removes the name.
 */
export type Transform = {
  readonly kind: "setHeader";
  readonly on: "request" | "response" | "query";
  readonly name: string;
  readonly value: Expr;
  /** On answers: its values are those of this field, and `value` has none. */
  readonly from?: string;
  readonly span: Span;
};
/** A segment of the path that a backend gets: canonical text, or the text of a parameter. */
export type PathPart = { readonly kind: "literal"; readonly text: string } | { readonly kind: "param" | "rest"; readonly value: Expr };
