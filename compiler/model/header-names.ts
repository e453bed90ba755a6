/** What header fields may be called and hold, and which of them are the gateway's own (D20, D22, D47). */

/** RFC 9110, section 5.1; without `_`, which servers take for `-`. */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+.^`|~0-9A-Za-z-]+$/.test(text);
}

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const FRAMING: ReadonlySet<string> = new Set(["host", "content-length", "expect"]);

/** Why a lower-case name is neither for programs to set nor for tokens to stand in; undefined where it is free. */
export function guardReason(name: string): string | undefined {
  if (HOP_BY_HOP.has(name)) return "belongs to one connection, not to the message";
  if (FRAMING.has(name)) return "the gateway writes it itself";
  if (name === "x-request-id" || name.startsWith("x-forwarded-")) return "backends trust what the gateway itself says there";
  if (name === "traceparent" || name === "tracestate") return "tracers say there what a call belongs to";
  if (name === "ratelimit" || name === "ratelimit-policy") return "it is what limits say of themselves";
  return undefined;
}

/** D22: no control characters, nothing beyond latin1. */
export function isHeaderValue(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return /^[\x20-\x7e\x80-\xff]*$/.test(text);
}
