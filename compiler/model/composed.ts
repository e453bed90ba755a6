/** One answer that is made of those of several backends. */
import type { Span } from "../../grammar/source/span.ts";
import type { Expr } from "./expression.ts";
import type { PathPart, Transform } from "./transforms.ts";
import type { Type } from "./types.ts";

/** When an answer does without a part: never; however it failed; or where its backend answered with one of these statuses. */
export type Dispensable = "never" | "always" | readonly number[];

/** `backend`: its name, in the IR its number. */
export type ComposedPart<Backend = string> = {
  readonly name: string;
  readonly backend: Backend;
  readonly path: readonly PathPart[];
  /** All that stands in the query, beside what levels around set there. */
  readonly query: readonly Transform[];
  /** Of a success: a JSON body of at most so many bytes. */
  readonly type: Type;
  readonly bytes: number;
  readonly dispensable: Dispensable;
  /** Where its backend answered with one of these statuses, so does the whole. */
  readonly decides?: readonly number[];
  readonly span: Span;
};

/** `type`: the record of the parts, each under its name. `map`: what that is mapped to. `bytes`: the most that clients get. */
export type Composed<Part = ComposedPart> = {
  readonly parts: readonly Part[];
  readonly type: Type;
  readonly map?: Expr;
  readonly bytes: number;
};
