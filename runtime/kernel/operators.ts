/**
 * The operators of GWL's expressions over values that may be absent (undefined). Total: none throws; an absent operand
 * makes a comparison, a membership or a test of text false, and anything else absent. Knows no requests.
 */
import { addressText, parseAddress } from "./ip.ts";
import { codePoints, readUuid } from "./scalar-text.ts";

export function equal(left: unknown, right: unknown): boolean {
  return left !== undefined && right !== undefined && isSame(left, right);
}

export function unequal(left: unknown, right: unknown): boolean {
  return left !== undefined && right !== undefined && !isSame(left, right);
}

/** Numbers by value, texts by UTF-16 code units. */
export function less(left: unknown, right: unknown): boolean {
  return typeof left === "number"
    ? typeof right === "number" && left < right
    : typeof left === "string" && typeof right === "string" && left < right;
}

export function atMost(left: unknown, right: unknown): boolean {
  return typeof left === "number"
    ? typeof right === "number" && left <= right
    : typeof left === "string" && typeof right === "string" && left <= right;
}

/** Both ends included. */
export function between(element: unknown, low: unknown, high: unknown): boolean {
  return atMost(low, element) && atMost(element, high);
}

/** The low end above the high one: round midnight. */
export function betweenTimes(element: unknown, low: unknown, high: unknown): boolean {
  return less(high, low) ? isPresent(element) && (atMost(low, element) || atMost(element, high)) : between(element, low, high);
}

export function isIn(element: unknown, collection: unknown): boolean {
  return element !== undefined && Array.isArray(collection) && collection.some((one) => isSame(element, one));
}

/** `collection` of the scalars of one constant. */
export function isMember(element: unknown, collection: ReadonlySet<unknown>): boolean {
  return element !== undefined && collection.has(element);
}

export function matches(subject: unknown, pattern: RegExp): boolean {
  return typeof subject === "string" && pattern.test(subject);
}

export function startsWith(subject: unknown, part: unknown): boolean {
  return typeof subject === "string" && typeof part === "string" && subject.startsWith(part);
}

export function endsWith(subject: unknown, part: unknown): boolean {
  return typeof subject === "string" && typeof part === "string" && subject.endsWith(part);
}

export function contains(subject: unknown, part: unknown): boolean {
  return typeof subject === "string" && typeof part === "string" && subject.includes(part);
}

export function isPresent(value: unknown): boolean {
  return value !== undefined;
}

/** ASCII letters only: no locale has a say in access. */
export function lower(subject: unknown): string | undefined {
  return typeof subject === "string" ? subject.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : undefined;
}

/** Of a text in code points, of a list, set or map in elements. */
export function sizeOf(subject: unknown): number | undefined {
  if (typeof subject === "string") return codePoints(subject);
  if (Array.isArray(subject)) return subject.length;
  return typeof subject === "object" && subject !== null ? Object.keys(subject).length : undefined;
}

export function textOf(subject: unknown): string | undefined {
  return typeof subject === "string" || typeof subject === "number" || typeof subject === "boolean" ? String(subject) : undefined;
}

/** RFC 3339 in UTC with milliseconds. */
export function timeText(time: unknown): string | undefined {
  return typeof time === "number" && Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : undefined;
}

/** Absent items are left out. */
export function listOf(...items: readonly unknown[]): readonly unknown[] {
  return items.filter(isPresent);
}

/** Members that are absent are left out. */
export function recordOf(...members: readonly (readonly [name: string, value: unknown])[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(members.filter(([, value]) => isPresent(value)));
}

export function eachOf(collection: unknown, value: (element: unknown) => unknown): readonly unknown[] | undefined {
  return Array.isArray(collection) ? collection.map(value).filter(isPresent) : undefined;
}

export function concat(...parts: readonly unknown[]): string | undefined {
  let text = "";
  for (const part of parts) {
    if (typeof part !== "string") return undefined;
    text += part;
  }
  return text;
}

/** A member of a record; only its own. */
export function member(object: unknown, name: string): unknown {
  return typeof object === "object" && object !== null && Object.hasOwn(object, name)
    ? (object as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Values of other parties come in several spellings; rules compare the canonical one. */
export function canonicalIp(value: unknown): string | undefined {
  const address = typeof value === "string" ? parseAddress(value) : undefined;
  return address === undefined ? undefined : addressText(address);
}

export function canonicalUuid(value: unknown): string | undefined {
  return typeof value === "string" ? readUuid(value) : undefined;
}

/** JSON values in canonical form (`canonical-value.ts`); members of records in any order. */
function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((one, at) => isSame(one, right[at]));
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(member(left, name), member(right, name)))
  );
}
