/** What header fields say of a body that is another than the one that came: that it is JSON, and nothing else. */
import type { SetHeader } from "./running-backend.ts";

/** Fields that are about the bytes of a body (RFC 9110 section 8, RFC 9530). */
export const ABOUT_BYTES = [
  "content-digest",
  "content-encoding",
  "content-language",
  "content-location",
  "content-md5",
  "content-range",
  "digest",
  "repr-digest",
] as const;

/** What the route says itself stays. Sorted by name. */
export function saidOfJson(set: readonly SetHeader[]): readonly SetHeader[] {
  const own: readonly SetHeader[] = [...ABOUT_BYTES.map((name): SetHeader => [name, undefined]), ["content-type", "application/json"]];
  const said = [...set, ...own.filter(([name]) => !set.some(([other]) => other === name))];
  return said.sort(([left], [right]) => (left < right ? -1 : left === right ? 0 : 1));
}
