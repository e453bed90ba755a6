/**
 * The canonical request: one form, made once, used by routing, policy, logs and backends. All that two parsers could read
 * differently is refused here, before any route is known. The order of the checks decides which answer a request with
 * several faults gets.
 */
import type { Cause, HeaderField } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { RequestLimits, RequestRules } from "../contract/request-rules.ts";
import { isToken, lowerAscii } from "./characters.ts";
import { canonicalHost, type CanonicalHost } from "./canonical-host.ts";
import { canonicalTarget } from "./canonical-target.ts";
import { asksForWebsocket, connectionFault } from "./connection-options.ts";
import { firstValue, repeatsAny } from "./fields.ts";
import { asHttp1 } from "./http2-request.ts";
import { type RawFields, readFields } from "./read-fields.ts";
import { isAmong, watched } from "./watched-fields.ts";

export type { RequestRules } from "../contract/request-rules.ts";

export type CanonicalRequest = {
  readonly method: string;
  /** Canonical path; `*` for `OPTIONS *`. */
  readonly path: string;
  /** What stands behind the first `?`, as received; undefined without one. */
  readonly query: string | undefined;
  /** Lower-case, without port; empty when an HTTP/1.0 request has none. */
  readonly host: string;
  /** Lower-case, with the port if one was given. */
  readonly authority: string;
  /** All fields in order: names lower-case, values without blanks at their ends. `firstValue` looks one up. */
  readonly headers: readonly HeaderField[];
  readonly contentLength: number | undefined;
  /** Chunked, or a content length above zero. */
  readonly hasBody: boolean;
  /** Asks to go on as WebSocket. */
  readonly isUpgrade: boolean;
};

export type CanonicalResult = { readonly ok: true; readonly request: CanonicalRequest } | { readonly ok: false; readonly cause: Cause };

type Framing = Pick<CanonicalRequest, "contentLength" | "hasBody">;

const noBody: Framing = { contentLength: undefined, hasBody: false };
const noHost: CanonicalHost = { host: "", authority: "" };

export function canonicalRequest(given: GatewayRequest, rules: RequestRules): CanonicalResult {
  const request = given.httpVersion === "2.0" ? asHttp1(given) : given;
  if (request === undefined) return refused("malformed");
  const { method, httpVersion } = request;
  if (!isToken(method) || (httpVersion !== "1.1" && httpVersion !== "1.0")) return refused("malformed");
  const tooLarge = sizeFault(request, rules.limits);
  if (tooLarge !== undefined) return refused(tooLarge);
  const fields = readFields(request.rawHeaders);
  if (fields === undefined) return refused("malformed");
  const { headers } = fields;
  const framing = readFraming(fields, httpVersion);
  if (framing === undefined) return refused("malformed");
  const isUpgrade = rules.upgrades && httpVersion === "1.1" && !framing.hasBody && asksForWebsocket(method, fields);
  const fault = connectionFault(method, fields, rules.identityHeaders, isUpgrade);
  if (fault !== undefined) return refused(fault);
  if (fields.repeated !== 0 || repeatsAny(headers, rules.identityHeaders)) return refused("malformed");
  const host = readHost(headers, httpVersion);
  if (host === undefined) return refused("malformed");
  if (rules.hosts.length > 0 && !rules.hosts.includes(host.host)) return refused("unknown-host");
  const target = canonicalTarget(request.target, method, host.authority, rules.paths);
  if (target === undefined) return refused("malformed");
  return {
    ok: true,
    request: {
      method,
      path: target.path,
      query: target.query,
      host: host.host,
      authority: host.authority,
      headers,
      contentLength: framing.contentLength,
      hasBody: framing.hasBody,
      isUpgrade,
    },
  };
}

function refused(cause: Cause): CanonicalResult {
  return { ok: false, cause };
}

/** `rawHeaders` holds names and values in turn; a field costs its name, its value and `: ` with the line end. */
function sizeFault(request: GatewayRequest, limits: RequestLimits): Cause | undefined {
  if (request.target.length > limits.target) return "target-too-long";
  const { rawHeaders } = request;
  if (rawHeaders.length > limits.headerCount * 2) return "headers-too-large";
  let sum = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const size = (rawHeaders[at]?.length ?? 0) + (rawHeaders[at + 1]?.length ?? 0) + 4;
    if (size > limits.headerField) return "headers-too-large";
    sum += size;
  }
  return sum > limits.headers ? "headers-too-large" : undefined;
}

/** RFC 9112 section 6, without what its section 6.3 lets a server repair. */
function readFraming({ headers, seen, repeated }: RawFields, httpVersion: string): Framing | undefined {
  if (isAmong(seen, watched["transfer-encoding"])) {
    const isChunked = lowerAscii(firstValue(headers, "transfer-encoding") ?? "") === "chunked";
    const isAlone = !isAmong(repeated, watched["transfer-encoding"]) && !isAmong(seen, watched["content-length"]);
    return isChunked && isAlone && httpVersion === "1.1" ? { contentLength: undefined, hasBody: true } : undefined;
  }
  if (!isAmong(seen, watched["content-length"])) return noBody;
  const text = firstValue(headers, "content-length") ?? "";
  if (isAmong(repeated, watched["content-length"]) || !/^[0-9]{1,15}$/.test(text)) return undefined;
  const contentLength = Number(text);
  return { contentLength, hasBody: contentLength > 0 };
}

function readHost(headers: readonly HeaderField[], httpVersion: string): CanonicalHost | undefined {
  const value = firstValue(headers, "host");
  if (value === undefined) return httpVersion === "1.0" ? noHost : undefined;
  return canonicalHost(value);
}
