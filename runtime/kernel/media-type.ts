/** Whether a `content-type` says JSON in UTF-8 (RFC 9110 section 8.3, RFC 6839). Whatever is not plainly that is not. */
import { isToken, lowerAscii, trimBlanks } from "./characters.ts";

const parameter = /[ \t]*;[ \t]*([^\s;="]+)=(?:([^\s;="]+)|"([^"\\]*)")/y;

/** `application/json` or `application/*+json`, every parameter well-formed, `charset` absent or `utf-8`. */
export function isJsonMediaType(value: string | undefined): boolean {
  if (value === undefined) return false;
  const end = value.indexOf(";");
  return isJson(lowerAscii(trimBlanks(end < 0 ? value : value.slice(0, end)))) && (end < 0 || hasUtf8(value.slice(end)));
}

function isJson(type: string): boolean {
  if (!type.startsWith("application/")) return false;
  const subtype = type.slice("application/".length);
  return subtype === "json" || (isToken(subtype) && subtype.endsWith("+json") && subtype !== "+json");
}

function hasUtf8(parameters: string): boolean {
  let charsets = 0;
  for (let at = 0; at < parameters.length; at = parameter.lastIndex) {
    parameter.lastIndex = at;
    const match = parameter.exec(parameters);
    if (match === null) return false;
    const [, name = "", bare, quoted = ""] = match;
    if (!isToken(name) || (bare !== undefined && !isToken(bare))) return false;
    if (lowerAscii(name) !== "charset") continue;
    if (++charsets > 1 || lowerAscii(bare ?? quoted) !== "utf-8") return false;
  }
  return true;
}
