/** What is known of a route at compile time, and when two routes are the same to an expression. */
import type { AcceptedCaller, Tags } from "../model/program.ts";
import type { Reads } from "./reads.ts";

export type RouteFacts = {
  readonly tags: Tags;
  readonly api: string | undefined;
  readonly version: number | undefined;
  /** The route's key without its method. */
  readonly path: string;
  /** As rules see it; undefined on `ANY` routes, where it is asked of each request. */
  readonly method: string | undefined;
  /** Callers of which exactly one is there when the principal is read; empty: there is no principal. */
  readonly accept: readonly AcceptedCaller[];
};

/** Equal for two routes only if an expression with these reads means the same on both. */
export function factsKey(facts: RouteFacts, reads: Reads): string {
  if (reads.tags.size + reads.routeFacts.size === 0 && !reads.principal) return "";
  return JSON.stringify([
    [...reads.tags].map((name) => facts.tags[name] ?? null),
    [...reads.routeFacts].map((name) => facts[name] ?? null),
    reads.principal ? facts.accept : null,
  ]);
}
