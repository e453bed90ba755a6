/**
 * What a call is called by (D254, D255): its id, and its place in a trace (W3C Trace Context). Peers whose word counts may say either; what they say badly
 * is as if they had said nothing.
 */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { Trace } from "../../runtime/contract/trace.ts";
import type { World } from "../../runtime/contract/world.ts";
import type { Gateway } from "../model/program.ts";
import type { Address } from "./address.ts";
import type { AddressTest } from "./membership.ts";
import { trimBlanks, valuesOf } from "./fields.ts";

const ID_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._~:@/+=-";
const HEX = "0123456789abcdef";

export type CallNames = {
  readonly requestId: string;
  /** Where the gateway takes part in traces. */
  readonly trace?: Trace;
};

export function freshNames({ gateway }: { readonly gateway: Gateway }, world: World): CallNames {
  const requestId = world.requestId();
  const share = gateway.observe?.traces?.share;
  return share === undefined ? { requestId } : { requestId, trace: newTrace(requestId, world.requestId(), share) };
}

export function namesOf({ requestId, trace }: CallNames): CallNames {
  return { requestId, ...(trace && { trace }) };
}

/** Whose word counts. */
type Believed = { readonly saysIds: AddressTest; readonly saysTraces: AddressTest };

/** What the peer says of them, where its word counts. */
export function saidNames(program: Believed, { requestId, trace }: CallNames, peer: Address, fields: readonly HeaderField[]): CallNames {
  const id = program.saysIds(peer) ? saidId(fields) : undefined;
  return {
    requestId: id ?? requestId,
    ...(trace && { trace: program.saysTraces(peer) ? continued(trace, fields) : trace }),
  };
}

/** The id that was said, if one was, and well. */
export function saidId(fields: readonly HeaderField[]): string | undefined {
  const [id = "", another] = valuesOf(fields, "x-request-id");
  const isGood = another === undefined && id.length >= 1 && id.length <= 128 && consistsOf(id, ID_CHARACTERS);
  return isGood ? id : undefined;
}

/** A call that nobody traces yet: its trace has the fresh id. `share`: how many of 100 are traced. */
export function newTrace(freshId: string, spanIds: string, share: number): Trace {
  const lot = parseInt(freshId.slice(19), 16) / 2 ** 52;
  const ids = { traceId: freshId, spanId: spanIds.slice(0, 16), backendSpanId: spanIds.slice(16, 32) };
  return { ...ids, isSampled: lot >= 1 - share / 100 };
}

/** The call as part of the caller's trace. */
export function continued(trace: Trace, fields: readonly HeaderField[]): Trace {
  const [text = "", another] = valuesOf(fields, "traceparent");
  const [version = "", traceId = "", parentId = "", flags = ""] = text.split("-");
  const hasForm = [
    another === undefined,
    isHex(version, 2) && version !== "ff",
    isHex(traceId, 32) && !consistsOf(traceId, "0"),
    isHex(parentId, 16) && !consistsOf(parentId, "0"),
    isHex(flags, 2),
    version !== "00" || text.length === 55,
  ];
  if (hasForm.includes(false)) return trace;
  const state = saidState(valuesOf(fields, "tracestate").join(","));
  return { ...trace, traceId, parentId, isSampled: parseInt(flags, 16) % 2 === 1, ...(state !== "" && { state }) };
}

/** Empty where nothing can go on. */
function saidState(list: string): string {
  const members = list
    .split(",")
    .map(trimBlanks)
    .filter((member) => member !== "");
  const keys = members.map((member) => member.split("=")[0] ?? "");
  const areGood = members.every(isMember) && new Set(keys).size === keys.length && members.length <= 32;
  return areGood ? members.join(",") : "";
}

function isMember(member: string): boolean {
  const [key = "", value = "", ...more] = member.split("=");
  if (more.length > 0 || value === "" || value.length > 256) return false;
  return /^[ -~]*$/.test(value) && !value.endsWith(" ") && isStateKey(key);
}

/** A simple key, or a tenant's and a system's. */
function isStateKey(key: string): boolean {
  const [first = "", system, ...more] = key.split("@");
  if (more.length > 0) return false;
  if (system === undefined) return isName(first, 256, /^[a-z]/);
  return isName(first, 241, /^[a-z0-9]/) && isName(system, 14, /^[a-z]/);
}

function isName(text: string, longest: number, begins: RegExp): boolean {
  return text.length <= longest && begins.test(text) && consistsOf(text, "abcdefghijklmnopqrstuvwxyz0123456789_-*/");
}

function isHex(text: string, length: number): boolean {
  return text.length === length && consistsOf(text, HEX);
}

function consistsOf(text: string, characters: string): boolean {
  return [...text].every((one) => characters.includes(one));
}

/** Of the call for a part of an answer: backends are told of calls of their own (D420). */
export function tracedPart(trace: Trace, part: number): Trace {
  const id = BigInt(`0x${trace.backendSpanId}`) ^ BigInt(part);
  return { ...trace, backendSpanId: id.toString(16).padStart(16, "0") };
}

/** What a backend is told of it. */
export function traceFields(trace: Trace | undefined): readonly HeaderField[] {
  if (trace === undefined) return [];
  const parent = ["00", trace.traceId, trace.backendSpanId, trace.isSampled ? "01" : "00"].join("-");
  return [["traceparent", parent], ...(trace.state === undefined ? [] : [["tracestate", trace.state] as const])];
}
