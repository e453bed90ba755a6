/** Why more is refused than by Node: what RFC 9112 does not have, what we read no further, and what nobody asked for. */

import { isFieldValue } from "../../../../runtime/kernel/characters.ts";
import { FRAMING_FAULTS } from "./framing-faults.ts";

export type Reason = { readonly name: string; readonly holds: (heads: readonly string[], body: string) => boolean };

const REASONS: readonly Reason[] = [
  { name: "an empty line before the head", holds: some(/^\r?\n/) },
  { name: "what begins otherwise than HTTP/1.0 and 1.1", holds: (heads) => heads.some((head) => !begins(head)) },
  { name: "a status below 100", holds: some(/^HTTP\/1\.[01] 0/) },
  { name: "101, which nobody asked for", holds: some(/^HTTP\/1\.[01] 101/) },
  { name: "a control character in the reason", holds: (heads) => heads.some((head) => !isFieldValue(head.split(/[\r\n]/, 1)[0] ?? "")) },
  ...FRAMING_FAULTS.ofHeads.map(([name, pattern]) => ({ name, holds: some(pattern) })),
  ...FRAMING_FAULTS.ofBodies.map(([name, pattern]) => ({ name, holds: (_heads: readonly string[], body: string) => pattern.test(body) })),
];

/** Of an answer as it was said. */
export function reasonFor(text: string): string | undefined {
  const heads: string[] = [];
  let rest = text;
  for (;;) {
    const end = rest.indexOf("\r\n\r\n");
    const size = end < 0 ? rest.length : end + 4;
    const head = rest.slice(0, size);
    heads.push(head);
    rest = rest.slice(size);
    if (rest === "" || !/^HTTP\/1\.[01] 1/.test(head)) break;
  }
  return REASONS.find(({ holds }) => holds(heads, rest))?.name;
}

function some(pattern: RegExp): Reason["holds"] {
  return (heads) => heads.some((head) => pattern.test(head));
}

function begins(head: string): boolean {
  const start = head.slice(0, "HTTP/1.x".length);
  return ["HTTP/1.0", "HTTP/1.1"].some((good) => good.startsWith(start));
}
