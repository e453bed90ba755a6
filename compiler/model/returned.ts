/** What a route says of its backend's answers: their types, and what becomes of them. */
import type { Span } from "../../grammar/source/span.ts";
import type { Expr } from "./expression.ts";
import type { Type } from "./types.ts";

/** Of answers with these statuses, both ends included: a JSON body of the type, of at most so many bytes. */
export type ReturnedType = {
  readonly least: number;
  readonly most: number;
  readonly type: Type;
  readonly bytes: number;
  readonly span: Span;
};

/** `types`: what names one status before what names many; no two for the same. `map`: what successes are mapped to. Of both at least one. */
export type Returned = { readonly types: readonly ReturnedType[]; readonly map?: Expr };
