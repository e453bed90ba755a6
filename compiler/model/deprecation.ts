/** What is still there and will not stay. The nearest level counts whole. */
import type { Span } from "../../grammar/source/span.ts";

/** Instants in milliseconds since 1970 UTC. */
export type Deprecation = {
  readonly since: number;
  /** From then on it may be gone; not before `since`. */
  readonly sunset?: number;
  /** Where it is told what to do: a URL, or a path of this gateway. */
  readonly see?: string;
  /** What takes its place; likewise. */
  readonly successor?: string;
  readonly span: Span;
};
