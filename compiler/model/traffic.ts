/** How many calls may pass: what a level says of it. What was counted is no part of the program: a running gateway keeps it. */
import type { Span } from "../../grammar/source/span.ts";
import type { Measure } from "../../runtime/contract/traffic-data.ts";
import type { Expr } from "./expression.ts";

export type { Measure, QuotaWindow } from "../../runtime/contract/traffic-data.ts";

/** Counts all calls that come through the level where it stands, those of one key together. */
export type TrafficLimit = {
  readonly site: number;
  /** What answers call it, such as `orders-throttle`: printable ASCII without quotes. */
  readonly name: string;
  readonly measure: Measure;
  /** Absent: all calls have one key. */
  readonly by?: LimitKey;
  /** In a plan: where it holds, the limit takes the place of the plan's others of its kind, and counts each route by itself. As `where` of an `apply`. */
  readonly where?: Expr;
  /** Absent: each process counts by itself. */
  readonly shared?: SharedLimit;
  readonly span: Span;
};

/**
 * Calls for which `expr` has the same text have one key, and so have those for which it is absent. `prefix`: IPv6 addresses that have so
 * many leading bits in common are one key; given where `expr` is an address, and only there.
 */
export type LimitKey = { readonly expr: Expr; readonly prefix?: number };

/** `id`: what the limit is called in the store, by where it stands; it outlives changes of the program elsewhere. `otherwise`: while the store is away. */
export type SharedLimit = { readonly store: string; readonly id: string; readonly otherwise: "deny" | "local" };
