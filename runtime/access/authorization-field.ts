/** `Authorization: SCHEME CREDENTIALS` (RFC 9110 section 11.6.2), of which one space stands between the two. */
import type { HeaderField } from "../contract/gateway.ts";
import { firstValue } from "../kernel/fields.ts";

/** What stands behind the first space after the scheme, in any case; empty where nothing does; undefined where the scheme is another. `scheme` in lower case. */
export function credentialsOf(headers: readonly HeaderField[], scheme: string): string | undefined {
  const value = firstValue(headers, "authorization");
  if (value === undefined) return undefined;
  const end = scheme.length;
  if (value.slice(0, end).toLowerCase() !== scheme) return undefined;
  if (value.length === end) return "";
  return value.charAt(end) === " " ? value.slice(end + 1) : undefined;
}
