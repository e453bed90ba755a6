/**
 * What emitted code asks of a request, and of what was bound at the start. Texts, patterns and values are named by their
 * index in the tables. Absent is undefined; nothing throws.
 */
import type { ValueType } from "../contract/value-type.ts";
import type { Bound, Call, CallPrincipal } from "./call.ts";
import { allValues, firstValue } from "./fields.ts";
import { type Address, parseAddress } from "./ip.ts";
import { isInLone, type LoneNetwork } from "./lone-networks.ts";

export function text(bound: Bound, index: number): string {
  return bound.data.texts[index] ?? "";
}

/** Matches nothing where there is no such pattern. */
export function pattern(bound: Bound, index: number): RegExp {
  return bound.patterns[index] ?? /(?!)/;
}

export function constant(bound: Bound, index: number): unknown {
  return bound.data.values[index];
}

export function constantSet(bound: Bound, index: number): ReadonlySet<unknown> {
  return bound.members[index] ?? new Set();
}

/** A constant that is the description of a type. */
export function shape(bound: Bound, index: number): ValueType {
  return bound.data.values[index] as ValueType;
}

/** The one value of a field: a repeated one was refused before any rule is asked (D4). */
export function headerValue(call: Call, name: number): string | undefined {
  return firstValue(call.request.headers, text(call.bound, name));
}

export function allHeaders(call: Call, name: number): readonly string[] {
  return allValues(call.request.headers, text(call.bound, name));
}

export function queryValue(call: Call, name: number): string | undefined {
  return firstValue(call.queries, text(call.bound, name));
}

export function allQueries(call: Call, name: number): readonly string[] {
  return allValues(call.queries, text(call.bound, name));
}

export function parameter(call: Call, name: number): unknown {
  return call.parameters[call.parameterNames.indexOf(text(call.bound, name))];
}

export function isIdentity(call: Call, identity: number): boolean {
  return principalOf(call, identity) !== undefined;
}

function principalOf({ principals }: Call, identity: number): CallPrincipal | undefined {
  for (const principal of principals) if (principal.identity === identity) return principal;
  return undefined;
}

/** Who the caller is, by the first of its identities. */
export function principalId({ principals }: Call): string | undefined {
  return principals[0]?.id;
}

/** Who the caller is by this identity. */
export function idOf(call: Call, identity: number): string | undefined {
  return principalOf(call, identity)?.id;
}

/** A claim of the principal if it is of this identity. */
export function claim(call: Call, identity: number, name: number): unknown {
  const principal = principalOf(call, identity);
  if (principal === undefined) return undefined;
  const key = text(call.bound, name);
  return Object.hasOwn(principal.claims, key) ? principal.claims[key] : undefined;
}

/** `network` is an index into `data.networks`. */
export function clientIn(call: Call, network: number): boolean {
  return isInside(call.bound, call.client, network);
}

export function inNetwork(bound: Bound, address: unknown, network: number): boolean {
  const parsed = typeof address === "string" ? parseAddress(address) : undefined;
  return parsed !== undefined && isInside(bound, parsed, network);
}

function isInside(bound: Bound, address: Address, network: number): boolean {
  return isAmong(bound.data.networks[network] ?? [], bound.classOf(address));
}

/** `classes` ascend. */
function isAmong(classes: readonly number[], one: number): boolean {
  let low = 0;
  let high = classes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((classes[middle] ?? 0) < one) low = middle + 1;
    else high = middle;
  }
  return classes[low] === one;
}

/** `network` is the number of one that is asked by itself. */
export function clientInLone({ lone, client }: Call, network: number): boolean {
  const asked = lone[network];
  return asked !== undefined && isInLone(asked, client);
}

export function inLone(lone: readonly LoneNetwork[], address: unknown, network: number): boolean {
  const parsed = typeof address === "string" ? parseAddress(address) : undefined;
  const asked = lone[network];
  return parsed !== undefined && asked !== undefined && isInLone(asked, parsed);
}

export function applyingStatements(call: Call, document: number, asksCaller: boolean): readonly number[] {
  return call.bound.policies.applying(call, document, asksCaller);
}

export function awsAllows(call: Call, document: number, orDenied: boolean): boolean {
  return call.bound.policies.awsAllows(call, document, orDenied);
}

export function awsTable(call: Call, allows: boolean, orDenied: boolean): boolean {
  return call.bound.policies.awsTable(call, allows, orDenied);
}

/** Seconds since midnight. */
export function timeOfDay(call: Call, zone: unknown): number | undefined {
  return typeof zone === "string" ? call.bound.zones(zone, call.now).timeOfDay : undefined;
}

/** `mon` to `sun` */
export function weekday(call: Call, zone: unknown): string | undefined {
  return typeof zone === "string" ? call.bound.zones(zone, call.now).weekday : undefined;
}

export function coalesce(left: unknown, right: unknown): unknown {
  return left === undefined ? right : left;
}
