/**
 * A request of HTTP/2 as the one of HTTP/1.1 that means the same (RFC 9113, section 8.3), so that all that follows knows one form. Promises that
 * nothing is repaired: what a later server could read as a second request, host or length is refused.
 */
import type { GatewayRequest } from "../contract/request.ts";
import { lowerAscii, trimBlanks } from "./characters.ts";

/** Fields about one connection, of which HTTP/2 has none (RFC 9113, section 8.2.2). */
const ofConnections: ReadonlySet<string> = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);

/** Undefined: malformed. The body of a request that says no length is `chunked`. */
export function asHttp1(request: GatewayRequest): GatewayRequest | undefined {
  const { http2, target, rawHeaders } = request;
  if (http2 === undefined || !isScheme(http2.scheme) || !(target.startsWith("/") || target === "*")) return undefined;
  const { authority, isWhole } = http2;
  const fields: string[] = [];
  let [cookie, hasHost, length] = [-1, false, ""];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    const value = rawHeaders[at + 1] ?? "";
    if (/[A-Z]/.test(name) || ofConnections.has(name) || (name === "te" && trimBlanks(value) !== "trailers")) return undefined;
    if (name === "host") {
      if (authority !== undefined && lowerAscii(value) !== lowerAscii(authority)) return undefined;
      hasHost = true;
    }
    if (name === "content-length") length = value;
    if (name === "cookie" && cookie >= 0) {
      fields[cookie] += `; ${value}`;
      continue;
    }
    if (name === "cookie") cookie = fields.length + 1;
    fields.push(name, value);
  }
  if (isWhole && !/^0*$/.test(length)) return undefined;
  if (!hasHost && authority !== undefined) fields.unshift("host", authority);
  if (!isWhole && length === "") fields.push("transfer-encoding", "chunked");
  return { ...request, httpVersion: "1.1", rawHeaders: fields };
}

/** Which of the two says nothing: whoever ends TLS before us may say either. */
function isScheme(scheme: string): boolean {
  return scheme === "http" || scheme === "https";
}
