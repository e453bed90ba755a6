/**
 * The canonical request: one form, made once, used by routing, policy, logs and backends. All that two parsers could read
 * differently is refused here, before any route is known. The order of the checks decides which answer a request with
 * several faults gets.
 */
import type { Cause, HeaderField } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { RequestLimits, RequestRules } from "../contract/request-rules.ts";
import { isFieldValue, isToken, lowerAscii, trimBlanks } from "./characters.ts";
import { canonicalHost, type CanonicalHost } from "./canonical-host.ts";
import { canonicalTarget } from "./canonical-target.ts";
import { connectionFault } from "./connection-options.ts";
import { countFields, firstValue } from "./fields.ts";

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
};

export type CanonicalResult = { readonly ok: true; readonly request: CanonicalRequest } | { readonly ok: false; readonly cause: Cause };

/** Fields that may occur once, beside those that identities read (RFC 9110 section 5.3: a singleton sent twice has no meaning). */
const singletons: readonly string[] = [
  "host",
  "authorization",
  "content-type",
  "content-length",
  "cookie",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-forwarded-port",
  "forwarded",
  "x-request-id",
  "proxy-authorization",
  "expect",
];

const noHost: CanonicalHost = { host: "", authority: "" };

export function canonicalRequest(request: GatewayRequest, rules: RequestRules): CanonicalResult {
  const { method, httpVersion } = request;
  if (!isToken(method) || (httpVersion !== "1.1" && httpVersion !== "1.0")) return refused("malformed");
  const tooLarge = sizeFault(request, rules.limits);
  if (tooLarge !== undefined) return refused(tooLarge);
  const headers = readFields(request.rawHeaders);
  if (headers === undefined) return refused("malformed");
  const framing = readFraming(headers, httpVersion);
  if (framing === undefined) return refused("malformed");
  const fault = connectionFault(method, headers, rules.identityHeaders);
  if (fault !== undefined) return refused(fault);
  if (repeatsSingleton(headers, rules.identityHeaders)) return refused("malformed");
  const host = readHost(headers, httpVersion);
  if (host === undefined) return refused("malformed");
  if (rules.hosts.length > 0 && !rules.hosts.includes(host.host)) return refused("unknown-host");
  const target = canonicalTarget(request.target, method, host.authority, rules.paths);
  if (target === undefined) return refused("malformed");
  return {
    ok: true,
    request: { method, path: target.path, query: target.query, host: host.host, authority: host.authority, headers, ...framing },
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

/** Names with `_` are refused: CGI-like servers read `x_user` and `x-user` as one name. */
function readFields(rawHeaders: readonly string[]): readonly HeaderField[] | undefined {
  const fields: HeaderField[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    const value = rawHeaders[at + 1];
    if (name === undefined || value === undefined || !isToken(name) || name.includes("_") || !isFieldValue(value)) return undefined;
    fields.push([lowerAscii(name), trimBlanks(value)]);
  }
  return fields;
}

/** RFC 9112 section 6, without what its section 6.3 lets a server repair. */
function readFraming(
  headers: readonly HeaderField[],
  httpVersion: string,
): Pick<CanonicalRequest, "contentLength" | "hasBody"> | undefined {
  const codings = countFields(headers, "transfer-encoding");
  const lengths = countFields(headers, "content-length");
  if (codings > 0) {
    const isChunked = codings === 1 && lowerAscii(firstValue(headers, "transfer-encoding") ?? "") === "chunked";
    return isChunked && lengths === 0 && httpVersion === "1.1" ? { contentLength: undefined, hasBody: true } : undefined;
  }
  if (lengths === 0) return { contentLength: undefined, hasBody: false };
  const text = firstValue(headers, "content-length") ?? "";
  if (lengths > 1 || !/^[0-9]{1,15}$/.test(text)) return undefined;
  const contentLength = Number(text);
  return { contentLength, hasBody: contentLength > 0 };
}

function repeatsSingleton(headers: readonly HeaderField[], identityHeaders: readonly string[]): boolean {
  return singletons.some((name) => countFields(headers, name) > 1) || identityHeaders.some((name) => countFields(headers, name) > 1);
}

function readHost(headers: readonly HeaderField[], httpVersion: string): CanonicalHost | undefined {
  const value = firstValue(headers, "host");
  if (value === undefined) return httpVersion === "1.0" ? noHost : undefined;
  return canonicalHost(value);
}
