/** `Authorization: AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`: the three in any order, each once. */
import type { HeaderField } from "../../contract/gateway.ts";
import type { SigV4Fault } from "../../contract/sigv4.ts";
import { firstValue } from "../../kernel/fields.ts";
import { bytesOfHex } from "../../kernel/hex.ts";
import type { Presented } from "./presented.ts";
import { readScope } from "./scope.ts";
import { readDateField, readTimestamp, type Timestamp } from "./timestamp.ts";

export const algorithm = "AWS4-HMAC-SHA256";

/** Bytes of a SHA-256. */
export const hashSize = 32;

export function readAuthorization(value: string, headers: readonly HeaderField[]): Presented | SigV4Fault {
  const space = value.indexOf(" ");
  if ((space < 0 ? value : value.slice(0, space)) !== algorithm) return "other-algorithm";
  const parts = readParts(value.slice(space + 1));
  if (parts === undefined) return "malformed-authorization";
  const scope = readScope(parts.credential);
  const signature = bytesOfHex(parts.signature);
  if (scope === undefined || signature?.length !== hashSize || parts.signedHeaders === "") return "malformed-authorization";
  const date = readDate(headers);
  if (typeof date === "string") return date;
  return {
    form: "header",
    scope,
    date,
    signedHeaders: parts.signedHeaders,
    signature,
    token: firstValue(headers, "x-amz-security-token"),
    expires: undefined,
    payload: firstValue(headers, "x-amz-content-sha256"),
  };
}

type Parts = { readonly credential: string; readonly signedHeaders: string; readonly signature: string };

function readParts(text: string): Parts | undefined {
  let [credential, signedHeaders, signature]: (string | undefined)[] = [];
  const written = text.split(",");
  for (const one of written) {
    const part = withoutSpaces(one);
    if (part.startsWith("Credential=")) credential = part.slice("Credential=".length);
    else if (part.startsWith("SignedHeaders=")) signedHeaders = part.slice("SignedHeaders=".length);
    else if (part.startsWith("Signature=")) signature = part.slice("Signature=".length);
  }
  // Three parts of which none is missing: none came twice.
  if (written.length !== 3 || credential === undefined || signedHeaders === undefined || signature === undefined) return undefined;
  return { credential, signedHeaders, signature };
}

function withoutSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === " ") start++;
  while (end > start && text[end - 1] === " ") end--;
  return text.slice(start, end);
}

function readDate(headers: readonly HeaderField[]): Timestamp | SigV4Fault {
  const amzDate = firstValue(headers, "x-amz-date");
  if (amzDate !== undefined) return readTimestamp(amzDate) ?? "malformed-date";
  const date = firstValue(headers, "date");
  return date === undefined ? "no-date" : (readDateField(date) ?? "malformed-date");
}
