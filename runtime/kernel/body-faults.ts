/**
 * What is wrong with a body, in the words of its type, for the refusal. The validator has decided already; this only
 * explains, and stops after a number of faults that a person can read.
 */
import type { ValueType } from "../contract/value-type.ts";
import { fits } from "./fits.ts";

/** `at` is a JSON pointer (RFC 6901). */
export type BodyFault = { readonly at: string; readonly message: string };

const mostFaults = 20;
/** Elements of one list that are looked at. */
const mostElements = 1000;

/** At least one. */
export function bodyFaults(type: ValueType, body: unknown): readonly BodyFault[] {
  const faults: BodyFault[] = [];
  explain(type, body, "", faults);
  return faults.length > 0 ? faults : [{ at: "", message: "does not fit its type" }];
}

function explain(type: ValueType, value: unknown, at: string, faults: BodyFault[]): void {
  if (faults.length >= mostFaults || fits(type, value)) return;
  const say = (message: string): void => {
    faults.push({ at, message });
  };
  switch (type.kind) {
    case "newtype":
      return explain(type.base, value, at, faults);
    case "optional":
      return explain(type.type, value, at, faults);
    case "record":
      return isObject(value) ? explainRecord(type, value, at, faults) : say("must be an object");
    case "map":
      if (!isObject(value)) return say("must be an object");
      return explainElements(type, Object.entries(value), "members", at, faults);
    case "list":
    case "set":
      if (!Array.isArray(value)) return say("must be an array");
      return explainElements(type, [...value.entries()], "elements", at, faults);
    default:
      return say(`must be ${expected(type)}`);
  }
}

type Many = Extract<ValueType, { kind: "list" | "set" | "map" }>;

/** The size is wrong, or an element is, or else they repeat. */
function explainElements(
  type: Many,
  entries: readonly (readonly [name: string | number, element: unknown])[],
  unit: string,
  at: string,
  faults: BodyFault[],
): void {
  const { minSize: min, maxSize: max } = type;
  const before = faults.length;
  if (!isWithin(entries.length, min, max)) faults.push({ at, message: `must have ${sizeText(min, max, unit)}` });
  for (const [name, element] of entries.slice(0, mostElements)) explain(type.element, element, pointer(at, String(name)), faults);
  if (faults.length === before)
    faults.push({ at, message: type.kind === "set" ? "must not repeat an element" : "must have good elements" });
}

function explainRecord(
  type: Extract<ValueType, { kind: "record" }>,
  value: Readonly<Record<string, unknown>>,
  at: string,
  faults: BodyFault[],
): void {
  const say = (name: string, message: string): void => {
    if (faults.length < mostFaults) faults.push({ at: pointer(at, name), message });
  };
  const known = new Set(type.fields.map(({ name }) => name));
  for (const name of Object.keys(value)) if (!known.has(name)) say(name, "is not a member");
  for (const field of type.fields) {
    if (Object.hasOwn(value, field.name)) explain(field.type, value[field.name], pointer(at, field.name), faults);
    else if (field.type.kind !== "optional") say(field.name, "is missing");
  }
}

function expected(type: ValueType): string {
  switch (type.kind) {
    case "bool":
      return "true or false";
    case "int":
    case "status":
      return `a whole number${rangeText(type)}`;
    case "decimal":
      return `a number${rangeText(type)}`;
    case "string":
      return `a text${type.pattern === undefined ? "" : " of the right form"}${lengthText(type)}`;
    case "literals":
      return `one of ${type.values.map((value) => JSON.stringify(value)).join(", ")}`;
    default:
      return words[type.kind] ?? "of another type";
  }
}

const words: Readonly<Partial<Record<ValueType["kind"], string>>> = {
  duration: "a whole number of milliseconds",
  size: "a whole number of bytes",
  percent: "a number from 0 to 100",
  time: "a whole number of milliseconds since 1970",
  timeOfDay: "a whole number of seconds since midnight",
  rate: "an array of two numbers",
  ip: "an IP address",
  method: "a method such as GET",
  url: "an absolute URL",
  arn: "an ARN",
  accountId: "an account id of 12 digits",
  uuid: "a UUID",
};

function rangeText(bounds: object): string {
  const { min, max } = bounds as { readonly min?: number; readonly max?: number };
  return `${min === undefined ? "" : ` from ${min}`}${max === undefined ? "" : ` up to ${max}`}`;
}

function lengthText({ minLength, maxLength }: { readonly minLength?: number; readonly maxLength?: number }): string {
  return minLength === undefined && maxLength === undefined ? "" : ` with ${sizeText(minLength, maxLength, "characters")}`;
}

function sizeText(min: number | undefined, max: number | undefined, unit: string): string {
  if (max === undefined) return `at least ${min ?? 0} ${unit}`;
  return min === undefined ? `at most ${max} ${unit}` : `${min} to ${max} ${unit}`;
}

function isWithin(size: number, min: number | undefined, max: number | undefined): boolean {
  return size >= (min ?? 0) && size <= (max ?? Number.POSITIVE_INFINITY);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pointer(at: string, name: string): string {
  return `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
