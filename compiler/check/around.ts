/** What the levels around a statement give it. */
import type { Span } from "../../grammar/source/span.ts";
import type { Segment } from "../model/program.ts";
import type { Reads, Shape } from "./expressions/place.ts";

/** Where a statement stands: what the levels around it give. */
export type Around = {
  /** What rules and transforms may read here. */
  readonly reads: Reads;
  /** Of the policy around; empty elsewhere. */
  readonly parameters: readonly Shape[];
  /** The path of the levels around, outermost first. */
  readonly path: readonly Segment[];
  /** Identities in force by the nearest `accept`; absent where no level says any. */
  readonly accept?: { readonly identities: readonly string[]; readonly span: Span };
};
