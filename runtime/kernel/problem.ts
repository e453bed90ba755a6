/** Refusals as problem details (RFC 9457), and those that hosts give as well as the gateway. */
import type { HeaderField } from "../contract/gateway.ts";

/** What a problem may say beside its kind. */
export type ProblemDetails = { readonly detail?: string | undefined; readonly errors?: unknown; readonly versions?: unknown };

/** Status and title of what is found while a request still comes: here, or by the host that reads it. */
export const whileComing = {
  malformed: [400, "Bad request"],
  "headers-too-large": [431, "Request header fields too large"],
  "body-too-large": [413, "Content too large"],
  "incomplete-body": [408, "Incomplete request body"],
} as const;

/** `content-type`, `cache-control`, `x-request-id`: a refusal is never to be stored. */
export function problemHeaders(requestId: string): HeaderField[] {
  return [problemType, notStored, ["x-request-id", requestId]];
}

const problemType: HeaderField = ["content-type", "application/problem+json"];
const notStored: HeaderField = ["cache-control", "no-store"];

export function problemBody(cause: string, status: number, title: string, { detail, errors, versions }: ProblemDetails = {}): string {
  return JSON.stringify({ type: `urn:gwl:refusal:${cause}`, title, status, detail, errors, versions });
}
