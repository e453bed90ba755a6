/** Refusals as RFC 9457 problems (D23). Promises: the same bytes for the same cause; nothing of the request is echoed. */
import type { Answer, Cause, HeaderField } from "../../runtime/contract/gateway.ts";
import type { Misfit } from "./fitting.ts";

export type RefusalDetails = {
  /** Of a 405. */
  readonly allow?: string;
  /** Of a request that does not say which version it wants: what it may say. */
  readonly versions?: readonly string[];
  /** Of a body in a coding that is not taken: those that are. */
  readonly acceptEncoding?: string;
  /** Of a 401. */
  readonly challenges?: readonly string[];
  /** Of an invalid body. */
  readonly errors?: readonly Misfit[];
  /** Because-texts, where the gateway explains. */
  readonly reasons?: readonly string[];
  /** Of a call that is too many: seconds. */
  readonly retryAfter?: bigint;
};

const PROBLEMS: Readonly<Record<Cause, readonly [status: number, title: string]>> = {
  malformed: [400, "Bad request"],
  expectation: [417, "Expectation failed"],
  "headers-too-large": [431, "Request header fields too large"],
  "target-too-long": [414, "Request target too long"],
  "unknown-host": [421, "Misdirected request"],
  "not-admitted": [403, "Forbidden"],
  "no-route": [404, "Not found"],
  "method-not-allowed": [405, "Method not allowed"],
  "upgrade-required": [426, "Upgrade required"],
  "unknown-version": [400, "Unknown version"],
  "cross-origin": [403, "Cross-origin request refused"],
  unauthenticated: [401, "Authentication required"],
  "keys-unavailable": [503, "Authentication unavailable"],
  rule: [403, "Forbidden"],
  default: [403, "Forbidden"],
  "authorizer-denied": [403, "Forbidden"],
  "authorizer-failed": [500, "Authorizer failed"],
  "limits-unavailable": [503, "Limits unavailable"],
  throttled: [429, "Too many requests"],
  "quota-exceeded": [429, "Quota exceeded"],
  "too-many-at-once": [429, "Too many requests at once"],
  "not-acceptable": [406, "Not acceptable"],
  "invalid-request": [400, "Invalid request"],
  "body-too-large": [413, "Content too large"],
  "unsupported-media-type": [415, "Unsupported media type"],
  "invalid-body": [400, "Invalid request body"],
  "incomplete-body": [408, "Incomplete request body"],
};

export function refusal(cause: Cause, requestId: string, details: RefusalDetails): Answer {
  const { allow, challenges = [], errors, reasons = [], retryAfter, versions, acceptEncoding } = details;
  const [status, title] = PROBLEMS[cause];
  const headers: HeaderField[] = [
    ["content-type", "application/problem+json"],
    ["cache-control", "no-store"],
    ["x-request-id", requestId],
  ];
  if (allow !== undefined) headers.push(["allow", allow]);
  if (acceptEncoding !== undefined) headers.push(["accept-encoding", acceptEncoding]);
  for (const challenge of challenges) headers.push(["www-authenticate", challenge]);
  if (retryAfter !== undefined) headers.push(["retry-after", String(retryAfter)]);
  if (cause === "keys-unavailable") headers.push(["retry-after", "5"]);
  if (cause === "upgrade-required") headers.push(["upgrade", "websocket"], ["sec-websocket-version", "13"]);
  const detail = reasons.length > 0 ? { detail: [...new Set(reasons)].join("; ") } : {};
  const body = {
    type: `urn:gwl:refusal:${cause}`,
    title,
    status,
    ...detail,
    ...(errors ? { errors } : {}),
    ...(versions ? { versions } : {}),
  };
  return { kind: "local", status, headers, body: JSON.stringify(body) };
}
