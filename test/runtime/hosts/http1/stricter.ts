/** Why more is refused than by Node: what RFC 9112 does not have, what we read no further, and what nobody asked for. */

import { isFieldValue } from "../../../../runtime/kernel/characters.ts";

export type Reason = { readonly name: string; readonly holds: (heads: readonly string[], body: string) => boolean };

const REASONS: readonly Reason[] = [
  { name: "an empty line before the head", holds: some(/^\r?\n/) },
  { name: "what begins otherwise than HTTP/1.0 and 1.1", holds: (heads) => heads.some((head) => !begins(head)) },
  { name: "a status below 100", holds: some(/^HTTP\/1\.[01] 0/) },
  { name: "101, which nobody asked for", holds: some(/^HTTP\/1\.[01] 101/) },
  { name: "a control character in the reason", holds: (heads) => heads.some((head) => !isFieldValue(head.split(/[\r\n]/, 1)[0] ?? "")) },
  { name: "a coding beside or instead of chunked", holds: some(/\r\ntransfer-encoding:(?![\t ]*chunked[\t ]*\r\n)/i) },
  { name: "chunked twice, which nobody may say", holds: some(/\r\ntransfer-encoding:[^]*\r\ntransfer-encoding:/i) },
  { name: "a length of more than 15 digits", holds: some(/\r\ncontent-length:[\t ]*[0-9]{16}/i) },
  { name: "a chunk's size of more than 13 digits", holds: (_heads, body) => /(?:^|\r\n)[0-9a-f]{14}/i.test(body) },
  { name: "an extension of a chunk with nothing behind its =", holds: (_heads, body) => /(?:^|\r\n)[0-9a-f]+;[^\r]*=(?:;|\r)/i.test(body) },
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
