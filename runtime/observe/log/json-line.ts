/** A call as a line of JSON with the fields that the program wants, in its order. What is not known of a call is left out. */
import type { HostLog } from "../../contract/observe.ts";
import type { AccessEntry } from "../access-entry.ts";
import { milliseconds } from "../access-entry.ts";
import type { CallRecord } from "../call-record.ts";
import { authorizerTime } from "../metrics/call-metrics.ts";

/** Of a field that a client sends. */
const longestHeader = 256;

export function jsonLine(entry: AccessEntry, record: CallRecord, { fields, headers }: HostLog): object {
  const told = fields === undefined ? entry : chosen({ ...entry, ...further(record) }, fields);
  const said = headersOf(record.rawHeaders, headers);
  return said === undefined ? told : { ...told, headers: said };
}

function further(record: CallRecord): Readonly<Record<string, unknown>> {
  const { attempts } = record.notes;
  return { authorizer_ms: milliseconds(authorizerTime(record)), trace: record.outcome?.trace?.traceId, attempts };
}

function chosen(all: Readonly<Record<string, unknown>>, fields: readonly string[]): object {
  return Object.fromEntries(fields.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

/** The first of each name. */
function headersOf(raw: readonly string[], names: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (names.length === 0) return undefined;
  const found: Record<string, string> = {};
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    if (names.includes(name) && found[name] === undefined) found[name] = (raw[at + 1] ?? "").slice(0, longestHeader);
  }
  return found;
}
