/**
 * Whether a call is tried once more, and when. Promises: what may have reached a server is sent again only where that does no harm, or the program says
 * so; second attempts stay a share of all calls, so that a backend in trouble is not called more for it; pauses are drawn by lot, so that calls that
 * failed together do not come back together.
 */
import type { RetryRule } from "../../../contract/http-traffic.ts";
import type { Repeatable } from "./dispatch.ts";

export type Retries = {
  /** A call begins. */
  readonly begun: () => void;
  /** Milliseconds to wait; undefined: no. `attempts` that were made. */
  readonly again: (method: string, end: Repeatable, attempts: number) => number | undefined;
};

/** Methods that may be sent twice without harm (RFC 9110 section 9.2.2). */
const idempotent: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);
/** What may be spent at once, where calls were good for long. */
const mostSaved = 10;
const longestPause = 2_000;

/** `random` from 0 to below 1. */
export function retries({ times, on, calls, budget, backoff }: RetryRule, random: () => number): Retries {
  const causes: ReadonlySet<string> = new Set(on.map(String));
  let saved = mostSaved;
  return {
    begun: () => {
      saved = Math.min(mostSaved, saved + budget);
    },
    again: (method, end, attempts) => {
      if (attempts > times || !causes.has(causeOf(end))) return undefined;
      const reachedNobody = end.kind === "trouble" && end.trouble === "connect";
      if (!reachedNobody && calls === "idempotent" && !idempotent.has(method)) return undefined;
      if (saved < 1) return undefined;
      saved--;
      return random() * Math.min(longestPause, backoff * 2 ** (attempts - 1));
    },
  };
}

/** An answer that cannot be read is one that broke off. */
function causeOf(end: Repeatable): string {
  if (end.kind === "status") return String(end.status);
  switch (end.trouble) {
    case "connect":
    case "timeout":
      return end.trouble;
    case "stale":
    case "reset":
    case "malformed":
      return "reset";
    default:
      return end.trouble satisfies never;
  }
}
