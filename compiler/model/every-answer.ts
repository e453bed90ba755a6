/** What answers have beside what routes and rules say: fields on all of them, and how refusals look. */
import type { Cause } from "../../runtime/contract/gateway.ts";
import type { DecompressData } from "../../runtime/contract/decode.ts";
import type { HostFault } from "../../runtime/contract/host-fault.ts";
import type { CompressData, RefusalData } from "../../runtime/contract/table-data.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { Cors } from "./cors.ts";

/** What a level says of all its answers, and of compressed bodies; absent: as the level above says. */
export type ShapedLevel = {
  readonly cors?: Cors | "none";
  readonly securityHeaders?: SecurityHeaders | "none";
  readonly refusals?: readonly RefusalForm[];
  readonly compress?: CompressData | "none";
  readonly decompress?: Decompression | "none";
};

/** `most`: bytes; absent: as many as a body may have. */
export type Decompression = Omit<DecompressData, "most"> & { readonly most?: number };

/** `security_headers`: fields of every answer, names lower-case, each once. The nearest level counts whole. */
export type SecurityHeaders = { readonly fields: readonly (readonly [name: string, value: string])[]; readonly span: Span };

/** `answer KIND { ... }`. What names the kind itself counts before what names many; of either the nearest level's. */
export type RefusalForm = RefusalData & { readonly span: Span };
export type RefusalKind = RefusalData["kind"];

/** Status of every kind of refusal that a gateway can give. One that is not listed does not compile. */
export const REFUSALS: Readonly<Record<Cause | HostFault, number>> = {
  malformed: 400,
  expectation: 417,
  "headers-too-large": 431,
  "target-too-long": 414,
  "incomplete-head": 408,
  "unknown-host": 421,
  "no-route": 404,
  "method-not-allowed": 405,
  "upgrade-required": 426,
  "unknown-version": 400,
  "not-admitted": 403,
  "cross-origin": 403,
  rule: 403,
  default: 403,
  unauthenticated: 401,
  "keys-unavailable": 503,
  "authorizer-denied": 403,
  "authorizer-failed": 500,
  "limits-unavailable": 503,
  throttled: 429,
  "quota-exceeded": 429,
  "too-many-at-once": 429,
  "not-acceptable": 406,
  "invalid-request": 400,
  "body-too-large": 413,
  "unsupported-media-type": 415,
  "invalid-body": 400,
  "incomplete-body": 408,
  internal: 500,
  "bad-gateway": 502,
  "invalid-answer": 502,
  "decided-by-part": 404,
  "backend-unavailable": 503,
  "backend-timeout": 504,
};
