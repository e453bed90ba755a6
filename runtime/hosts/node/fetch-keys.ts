/** The keys that stand at a URL (RFC 7517 section 5). */
import type { Jwk, World } from "../../contract/world.ts";
import { ask } from "./ask.ts";
import { fetchPublished, isObject } from "./fetch-published.ts";

/** Undefined where no key set could be had. Members that are no objects are no keys. */
export async function fetchKeys(url: string, through: World["ask"] = ask): Promise<readonly Jwk[] | undefined> {
  const keys = (await fetchPublished(url, "application/jwk-set+json, application/json", through))?.["keys"];
  return Array.isArray(keys) ? keys.filter(isObject) : undefined;
}
