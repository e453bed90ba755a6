/**
 * What a request of HTTP/2 would be in HTTP/1.1 (RFC 9113, section 8.3), or that it is none. Its pseudo-fields become request line and `host`, crumbs of
 * cookies one cookie, and a body without length is chunked. Knows nothing of what is judged later.
 */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest, Http2Head } from "../../runtime/contract/request.ts";
import { lowerAscii, pairsOf, trimBlanks, valueOf, valuesOf } from "./fields.ts";

/** Undefined: malformed (D310). */
export function translated(request: GatewayRequest): GatewayRequest | undefined {
  const { http2: head, target } = request;
  const pairs = pairsOf(request.rawHeaders);
  if (head === undefined || !["http", "https"].includes(head.scheme)) return undefined;
  if (target !== "*" && !target.startsWith("/")) return undefined;
  if (pairs.some(([name]) => name !== lowerAscii(name) || CONNECTION_FIELDS.includes(name))) return undefined;
  if (valuesOf(pairs, "te").some((value) => trimBlanks(value) !== "trailers")) return undefined;
  if (!isOneHost(head, pairs) || hasLengthWithoutBody(head, pairs)) return undefined;
  return { ...request, httpVersion: "1.1", rawHeaders: [...hostOf(head, pairs), ...withOneCookie(pairs), ...codingOf(head, pairs)].flat() };
}

const CONNECTION_FIELDS: readonly string[] = "connection keep-alive proxy-connection transfer-encoding upgrade".split(" ");

/** Whoever says a host twice says the same. */
function isOneHost({ authority }: Http2Head, pairs: readonly HeaderField[]): boolean {
  return authority === undefined || valuesOf(pairs, "host").every((host) => lowerAscii(host) === lowerAscii(authority));
}

/** All lengths are looked at by D20.4 but for the last, which must be of nothing here. */
function hasLengthWithoutBody({ isWhole }: Http2Head, pairs: readonly HeaderField[]): boolean {
  return isWhole && [...(valuesOf(pairs, "content-length").at(-1) ?? "")].some((digit) => digit !== "0");
}

function hostOf({ authority }: Http2Head, pairs: readonly HeaderField[]): readonly HeaderField[] {
  return authority === undefined || valueOf(pairs, "host") !== undefined ? [] : [["host", authority]];
}

/** Where the first crumb stood (RFC 9113, section 8.2.3). */
function withOneCookie(pairs: readonly HeaderField[]): readonly HeaderField[] {
  const first = pairs.findIndex(([name]) => name === "cookie");
  const whole = valuesOf(pairs, "cookie").join("; ");
  return pairs.flatMap((pair, at): HeaderField[] => (pair[0] !== "cookie" ? [pair] : at === first ? [["cookie", whole]] : []));
}

function codingOf({ isWhole }: Http2Head, pairs: readonly HeaderField[]): readonly HeaderField[] {
  const length = valuesOf(pairs, "content-length").at(-1) ?? "";
  return isWhole || length !== "" ? [] : [["transfer-encoding", "chunked"]];
}
