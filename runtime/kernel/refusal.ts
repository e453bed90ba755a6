/** The gateway's refusals. Says which part of the gateway refused and nothing that helps an attacker. */
import type { Answer, Cause, HeaderField } from "../contract/gateway.ts";
import { problemBody, problemHeaders, whileComing } from "./problem.ts";

/** `at`: a JSON pointer into the body; with `in` the name of a header field or of a part of the query. */
export type RequestError = { readonly in?: "header" | "query"; readonly at: string; readonly message: string };

export type RefusalFacts = {
  readonly requestId: string;
  /** Only where the gateway says `explain refusals`. */
  readonly detail?: string;
  /** Of an invalid body: JSON pointers and messages. */
  readonly errors?: readonly RequestError[];
  /** What a request may say to get a version, where it did not say which. */
  readonly versions?: readonly string[];
  /** Of 405: the methods, joined by `, `. */
  readonly allow?: string;
  /** Of 415 for a coding: those that would be taken. */
  readonly acceptEncoding?: string;
  /** Of 401: one field each. */
  readonly challenges?: readonly string[];
  /** Of a call that is too many: seconds. */
  readonly retryAfter?: number;
};

/** Status and title of each cause. */
const answers: Readonly<Record<Cause, readonly [status: number, title: string]>> = {
  ...whileComing,
  expectation: [417, "Expectation failed"],
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
  "unsupported-media-type": [415, "Unsupported media type"],
  "invalid-body": [400, "Invalid request body"],
};

export function refusal(cause: Cause, facts: RefusalFacts): Extract<Answer, { kind: "local" }> {
  const [status, title] = answers[cause];
  const headers: HeaderField[] = problemHeaders(facts.requestId);
  if (facts.allow !== undefined) headers.push(["allow", facts.allow]);
  if (facts.acceptEncoding !== undefined) headers.push(["accept-encoding", facts.acceptEncoding]);
  if (facts.challenges !== undefined) for (const challenge of facts.challenges) headers.push(["www-authenticate", challenge]);
  if (facts.retryAfter !== undefined) headers.push(["retry-after", String(facts.retryAfter)]);
  if (cause === "keys-unavailable") headers.push(["retry-after", "5"]);
  if (cause === "upgrade-required") headers.push(["upgrade", "websocket"], ["sec-websocket-version", "13"]);
  return { kind: "local", status, headers, body: bodyOf(cause, status, title, facts) };
}

/** Of causes that came before, where nothing is to be said beside: most refusals read alike. */
const plainBodies = new Map<Cause, string>();

function bodyOf(cause: Cause, status: number, title: string, facts: RefusalFacts): string {
  if (facts.detail !== undefined || facts.errors !== undefined || facts.versions !== undefined)
    return problemBody(cause, status, title, facts);
  const known = plainBodies.get(cause);
  if (known !== undefined) return known;
  const made = problemBody(cause, status, title);
  plainBodies.set(cause, made);
  return made;
}
