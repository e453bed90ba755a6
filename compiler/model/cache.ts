/** Answers that a route keeps. */
import type { Span } from "../../grammar/source/span.ts";
import type { CacheRule } from "../../runtime/contract/cache.ts";
import type { Expr } from "./expression.ts";

export type RouteCache = {
  readonly rule: CacheRule;
  /** `caller`: each caller has answers of its own; `some`: callers share them for whom all of `by` is the same; `everyone`: all do. */
  readonly whose: "caller" | "some" | "everyone";
  /** What tells answers apart beside the request; each has a text for every call. */
  readonly by: readonly Expr[];
  readonly span: Span;
};
