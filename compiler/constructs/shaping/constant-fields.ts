/** A block of header fields with constant texts: `headers { "X-Docs": "https://..." }`. Promises: each once, each one that programs may set here. */
import type { Block } from "../../../grammar/ast.ts";
import type { CheckContext } from "../../check/context.ts";
import { CORS_FIELDS } from "../../model/cors.ts";
import { constantHeaders } from "../header-entry.ts";

export type ConstantField = readonly [name: string, value: string];

/** What a refusal says by itself. */
const SAID: ReadonlySet<string> = new Set([
  "cache-control",
  "allow",
  "www-authenticate",
  "retry-after",
  "ratelimit",
  "ratelimit-policy",
  "vary",
]);

export function readFields(block: Block | undefined, context: CheckContext): readonly ConstantField[] {
  const owner = { what: "a header of an `answer`", refused: problemOf };
  return constantHeaders(block, owner, context).map(({ name, value }): ConstantField => [name, value]);
}

function problemOf(name: string): string | undefined {
  if (name === "content-type") return "the body's type says it";
  if (CORS_FIELDS.includes(name)) return "`cors` says it";
  return SAID.has(name) ? "the refusal says it itself" : undefined;
}
