/** Whom a gateway may ask for what decides (OpenID Connect Discovery 1.0 section 3): no query; what is not on this machine over https only. */
import { readText } from "./text-values.ts";

export function isAskable(text: string): boolean {
  if (readText({ kind: "url" }, text) === undefined || text.includes("?")) return false;
  const [, host = ""] = /^http:\/\/(\[[^\]]*\]|[^:/]*)/.exec(text) ?? [];
  return text.startsWith("https:") || host === "localhost" || host === "[::1]" || /^127(\.[0-9]{1,3}){3}$/.test(host);
}
