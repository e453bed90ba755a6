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
  const scope = readScope(parts.Credential);
  const signature = bytesOfHex(parts.Signature);
  if (scope === undefined || signature?.length !== hashSize || parts.SignedHeaders === "") return "malformed-authorization";
  const date = readDate(headers);
  if (typeof date === "string") return date;
  return {
    form: "header",
    scope,
    date,
    signedHeaders: parts.SignedHeaders,
    signature,
    token: firstValue(headers, "x-amz-security-token"),
    expires: undefined,
    payload: firstValue(headers, "x-amz-content-sha256"),
  };
}

type Parts = { readonly Credential: string; readonly SignedHeaders: string; readonly Signature: string };

function readParts(text: string): Parts | undefined {
  const found = new Map<string, string>();
  for (const written of text.split(",")) {
    const part = withoutSpaces(written);
    const equals = part.indexOf("=");
    const name = equals < 0 ? part : part.slice(0, equals);
    if (found.has(name)) return undefined;
    found.set(name, part.slice(equals + 1));
  }
  const Credential = found.get("Credential");
  const SignedHeaders = found.get("SignedHeaders");
  const Signature = found.get("Signature");
  if (found.size !== 3 || Credential === undefined || SignedHeaders === undefined || Signature === undefined) return undefined;
  return { Credential, SignedHeaders, Signature };
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
