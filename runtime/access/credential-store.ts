/**
 * A store of callers, as a secret of the environment brings it: strict JSON, `{ "MEMBER": [ENTRY, ...] }`. Every entry says who it is
 * and may say `enabled` (true without it), `expires` (a time, RFC 3339 in UTC) and `fields`. Problems name the store and the entry, never
 * what stands in it.
 */
import type { ClaimData } from "../contract/claim-data.ts";
import type { Principal } from "../contract/gateway.ts";
import { codePoints } from "../kernel/scalar-text.ts";
import { parseJson } from "../kernel/strict-json.ts";
import { type Members, readClaims } from "./claims.ts";

/** `list`: the member with the entries; `who`: the member of an entry that says who it is; `credential`: the one that proves it. */
export type StoreForm = { readonly list: string; readonly who: string; readonly credential: string };

/** `expires`: milliseconds since 1970 UTC. */
export type StoreEntry = {
  readonly credential: string;
  readonly enabled: boolean;
  readonly expires: number;
  readonly principal: Principal;
};

/** What is wrong with a store is said by the variable that holds it. */
export function storeReport(
  data: { readonly name: string; readonly store: number },
  secretNames: readonly string[],
  problems: string[],
): (what: string) => void {
  return (what) => void problems.push(`\`${secretNames[data.store]}\`, the store of identity \`${data.name}\`, ${what}`);
}

const limits = { depth: 16, keys: 1_000_000 };
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

export function readStore(
  text: string,
  form: StoreForm,
  { name, claims }: { readonly name: string; readonly claims: readonly ClaimData[] },
  report: (what: string) => void,
): readonly StoreEntry[] {
  const parsed = parseJson(new TextEncoder().encode(text), limits);
  const document = parsed.ok ? parsed.value : undefined;
  const list = isObject(document) && Object.keys(document).length === 1 ? document[form.list] : undefined;
  if (!Array.isArray(list)) {
    report(`is not JSON of the form {"${form.list}": [...]}: set it to such a text`);
    return [];
  }
  return list.flatMap((entry: unknown, at): readonly StoreEntry[] => {
    const read = readEntry(entry, form, name, claims);
    if (typeof read !== "string") return [read];
    report(`is wrong at entry ${at + 1}: ${read}`);
    return [];
  });
}

function readEntry(entry: unknown, { who, credential }: StoreForm, identity: string, claims: readonly ClaimData[]): StoreEntry | string {
  if (!isObject(entry)) return "it is no object";
  const known = [who, credential, "enabled", "expires", "fields"];
  if (!Object.keys(entry).every((member) => known.includes(member))) return `it has other members than ${known.join(", ")}`;
  const { enabled = true, expires, fields = {} } = entry;
  const [id, proof] = [entry[who], entry[credential]];
  if (typeof id !== "string" || id === "" || codePoints(id) > 256) return `\`${who}\` is no text of 1 to 256 characters`;
  if (typeof proof !== "string") return `\`${credential}\` is no text`;
  if (typeof enabled !== "boolean") return "`enabled` is neither true nor false";
  if (expires !== undefined && !(typeof expires === "string" && time.test(expires) && !Number.isNaN(Date.parse(expires))))
    return "`expires` is no time such as 2027-01-31T00:00:00Z";
  if (!isObject(fields)) return "`fields` is no object";
  const read = readClaims(claims, { ...fields, [who]: id });
  if (typeof read === "string") return read;
  const until = typeof expires === "string" ? Date.parse(expires) : Infinity;
  return { credential: proof, enabled, expires: until, principal: { identity, id, claims: read } };
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
