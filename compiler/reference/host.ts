/** `Host` in one form (RFC 3986 section 3.2, without userinfo). Knows nothing of which hosts are served. */
import { parseAddress } from "./address.ts";
import { lowerAscii } from "./fields.ts";

/** Both lower-case; `name` has no port. */
export type Host = { readonly name: string; readonly authority: string };

export function parseHost(text: string): Host | undefined {
  const authority = lowerAscii(text);
  const [, name, port] = /^(\[[^\]]*\]|[^:[\]]*)(?::([0-9]{1,5}))?$/.exec(authority) ?? [];
  if (name === undefined || !(isBracketed(name) || isName(name))) return undefined;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) return undefined;
  return { name, authority };
}

function isBracketed(name: string): boolean {
  return name.startsWith("[") && name.includes(":") && parseAddress(name.slice(1, -1)) !== undefined;
}

/** With a dot at its end it would be a second spelling of one name. */
function isName(name: string): boolean {
  return /^(?:[a-z0-9._~!$&'()*+,;=-]|%[0-9a-f]{2})+$/.test(name) && !name.endsWith(".");
}
