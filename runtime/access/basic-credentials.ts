/** What stands behind `Basic`: `NAME:PASSWORD` as UTF-8 in base64 (RFC 7617 section 2). */
import { decodeBase64Url } from "../kernel/base64url.ts";

export type Credentials = { readonly name: string; readonly password: Uint8Array };

/** Characters of base64. */
const longest = 2_048;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const colon = 58;

/** Undefined where it is anything else; a name or password with control characters is none. */
export function readCredentials(text: string): Credentials | undefined {
  if (text.length > longest || !base64.test(text)) return undefined;
  const bytes = decodeBase64Url(text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""));
  const split = bytes?.indexOf(colon) ?? -1;
  if (bytes === undefined || split <= 0 || bytes.some((byte) => byte < 32 || byte === 127)) return undefined;
  try {
    decoder.decode(bytes.subarray(split + 1));
    return { name: decoder.decode(bytes.subarray(0, split)), password: bytes.subarray(split + 1) };
  } catch {
    return undefined;
  }
}
