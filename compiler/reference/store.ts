/** A store of callers, as a secret brings it (D120): `{ "MEMBER": [ENTRY, ...] }` in strict JSON. */
import type { Claim } from "../model/program.ts";
import { callerOf } from "./claims.ts";
import type { Verified } from "./identity.ts";
import { readJson, type Json } from "./json.ts";
import { isRecord, isText } from "./values.ts";

export type Entry = { readonly proof: string; readonly enabled: boolean; readonly expires: number; readonly verified: Verified };
export type Form = { readonly list: string; readonly who: string; readonly proof: string };
type Owner = { readonly name: string; readonly store: string; readonly claims: readonly Claim[] };

export function readStore(text: string, form: Form, owner: Owner, report: (problem: string) => void): readonly Entry[] {
  const read = readJson(text, { depth: 16, keys: 1_000_000 });
  const list = "value" in read && isRecord(read.value) && Object.keys(read.value).length === 1 ? read.value[form.list] : undefined;
  if (!Array.isArray(list)) {
    report(`\`${owner.store}\`, the store of \`${owner.name}\`, is not of its form: set it to {"${form.list}": [...]}`);
    return [];
  }
  return list.flatMap((json) => {
    const entry = readEntry(json, form, owner);
    if (entry === undefined) report(`\`${owner.store}\`, the store of \`${owner.name}\`, has a wrong entry`);
    return entry ?? [];
  });
}

function readEntry(json: Json, form: Form, { name, claims }: Owner): Entry | undefined {
  if (!isRecord(json)) return undefined;
  const { [form.who]: id, [form.proof]: proof, enabled = true, expires, fields = {}, ...others } = json;
  if (Object.keys(others).length > 0 || !isText(id) || id === "" || [...id].length > 256 || !isText(proof)) return undefined;
  if (typeof enabled !== "boolean" || !isRecord(fields)) return undefined;
  const end = expires === undefined ? Infinity : isText(expires) ? timeOf(expires) : undefined;
  const verified = callerOf(name, id, claims, { ...fields, [form.who]: id });
  return end === undefined || verified === undefined ? undefined : { proof, enabled, expires: end, verified };
}

/** RFC 3339 in UTC. */
function timeOf(text: string): number | undefined {
  const isTime = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?Z$/.test(text);
  const time = Date.parse(text);
  return isTime && !Number.isNaN(time) ? time : undefined;
}
