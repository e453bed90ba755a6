/**
 * Patterns of ARNs, matched part by part: a wildcard ends where its part ends, and the sixth part, which may hold colons,
 * is all that is left. `*` alone is any ARN.
 */
import type { ConditionKeys, PolicyDocument } from "../../contract/iam.ts";
import { type Glob, globMatches } from "./glob.ts";
import { globFor, readArnTemplates, type Template } from "./template.ts";

export type ArnPattern =
  | { readonly kind: "all" }
  | { readonly kind: "nothing" }
  /** Five parts that are plain text, colons included, and the sixth without variables. The usual case. */
  | { readonly kind: "rooted"; readonly root: string; readonly rest: Glob }
  | { readonly kind: "parts"; readonly parts: readonly Template[] };

export function readArnPattern(text: string, version: PolicyDocument["version"]): ArnPattern {
  if (text === "*") return { kind: "all" };
  const parts = readArnTemplates(text, version);
  if (parts === undefined) return { kind: "nothing" };
  const [rest] = parts.slice(5);
  const plain = parts.slice(0, 5).map(({ fixed }) => fixed?.literal);
  if (rest?.fixed === undefined || !plain.every((part) => part !== undefined)) return { kind: "parts", parts };
  return { kind: "rooted", root: `${plain.join(":")}:`, rest: rest.fixed };
}

/** Undefined where a variable has no value. A text of fewer than six parts is no ARN and fits nothing. */
export function arnMatches(pattern: ArnPattern, arn: string, keys: ConditionKeys): boolean | undefined {
  switch (pattern.kind) {
    case "all":
      return isArn(arn);
    case "nothing":
      return false;
    case "rooted":
      return arn.startsWith(pattern.root) && globMatches(pattern.rest, arn, pattern.root.length, arn.length);
    case "parts":
      return partsMatch(pattern.parts, arn, keys);
  }
}

function partsMatch(parts: readonly Template[], arn: string, keys: ConditionKeys): boolean | undefined {
  const globs: Glob[] = [];
  for (const part of parts) {
    const glob = globFor(part, keys);
    if (glob === undefined) return undefined;
    globs.push(glob);
  }
  let start = 0;
  for (let part = 0; part < 6; part++) {
    const end = part === 5 ? arn.length : arn.indexOf(":", start);
    const glob = globs[part];
    if (end < 0 || glob === undefined || !globMatches(glob, arn, start, end)) return false;
    start = end + 1;
  }
  return true;
}

function isArn(text: string): boolean {
  let at = -1;
  for (let colons = 0; colons < 5; colons++) {
    at = text.indexOf(":", at + 1);
    if (at < 0) return false;
  }
  return true;
}
