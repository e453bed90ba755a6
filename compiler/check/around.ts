/** What the levels around a statement give it. */
import type { Span } from "../../grammar/source/span.ts";
import type { AcceptedCaller, Segment } from "../model/program.ts";
import type { BodyHere, Reads, Shape } from "./expressions/place.ts";

/** Where a statement stands: what the levels around it give. */
export type Around = {
  /** What rules and transforms may read here. */
  readonly reads: Reads;
  /** Of the policy around; empty elsewhere. */
  readonly parameters: readonly Shape[];
  /** The path of the levels around, outermost first. */
  readonly path: readonly Segment[];
  /** Of the api around, where requests choose it and the path does not. */
  readonly version?: number;
  /** The type of the body that successes of the route's backend have. */
  readonly answer?: BodyHere;
  /** Callers let in by the nearest `accept`; absent where no level says any. */
  readonly accept?: { readonly callers: readonly AcceptedCaller[]; readonly span: Span };
};
