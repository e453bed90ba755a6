/**
 * `Connection`, `Upgrade` and `Expect`: what a client may say about the way to the gateway. A client that names a field in
 * `Connection` asks to have it dropped; fields that somebody trusts may not be dropped that way.
 */
import type { Cause } from "../contract/gateway.ts";
import { isToken, lowerAscii, trimBlanks } from "./characters.ts";
import { allValues, firstValue } from "./fields.ts";
import type { RawFields } from "./read-fields.ts";
import { isAmong, watched } from "./watched-fields.ts";

const untouchable = new Set(["authorization", "host", "content-length", "content-type", "cookie", "transfer-encoding"]);

/** The options of one `Connection` value, lower-case; those that are no tokens too. An empty value has none. */
export function connectionOptions(value: string): readonly string[] {
  return value === "" ? [] : value.split(",").map((option) => lowerAscii(trimBlanks(option)));
}

/** RFC 6455 section 4.2.1: `Upgrade: websocket` and nothing else, on a GET whose `Connection` says so too. */
export function asksForWebsocket(method: string, { headers, seen }: RawFields): boolean {
  if (!isAmong(seen, watched.upgrade) || method !== "GET") return false;
  const [wanted = "", ...more] = allValues(headers, "upgrade");
  const options = allValues(headers, "connection").flatMap(connectionOptions);
  return more.length === 0 && lowerAscii(wanted) === "websocket" && options.includes("upgrade");
}

/** Why the request is refused for how it speaks of its connection; undefined when it may pass. */
export function connectionFault(
  method: string,
  { headers, seen }: RawFields,
  identityHeaders: readonly string[],
  mayUpgrade: boolean,
): Cause | undefined {
  if (isAmong(seen, watched.connection))
    for (const [name, value] of headers) {
      if (name === "connection" && !connectionOptions(value).every((option) => isHarmless(option, identityHeaders))) return "malformed";
    }
  if ((isAmong(seen, watched.upgrade) && !mayUpgrade) || method === "CONNECT" || method === "TRACE") return "malformed";
  const expected = isAmong(seen, watched.expect) ? firstValue(headers, "expect") : undefined;
  return expected === undefined || lowerAscii(expected) === "100-continue" ? undefined : "expectation";
}

function isHarmless(option: string, identityHeaders: readonly string[]): boolean {
  return isToken(option) && !untouchable.has(option) && !option.startsWith("x-forwarded-") && !identityHeaders.includes(option);
}
