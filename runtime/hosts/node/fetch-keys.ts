/** One call for a key set (RFC 7517 section 5): bounded in time and size, no redirects, strict JSON. */
import type { Jwk, World } from "../../contract/world.ts";
import { parseJson } from "../../kernel/strict-json.ts";
import { ask } from "./ask.ts";

const timeout = 5_000;
const mostBytes = 1024 * 1024;
const headers = [["accept", "application/jwk-set+json, application/json"]] as const;

/** The keys at `url`, or undefined for whatever is not a whole 200 answer with a key set. */
export async function fetchKeys(url: string, through: World["ask"] = ask): Promise<readonly Jwk[] | undefined> {
  const reply = await through({ method: "GET", url, headers, timeout, mostBytes });
  if (reply.kind !== "answer" || reply.status !== 200) return undefined;
  const parsed = parseJson(reply.body, { depth: 16, keys: 20_000 });
  return parsed.ok ? keysOf(parsed.value) : undefined;
}

function keysOf(document: unknown): readonly Jwk[] | undefined {
  if (!isObject(document) || !Array.isArray(document["keys"])) return undefined;
  return document["keys"].filter(isObject);
}

function isObject(value: unknown): value is Jwk {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
