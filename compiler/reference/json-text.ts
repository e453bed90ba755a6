/**
 * JSON as RFC 8785 writes it: nothing between the tokens, names in the order of their UTF-16 code units, the shortest escapes. The values are in
 * canonical form already (`fit`, D42).
 */
import type { Value } from "../model/types.ts";
import { isItems, isRecord } from "./values.ts";

export function jsonText(value: Value): string {
  if (isItems(value)) return `[${value.map(jsonText).join()}]`;
  if (isRecord(value)) {
    const names = Object.keys(value).sort((left, right) => (left < right ? -1 : 1));
    return `{${names.map((name) => `${quoted(name)}:${jsonText(value[name] ?? "")}`).join()}}`;
  }
  if (typeof value === "string") return quoted(value);
  return value === 0 ? "0" : String(value);
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};

/** RFC 8785, section 3.2.2.2. */
function quoted(text: string): string {
  const written = [...text].map((character) => {
    const code = character.charCodeAt(0);
    return SHORT[character] ?? (code < 0x20 ? `\\u${code.toString(16).padStart(4, "0")}` : character);
  });
  return `"${written.join("")}"`;
}
