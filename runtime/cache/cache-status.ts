/** `Cache-Status` of an answer (RFC 9211): what was done, in words of the standard. */

/** How an answer came to be. */
export type CacheDone =
  /** Given as it was kept. `left`: milliseconds that it stays fresh, below 0 where it is not any longer. */
  | { readonly kind: "hit"; readonly left: number }
  /** The backend was asked. `status`: what it said, where another answer was given than its own. */
  | {
      readonly kind: "forwarded";
      readonly why: Forwarded;
      readonly status?: number;
      readonly isStored?: boolean;
      readonly isCollapsed?: boolean;
    };
/** Of section 2.2. */
export type Forwarded = "bypass" | "method" | "uri-miss" | "vary-miss" | "request" | "stale";

export function cacheStatus(done: CacheDone): string {
  if (done.kind === "hit") return `gwl; hit; ttl=${Math.floor(done.left / 1000)}`;
  const { why, status, isStored, isCollapsed } = done;
  return [
    `gwl; fwd=${why}`,
    ...(status === undefined ? [] : [`fwd-status=${status}`]),
    ...(isStored ? ["stored"] : []),
    ...(isCollapsed ? ["collapsed"] : []),
  ].join("; ");
}
