/** Calls to one backend, some of which go to another one: its next version (D243). */
import type { Span } from "../../grammar/source/span.ts";
import type { Expr } from "./expression.ts";

export type Release = {
  readonly name: string;
  /** Backends. */
  readonly from: string;
  readonly to: string;
  /** A Percent that the start knows; absent: nobody is drawn. */
  readonly share?: Expr;
  /** Whoever one of these is true for goes to the next version, whatever is drawn. */
  readonly when: readonly Expr[];
  /** A `String?`: equal texts are drawn alike. Absent: each call is drawn for itself. */
  readonly sticky?: Expr;
  /** Ends the release when more than `share` percent of the last `of` calls to the next version have failed. */
  readonly stop?: { readonly share: number; readonly of: number };
  readonly span: Span;
};
