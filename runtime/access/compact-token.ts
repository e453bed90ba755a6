/** The compact form of a signed token (RFC 7515 section 7.1) taken apart. Checks shape only: nothing here is trusted yet. */
import { decodeBase64Url } from "../kernel/base64url.ts";
import { parseJson } from "../kernel/strict-json.ts";

export type CompactToken = {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  /** The header's `typ`, whatever it is. */
  readonly type: unknown;
  /** JSON, as far as anybody knows. */
  readonly payload: Uint8Array;
  /** The ASCII bytes that the signature is over. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
};

const longest = 8192;
const limits = { depth: 64, keys: 1000 };
const encoder = new TextEncoder();

/** The token, or why it is none. Keys and URLs inside the header are never looked at. */
export function readCompactToken(text: string): CompactToken | string {
  if (text.length > longest) return "longer than 8 KiB";
  const first = text.indexOf(".");
  const second = text.indexOf(".", first + 1);
  if (first < 0 || second < 0 || text.includes(".", second + 1)) return "not three parts";
  const header = readJsonObject(decodeBase64Url(text.slice(0, first)));
  if (header === undefined) return "the header is no JSON object in base64url";
  const { alg, kid, typ } = header;
  if (typeof alg !== "string") return "no `alg`";
  if (kid !== undefined && typeof kid !== "string") return "`kid` is no string";
  if (Object.hasOwn(header, "crit") || Object.hasOwn(header, "b64")) return "extensions are not accepted";
  const payload = decodeBase64Url(text.slice(first + 1, second));
  if (payload === undefined) return "the payload is not in base64url";
  const signature = decodeBase64Url(text.slice(second + 1));
  if (signature === undefined) return "the signature is not in base64url";
  return { algorithm: alg, keyId: kid, type: typ, payload, signed: encoder.encode(text.slice(0, second)), signature };
}

/** Of a header or a payload: strict JSON, and an object. */
export function readJsonObject(bytes: Uint8Array | undefined): Readonly<Record<string, unknown>> | undefined {
  const parsed = bytes === undefined ? undefined : parseJson(bytes, limits);
  if (parsed?.ok !== true || typeof parsed.value !== "object" || parsed.value === null || Array.isArray(parsed.value)) return undefined;
  return parsed.value as Readonly<Record<string, unknown>>;
}
