/** Whether a file has a regular expression anywhere. Knows the shape of trees only as far as that every part is an object. */
import type { FileNode } from "../../../grammar/ast.ts";

export function hasRegex(file: FileNode): boolean {
  const waiting: unknown[] = [file.entries];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part !== "object" || part === null) continue;
    if ("kind" in part && part.kind === "regex") return true;
    for (const inner of Object.values(part)) if (typeof inner === "object") waiting.push(inner);
  }
  return false;
}
