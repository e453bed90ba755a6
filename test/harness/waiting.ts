/** How long a test's backend is waited for: the same in every phase. */
import type { HttpTimeouts } from "../../runtime/contract/http-traffic.ts";

export function waiting(milliseconds: number): HttpTimeouts {
  return { connect: milliseconds, firstByte: milliseconds, idle: milliseconds };
}
