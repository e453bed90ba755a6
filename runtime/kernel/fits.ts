/** Whether a JSON value fits a declared type. Total, and closed: null, unknown members and loose spellings never fit. */
import type { ScalarValueKind, ValueType } from "../contract/value-type.ts";
import { parseAddress } from "./ip.ts";
import { arnText, codePoints, urlText } from "./scalar-text.ts";

export function fits(type: ValueType, value: unknown): boolean {
  switch (type.kind) {
    case "bool":
      return typeof value === "boolean";
    case "int":
      return Number.isSafeInteger(value) && isWithin(value as number, type.min, type.max);
    case "decimal":
      return typeof value === "number" && Number.isFinite(value) && isWithin(value, type.min, type.max);
    case "string":
      return typeof value === "string" && isWithin(codePoints(value), type.minLength, type.maxLength) && hasPattern(type, value);
    case "literals":
      return (typeof value === "string" || typeof value === "number") && type.values.includes(value);
    case "set":
    case "list":
      return (
        Array.isArray(value) &&
        isWithin(value.length, type.minSize, type.maxSize) &&
        value.every((element) => fits(type.element, element)) &&
        (type.kind === "list" || !repeats(value))
      );
    case "map":
      return isObject(value) && isMap(type, value);
    case "record":
      return isObject(value) && isRecord(type, value);
    case "newtype":
      return fits(type.base, value);
    case "optional":
      return fits(type.type, value);
    default:
      return fitsScalar(type.kind, value);
  }
}

function fitsScalar(kind: ScalarValueKind, value: unknown): boolean {
  switch (kind) {
    case "duration":
    case "size":
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case "time":
      return Number.isSafeInteger(value);
    case "timeOfDay":
      return Number.isSafeInteger(value) && isWithin(value as number, 0, 86_399);
    case "status":
      return Number.isSafeInteger(value) && isWithin(value as number, 100, 599);
    case "percent":
      return typeof value === "number" && isWithin(value, 0, 100);
    case "rate":
      return Array.isArray(value) && value.length === 2 && value.every((part) => Number.isSafeInteger(part) && part > 0);
    default:
      return typeof value === "string" && fitsText(kind, value);
  }
}

function fitsText(kind: "ip" | "method" | "url" | "arn" | "accountId" | "uuid", text: string): boolean {
  switch (kind) {
    case "ip":
      return parseAddress(text) !== undefined;
    case "method":
      return /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(text);
    case "url":
      return urlText.test(text);
    case "arn":
      return arnText.test(text);
    case "accountId":
      return /^\d{12}$/.test(text);
    case "uuid":
      return /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/.test(text);
    default:
      return kind satisfies never;
  }
}

function isWithin(value: number, least: number | undefined, greatest: number | undefined): boolean {
  return (least === undefined || value >= least) && (greatest === undefined || value <= greatest);
}

const patterns = new WeakMap<object, RegExp>();

/** Compiled once a type: the type object lives as long as the gateway. */
function hasPattern(type: Extract<ValueType, { kind: "string" }>, text: string): boolean {
  if (type.pattern === undefined) return true;
  const known = patterns.get(type);
  const pattern = known ?? new RegExp(type.pattern, "u");
  if (known === undefined) patterns.set(type, pattern);
  return pattern.test(text);
}

/** Keys beginning with their type, so that `1` and `"1"` differ; objects by sorted members. */
function repeats(values: readonly unknown[]): boolean {
  return new Set(values.map(identityKey)).size !== values.length;
}

function identityKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(identityKey).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${identityKey(value[key])}`);
  return `{${members.join(",")}}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMap(type: Extract<ValueType, { kind: "map" }>, value: Readonly<Record<string, unknown>>): boolean {
  const members = Object.entries(value);
  return isWithin(members.length, type.minSize, type.maxSize) && members.every(([, member]) => fits(type.element, member));
}

function isRecord(type: Extract<ValueType, { kind: "record" }>, value: Readonly<Record<string, unknown>>): boolean {
  let known = 0;
  for (const field of type.fields) {
    if (Object.hasOwn(value, field.name)) {
      if (!fits(field.type, value[field.name])) return false;
      known++;
    } else if (field.type.kind !== "optional") {
      return false;
    }
  }
  return known === Object.keys(value).length;
}
