/** `traceparent` and `tracestate`, read strictly and written (W3C Trace Context, sections 3.2 and 3.3). */
import type { HeaderField } from "../contract/gateway.ts";
import type { Trace } from "../contract/trace.ts";
import { countFields, firstValue } from "./fields.ts";

/** Later versions may say more behind a `-`; version 00 may not. */
const parentForm = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const keyForm = /^(?:[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})$/;
const valueForm = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const mostMembers = 32;

export type SaidTrace = Pick<Trace, "traceId" | "isSampled" | "state"> & { readonly parentId: string };

/** Undefined: nothing is said, or not well, or twice. */
export function saidTrace(headers: readonly HeaderField[]): SaidTrace | undefined {
  if (countFields(headers, "traceparent") !== 1) return undefined;
  const [, version, traceId, parentId, flags, more] = parentForm.exec(firstValue(headers, "traceparent") ?? "") ?? [];
  if (traceId === undefined || parentId === undefined || (version === "00" && more !== undefined)) return undefined;
  const state = saidState(headers);
  return { traceId, parentId, isSampled: (Number.parseInt(flags ?? "", 16) & 1) === 1, ...(state === undefined ? {} : { state }) };
}

/** All fields of the name as one list; one bad member, or one key twice, and nothing of it goes on. */
function saidState(headers: readonly HeaderField[]): string | undefined {
  const members: string[] = [];
  const keys = new Set<string>();
  for (const [name, value] of headers) {
    if (name !== "tracestate") continue;
    for (const part of value.split(",")) {
      const member = part.replace(/^[ \t]+|[ \t]+$/g, "");
      if (member === "") continue;
      const equals = member.indexOf("=");
      const key = member.slice(0, Math.max(0, equals));
      if (keys.has(key) || !keyForm.test(key) || !valueForm.test(member.slice(equals + 1))) return undefined;
      keys.add(key);
      members.push(member);
    }
  }
  return members.length === 0 || members.length > mostMembers ? undefined : members.join(",");
}

/** What the backend is told. */
export function traceFields({ traceId, backendSpanId, isSampled, state }: Trace): readonly HeaderField[] {
  const parent = ["traceparent", `00-${traceId}-${backendSpanId}-${isSampled ? "01" : "00"}`] as const;
  return state === undefined ? [parent] : [parent, ["tracestate", state]];
}
