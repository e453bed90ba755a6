/**
 * Where an issuer says its keys are (OpenID Connect Discovery 1.0 section 4). Promises: the document is the issuer's own, to the letter, and
 * its keys travel as safely as itself: over https, or within this machine where the issuer is on it.
 */
import type { World } from "../../contract/world.ts";
import { urlText } from "../../kernel/scalar-text.ts";
import { ask } from "./ask.ts";
import { fetchPublished } from "./fetch-published.ts";

/** The address of `issuer`'s key set, or undefined where its document could not be had or is not its own. */
export async function discoverKeys(issuer: string, through: World["ask"] = ask): Promise<string | undefined> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const document = await fetchPublished(address, "application/json", through);
  const keys = document?.["jwks_uri"];
  if (document?.["issuer"] !== issuer || typeof keys !== "string" || !urlText.test(keys) || !URL.canParse(keys)) return undefined;
  return isSafe(new URL(keys), new URL(issuer)) ? keys : undefined;
}

function isSafe(keys: URL, issuer: URL): boolean {
  return keys.protocol === "https:" || (isLoopback(keys.hostname) && isLoopback(issuer.hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.[0-9]{1,3}){3}$/.test(hostname);
}
