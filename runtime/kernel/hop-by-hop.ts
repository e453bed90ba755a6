/** Fields that are about one connection and never pass a gateway (RFC 9110 section 7.6.1). */
import type { HeaderField } from "../contract/gateway.ts";
import { connectionOptions } from "./connection-options.ts";
import { allValues } from "./fields.ts";

const always: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authorization",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const none: ReadonlySet<string> = new Set();

/** Whether a field of that lower-case name stays at this hop of the message with these fields. */
export function hopByHop(fields: readonly HeaderField[]): (name: string) => boolean {
  const named = namedByConnection(fields);
  return (name) => always.has(name) || named.has(name);
}

function namedByConnection(fields: readonly HeaderField[]): ReadonlySet<string> {
  const values = allValues(fields, "connection");
  return values.length === 0 ? none : new Set(values.flatMap(connectionOptions));
}
