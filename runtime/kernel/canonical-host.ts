/** `Host` in one form (RFC 3986 section 3.2 without userinfo). Knows nothing of which hosts the gateway serves. */
import { parseAddress } from "./ip.ts";
import { hexValue, isDigit, isUnreserved, lowerAscii } from "./characters.ts";

/** `host` without port, `authority` with it; both lower-case. */
export type CanonicalHost = { readonly host: string; readonly authority: string };

/** The last one: most requests name the host that the one before them named. */
let last: { readonly text: string; readonly host: CanonicalHost | undefined } = { text: "", host: undefined };

/** A name, an IPv4 address or an IPv6 address in brackets, with an optional port. Undefined: refused. */
export function canonicalHost(text: string): CanonicalHost | undefined {
  if (text !== last.text) last = { text, host: readHost(text) };
  return last.host;
}

function readHost(text: string): CanonicalHost | undefined {
  const authority = lowerAscii(text);
  const end = authority.startsWith("[") ? authority.indexOf("]") + 1 : nameEnd(authority);
  const host = authority.slice(0, end);
  const isGood = host.startsWith("[") ? parseAddress(host.slice(1, -1)) !== undefined && host.includes(":") : isName(host);
  return isGood && isPort(authority.slice(end)) ? { host, authority } : undefined;
}

function nameEnd(authority: string): number {
  const colon = authority.indexOf(":");
  return colon < 0 ? authority.length : colon;
}

/** `reg-name`, not empty, without a dot at its end: `a.example.` and `a.example` would be two spellings of one host. */
function isName(host: string): boolean {
  for (let at = 0; at < host.length; at++) {
    const code = host.charCodeAt(at);
    if (isUnreserved(code) || "!$&'()*+,;=".includes(host.charAt(at))) continue;
    if (code !== 37 || hexValue(host.charCodeAt(at + 1)) < 0 || hexValue(host.charCodeAt(at + 2)) < 0) return false;
    at += 2;
  }
  return host !== "" && !host.endsWith(".");
}

/** Empty, or `:` and a number from 1 to 65535. */
function isPort(text: string): boolean {
  if (text === "") return true;
  if (text.charCodeAt(0) !== 58 || text.length > 6 || text.length < 2) return false;
  for (let at = 1; at < text.length; at++) if (!isDigit(text.charCodeAt(at))) return false;
  const port = Number(text.slice(1));
  return port > 0 && port < 65536;
}
