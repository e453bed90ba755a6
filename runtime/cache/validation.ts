/** Asking whether an answer is still good, of a backend (RFC 9111, section 4.3) and for a client (RFC 9110, section 13). */
import type { HeaderField } from "../contract/gateway.ts";
import { allValues, firstValue } from "../kernel/fields.ts";
import { trimBlanks } from "../kernel/characters.ts";
import { readHttpDate } from "./http-date.ts";

/** Fields of clients about what *they* have: the backend is asked about what is kept here. */
export const clientConditions: ReadonlySet<string> = new Set(["if-none-match", "if-modified-since"]);

/** Requests with these want a part, or fail by what is there now: nothing that is kept can answer them. */
export const partialConditions: ReadonlySet<string> = new Set(["range", "if-range", "if-match", "if-unmodified-since"]);

/** What the backend is asked by. Empty: it cannot be asked. */
export function validatorsOf(stored: readonly HeaderField[]): readonly HeaderField[] {
  const etag = only(stored, "etag");
  const modified = only(stored, "last-modified");
  return [
    ...(etag === undefined ? [] : [["if-none-match", etag] as const]),
    ...(modified === undefined ? [] : [["if-modified-since", modified] as const]),
  ];
}

/** Whether a 304 is about what is kept: it may leave out what it is about, and not name another one. */
export function isAboutStored(stored: readonly HeaderField[], said: readonly HeaderField[]): boolean {
  const [ours, theirs] = [only(stored, "etag"), only(said, "etag")];
  return theirs === undefined || (ours !== undefined && weakly(ours) === weakly(theirs));
}

/** Fields of what is kept, as a 304 renews them (section 3.2). What describes the body stays as it was. */
export function renewedFields(stored: readonly HeaderField[], said: readonly HeaderField[]): readonly HeaderField[] {
  const renewed = said.filter(([name]) => !ofBody.has(name));
  const names = new Set(renewed.map(([name]) => name));
  return [...stored.filter(([name]) => !names.has(name)), ...renewed];
}

const ofBody: ReadonlySet<string> = new Set(["content-length", "content-encoding", "content-type", "content-range", "content-md5", "etag"]);

/** Whether the client has what would be sent, a 200 with these fields. */
export function hasClientAlready(requested: readonly HeaderField[], fields: readonly HeaderField[], now: number): boolean {
  const known = allValues(requested, "if-none-match");
  if (known.length > 0) {
    const etag = only(fields, "etag");
    const listed = known.flatMap(entityTags);
    return listed.includes("*") || (etag !== undefined && listed.some((one) => weakly(one) === weakly(etag)));
  }
  const since = readHttpDate(only(requested, "if-modified-since") ?? "", now);
  const modified = readHttpDate(only(fields, "last-modified") ?? "", now);
  return since !== undefined && modified !== undefined && modified <= since;
}

/** The fields that a 304 has of what a 200 would have (RFC 9110, section 15.4.5), and those that are about caches. */
export function notModifiedFields(fields: readonly HeaderField[]): readonly HeaderField[] {
  return fields.filter(([name]) => !describing.has(name));
}

const describing: ReadonlySet<string> = new Set([
  "content-length",
  "content-encoding",
  "content-language",
  "content-type",
  "content-range",
  "content-md5",
  "content-digest",
  "repr-digest",
  "digest",
  "last-modified",
]);

/** Members of the list; commas inside of quotes belong to them. */
function entityTags(list: string): readonly string[] {
  return list.match(/\*|(?:W\/)?"[^"]*"/g) ?? [];
}

/** Compared weakly (RFC 9110, section 8.8.3.2). */
function weakly(etag: string): string {
  return etag.startsWith("W/") ? etag.slice(2) : etag;
}

/** What comes twice says nothing. */
function only(fields: readonly HeaderField[], name: string): string | undefined {
  const values = allValues(fields, name);
  const value = values.length === 1 ? firstValue(fields, name) : undefined;
  return value === undefined ? undefined : trimBlanks(value);
}
