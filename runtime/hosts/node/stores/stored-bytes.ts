/**
 * An answer as bytes in a store: the length of its head in four bytes, the head as JSON, the body. Promises: what is no such thing, or was kept
 * before the last change of its place, is nothing.
 */
import type { StoredAnswer } from "../../../cache/stored-answer.ts";
import type { HeaderField } from "../../../contract/gateway.ts";

/** `names`: in the place of an answer, the fields by which answers to the request differ. */
export type Shelved = { readonly stored: StoredAnswer } | { readonly names: readonly string[] };

const version = 1;
const lengthBytes = 4;

export function writtenAnswer(shelved: Shelved, since: string): Uint8Array {
  const { body = empty, ...head } = "stored" in shelved ? shelved.stored : { names: shelved.names };
  const text = Buffer.from(JSON.stringify({ version, since, ...head }), "utf8");
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text, body]);
}

export function readAnswer(bytes: Uint8Array | null | undefined, since: string): Shelved | undefined {
  if (bytes === null || bytes === undefined || bytes.length < lengthBytes) return undefined;
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = lengthBytes + all.readUInt32BE();
  const head = end > all.length ? undefined : parsed(all.toString("utf8", lengthBytes, end));
  if (head === undefined || head["version"] !== version || head["since"] !== since) return undefined;
  const { names, status, fields, born, lifetime, whileRevalidate, ifError } = head;
  if (areTexts(names)) return { names };
  const numbers = [status, born, lifetime, whileRevalidate, ifError];
  if (!numbers.every(Number.isFinite) || !areFields(fields)) return undefined;
  const [code = 0, from = 0, fresh = 0, beside = 0, instead = 0] = numbers.map(Number);
  const keeping = { born: from, lifetime: fresh, whileRevalidate: beside, ifError: instead };
  return { stored: { ...keeping, status: code, fields, body: all.subarray(end) } };
}

const empty = new Uint8Array();

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function areFields(value: unknown): value is readonly HeaderField[] {
  return Array.isArray(value) && value.every((one) => areTexts(one) && one.length === 2);
}
