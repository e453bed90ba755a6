/** Fields as HTTP/2 has them: pseudo fields aside, nothing of one connection, and names in lower case (RFC 9113, section 8.2). */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http2";
import { isFieldValue, isToken } from "../../../kernel/characters.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Request } from "./transport.ts";

/** Throws where a field cannot stand there: Node looks at names alone. */
export function requestHeaders({ answer, length }: Request, { target }: Endpoint): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {
    ":method": answer.method,
    ":scheme": target.isTls ? "https" : "http",
    ":authority": target.authority,
    ":path": target.base + answer.target,
  };
  for (const [name, value] of answer.headers) {
    if (name === "http2-settings") continue;
    if (!isToken(name) || !isFieldValue(value)) throw new Error(`a field that cannot be sent: ${name}`);
    const before = headers[name];
    headers[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [String(before)]), value];
  }
  const size = typeof answer.body === "string" ? (answer.body === "stream" ? length : undefined) : answer.body.length;
  if (size !== undefined) headers["content-length"] = String(size);
  // Servers of gRPC ask for it.
  if (answer.headers.some(([name, value]) => name === "content-type" && value.startsWith("application/grpc"))) headers["te"] = "trailers";
  return headers;
}

/** Names and values in turn. */
export function fieldsOf(headers: IncomingHttpHeaders): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (name.startsWith(":") || value === undefined) return [];
    return Array.isArray(value) ? value.flatMap((one) => [name, one]) : [name, value];
  });
}

/** What stands behind a body must not change how it is framed, routed or trusted (RFC 9110, section 6.5.1). */
const notBehind: ReadonlySet<string> = new Set([
  "content-length",
  "transfer-encoding",
  "trailer",
  "host",
  "connection",
  "set-cookie",
  "content-type",
  "content-encoding",
  "x-request-id",
]);

/** Those that may be passed on. */
export function trailersOf(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const fields = Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
  return Object.fromEntries(fields.filter(([name, value]) => !notBehind.has(name) && isToken(name) && isFieldValue(value)));
}
