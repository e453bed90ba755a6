/** `Authorization: SCHEME CREDENTIALS` (RFC 9110 section 11.6.2), of which one space stands between the two. */
import type { HeaderField } from "../contract/gateway.ts";
import { firstValue } from "../kernel/fields.ts";

/** What stands behind the first space after the scheme, in any case; empty where nothing does; undefined where the scheme is another. `scheme` in lower case. */
export function credentialsOf(headers: readonly HeaderField[], scheme: string): string | undefined {
  const value = firstValue(headers, "authorization");
  if (value === undefined) return undefined;
  const end = scheme.length;
  if (!isScheme(value, scheme)) return undefined;
  if (value.length === end) return "";
  return value.charCodeAt(end) === space ? value.slice(end + 1) : undefined;
}

const space = 32;

/** Whether the value begins with the scheme, in any case. A scheme is a token, of which letters alone have another case. */
function isScheme(value: string, scheme: string): boolean {
  for (let at = 0; at < scheme.length; at++) {
    const code = value.charCodeAt(at);
    const expected = scheme.charCodeAt(at);
    if (code !== expected && (code | 32) !== expected) return false;
  }
  return true;
}
