/** An answer that is kept, and what time makes of it (RFC 9111, sections 4.2 and 5.1). Times in milliseconds since 1970, lengths of time in milliseconds. */
import type { HeaderField } from "../contract/gateway.ts";

export type StoredAnswer = Keeping & {
  readonly status: number;
  /** End-to-end fields as the backend sent them, names lower-case, without `age`. */
  readonly fields: readonly HeaderField[];
  readonly body: Uint8Array;
};

/** How long what is kept may be given. */
export type Keeping = {
  /** When its age was 0. */
  readonly born: number;
  /** The age up to which it is fresh. */
  readonly lifetime: number;
  /** For how long after that it may be given while it is asked for anew, and where that fails. */
  readonly whileRevalidate: number;
  readonly ifError: number;
};

export type Use = "fresh" | "while-revalidate" | "stale";

/** A clock that goes back makes nothing younger than it was at the start. */
export function ageOf({ born }: Keeping, now: number): number {
  return Math.max(0, now - born);
}

export function useOf(keeping: Keeping, now: number): Use {
  const beyond = ageOf(keeping, now) - keeping.lifetime;
  if (beyond < 0) return "fresh";
  return beyond < keeping.whileRevalidate ? "while-revalidate" : "stale";
}

export function mayStandIn(keeping: Keeping, now: number): boolean {
  return ageOf(keeping, now) - keeping.lifetime < keeping.ifError;
}
