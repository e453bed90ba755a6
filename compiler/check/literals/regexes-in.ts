/** The regular expressions that stand anywhere in a file. Knows the shape of trees only as far as that every part is an object. */
import type { FileNode } from "../../../grammar/ast.ts";

export function regexesIn(file: FileNode): readonly string[] {
  const found: string[] = [];
  const waiting: unknown[] = [file.entries];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part !== "object" || part === null) continue;
    if ("kind" in part && part.kind === "regex" && "text" in part && typeof part.text === "string") found.push(part.text);
    for (const inner of Object.values(part)) if (typeof inner === "object") waiting.push(inner);
  }
  return found;
}
