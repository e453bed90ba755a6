/**
 * The compact form of a signed token (RFC 7515 section 7.1) taken apart. Checks shape only: nothing here is trusted yet. Bytes stand in one place for
 * all tokens, because making a place takes as long as reading what comes there: they are those of a token until the next one is read.
 */
import { decodeBase64Url, decodeInto } from "../kernel/base64url.ts";
import { parseJson } from "../kernel/strict-json.ts";

export type CompactToken = TokenHeader & {
  /** JSON, as far as anybody knows. */
  readonly payload: Uint8Array;
  /** The ASCII bytes that the signature is over. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
};

export type TokenHeader = {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  /** The header's `typ`, whatever it is. */
  readonly type: unknown;
};

const longest = 8192;
const limits = { depth: 64, keys: 1000 };
const encoder = new TextEncoder();
const characters = new Uint8Array(longest);
const decoded = new Uint8Array(longest);

/** The token, or why it is none. Keys and URLs inside the header are never looked at. */
export function readCompactToken(text: string): CompactToken | string {
  if (text.length > longest) return "longer than 8 KiB";
  const first = text.indexOf(".");
  const second = text.indexOf(".", first + 1);
  if (first < 0 || second < 0 || text.includes(".", second + 1)) return "not three parts";
  const header = headerOf(text.slice(0, first));
  if (typeof header === "string") return header;
  // One that is not ASCII is several bytes, none of which base64url has.
  if (encoder.encodeInto(text, characters).written !== text.length) return "not in base64url";
  const payloadEnd = decodeInto(decoded, 0, characters, first + 1, second);
  if (payloadEnd < 0) return "the payload is not in base64url";
  const end = decodeInto(decoded, payloadEnd, characters, second + 1, text.length);
  if (end < 0) return "the signature is not in base64url";
  const { algorithm, keyId, type } = header;
  return {
    algorithm,
    keyId,
    type,
    payload: decoded.subarray(0, payloadEnd),
    signed: characters.subarray(0, second),
    signature: decoded.subarray(payloadEnd, end),
  };
}

/** Headers that were good, by their whole text: the tokens of one key have one. */
const headers = new Map<string, TokenHeader>();
const mostHeaders = 64;

function headerOf(text: string): TokenHeader | string {
  const known = headers.get(text);
  if (known !== undefined) return known;
  const read = readHeader(text);
  if (headers.size === mostHeaders) headers.clear();
  if (typeof read !== "string") headers.set(text, read);
  return read;
}

function readHeader(text: string): TokenHeader | string {
  const header = readJsonObject(decodeBase64Url(text));
  if (header === undefined) return "the header is no JSON object in base64url";
  const { alg, kid, typ } = header;
  if (typeof alg !== "string") return "no `alg`";
  if (kid !== undefined && typeof kid !== "string") return "`kid` is no string";
  if (Object.hasOwn(header, "crit") || Object.hasOwn(header, "b64")) return "extensions are not accepted";
  return { algorithm: alg, keyId: kid, type: typ };
}

/** Of a header or a payload: strict JSON, and an object. */
export function readJsonObject(bytes: Uint8Array | undefined): Readonly<Record<string, unknown>> | undefined {
  const parsed = bytes === undefined ? undefined : parseJson(bytes, limits);
  if (parsed?.ok !== true || typeof parsed.value !== "object" || parsed.value === null || Array.isArray(parsed.value)) return undefined;
  return parsed.value as Readonly<Record<string, unknown>>;
}
