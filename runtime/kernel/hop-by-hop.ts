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

const isAlways = (name: string): boolean => always.has(name);

/** Whether a field of that lower-case name stays at this hop of the message with these fields. */
export function hopByHop(fields: readonly HeaderField[]): (name: string) => boolean {
  const values = allValues(fields, "connection");
  if (values.length === 0) return isAlways;
  const named = new Set(values.flatMap(connectionOptions));
  return (name) => always.has(name) || named.has(name);
}
