/** Stores outside of the gateway, where several of its processes count together. */
import type { Span } from "../../grammar/source/span.ts";
import type { Expr } from "./expression.ts";

/** A Redis or Valkey. `password`: name of a secret. `timeout` and `lease` in milliseconds. */
export type Store = {
  readonly name: string;
  readonly mode: "single" | "cluster" | "sentinel";
  /** `redis://HOST[:PORT]` or `rediss://`; not empty. */
  readonly nodes: readonly Expr[];
  /** What sentinels call it; with them only. */
  readonly master?: Expr;
  readonly user?: Expr;
  readonly password?: string;
  readonly timeout: number;
  /** How long a call under way counts after its process was last heard of. */
  readonly lease: number;
  readonly span: Span;
};
