/** What authorizers answer, taken apart: strict JSON, a name for the caller, and a context whose declared members fit their types. */
import type { ClaimData } from "../../contract/claim-data.ts";
import { codePoints } from "../../kernel/scalar-text.ts";
import { parseJson } from "../../kernel/strict-json.ts";
import { type Members, readClaims } from "../claims.ts";
import { failed, type Verdict } from "./verdict.ts";

/** Bytes: no answer is longer. */
export const longestAnswer = 8192;

/** Code points. */
const longestId = 256;
const limits = { depth: 64, keys: 1000 };

export type Declared = { readonly name: string; readonly claims: readonly ClaimData[] };

export function readObject(body: Uint8Array): Members | undefined {
  const parsed = parseJson(body, limits);
  return parsed.ok && isObject(parsed.value) ? parsed.value : undefined;
}

export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function callerOf({ name, claims }: Declared, id: unknown, context: Members): Verdict {
  if (typeof id !== "string" || id === "" || codePoints(id) > longestId) return failed("the caller has no name of 1 to 256 characters");
  const read = readClaims(claims, context);
  return typeof read === "string" ? failed(read) : { kind: "caller", principal: { identity: name, id, claims: read } };
}
