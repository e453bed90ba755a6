/** One call for what an issuer publishes: bounded in time and size, no redirects, strict JSON. The bounds are those of Amazon API Gateway. */
import type { World } from "../../contract/world.ts";
import { parseJson } from "../../kernel/strict-json.ts";

export type Published = Readonly<Record<string, unknown>>;

const timeout = 1_500;
const mostBytes = 150_000;

/** The JSON object at `url`, or undefined for whatever is not a whole 200 answer with one. */
export async function fetchPublished(url: string, accept: string, ask: World["ask"]): Promise<Published | undefined> {
  const reply = await ask({ method: "GET", url, headers: [["accept", accept]], timeout, mostBytes });
  if (reply.kind !== "answer" || reply.status !== 200) return undefined;
  const parsed = parseJson(reply.body, { depth: 16, keys: 20_000 });
  return parsed.ok && isObject(parsed.value) ? parsed.value : undefined;
}

export function isObject(value: unknown): value is Published {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
