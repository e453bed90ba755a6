/** Plain text and netset lists: one address or CIDR block a line; what follows `#` or `;` is a comment. Knows nothing of addresses. */
import { type ListEntry, type ListReading, NO_ATTRIBUTES } from "./list-format.ts";

export function readTextList(text: string): ListReading {
  const entries: ListEntry[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    const entry = line.replace(/[#;].*/, "").trim();
    if (entry !== "") entries.push({ text: entry, line: at + 1, attributes: NO_ATTRIBUTES });
  }
  return { kind: "list", entries, attributes: [] };
}
