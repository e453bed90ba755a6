/**
 * A query as names and values in the one form that SigV4 signs: decoded and encoded again byte by byte, so that it never
 * matters whether bytes are text. `+` is a space, as it is for rules (D20.10). Knows which names carry a signature.
 */
import { hexValue, isUnreserved } from "../../kernel/characters.ts";
import { tripletOf } from "./triplet.ts";

const percent = 37;
const plus = 43;
const space = 32;

/** Both in encoded form, which compares as the bytes do where it matters: sorting is by encoded name, then value. */
export type QueryPart = readonly [name: string, value: string];

const none: readonly QueryPart[] = [];

/** In the order in which they came; what is empty between two `&` is nothing. Triplets are whole (D20.10). */
export function queryParts(query: string | undefined): readonly QueryPart[] {
  if (query === undefined || query === "") return none;
  const parts: QueryPart[] = [];
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    parts.push(equals < 0 ? [recoded(part), ""] : [recoded(part.slice(0, equals)), recoded(part.slice(equals + 1))]);
  }
  return parts;
}

/** Sorted by name, then value, without the signature itself. */
export function signedQuery(parts: readonly QueryPart[]): string {
  if (parts.length === 0) return "";
  const signed = parts.filter(([name]) => name !== "X-Amz-Signature").sort(byNameThenValue);
  let text = "";
  for (const [name, value] of signed) text += text === "" ? `${name}=${value}` : `&${name}=${value}`;
  return text;
}

function byNameThenValue(left: QueryPart, right: QueryPart): number {
  if (left[0] !== right[0]) return left[0] < right[0] ? -1 : 1;
  if (left[1] === right[1]) return 0;
  return left[1] < right[1] ? -1 : 1;
}

function recoded(text: string): string {
  let out = "";
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isUnreserved(code)) continue;
    const triplet = code === percent ? tripletByte(text, at) : -1;
    const byte = triplet >= 0 ? triplet : code === plus ? space : code;
    out += text.slice(copied, at) + (isUnreserved(byte) ? String.fromCharCode(byte) : tripletOf(byte));
    if (triplet >= 0) at += 2;
    copied = at + 1;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** The query as it came, without the parts that carry a signature; undefined where nothing else is in it. */
export function withoutCarriers(query: string | undefined): string | undefined {
  const kept = (query ?? "").split("&").filter((part) => {
    const equals = part.indexOf("=");
    return !isCarrier(recoded(equals < 0 ? part : part.slice(0, equals)));
  });
  return kept.some((part) => part !== "") ? kept.join("&") : undefined;
}

/** Negative where there is no whole triplet at `at`. */
function tripletByte(text: string, at: number): number {
  const high = hexValue(text.charCodeAt(at + 1));
  const low = hexValue(text.charCodeAt(at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** The text that an encoded one stands for, one character a byte. */
export function decodedPart(encoded: string): string {
  if (!encoded.includes("%")) return encoded;
  return encoded.replace(/%([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Names of the query form; a name that differs in case alone is ambiguous. */
const carriers: readonly string[] = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-SignedHeaders",
  "X-Amz-Signature",
  "X-Amz-Security-Token",
  "X-Amz-Content-Sha256",
];
const carriersInLowerCase: ReadonlySet<string> = new Set(carriers.map((name) => name.toLowerCase()));

/** `name` encoded. Whether it is one of the query form, in whatever case. */
export function isCarrier(name: string): boolean {
  return name.length <= 20 && name.length >= 10 && carriersInLowerCase.has(name.toLowerCase());
}
