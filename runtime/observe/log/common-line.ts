/**
 * A call in the Common Log Format, or the combined one, as web servers have written it since NCSA's. Promises one line a call, whatever a client sends:
 * quotes, backslashes and all that is not printable ASCII are escaped.
 */
import type { AccessEntry } from "../access-entry.ts";
import { firstRaw } from "../../kernel/raw-field.ts";
import type { CallRecord } from "../call-record.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function commonLine(entry: AccessEntry, record: CallRecord, isCombined: boolean): string {
  const { client, principal, status, bytes_out } = entry;
  const method = entry.method === "" ? "-" : `${escaped(entry.method)} ${escaped(entry.path)} HTTP/${escaped(record.httpVersion)}`;
  const line = `${word(client)} - ${word(principal?.id ?? "")} [${dateOf(record.time)}] "${method}" ${status || "-"} ${bytes_out || "-"}`;
  if (!isCombined) return line;
  const field = (name: string): string => escaped(firstRaw(record.rawHeaders, name)?.slice(0, 1_024) ?? "") || "-";
  return `${line} "${field("referer")}" "${field("user-agent")}"`;
}

/** Without spaces, which part the words of a line. */
function word(text: string): string {
  return escaped(text).replaceAll(" ", "\\x20") || "-";
}

export function escaped(text: string): string {
  return text.replace(/[^\x20-\x7e]|["\\]/g, (one) =>
    one === '"' || one === "\\"
      ? `\\${one}`
      : [...new TextEncoder().encode(one)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join(""),
  );
}

/** `10/Oct/2000:13:55:36 +0000` */
function dateOf(time: number): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}
