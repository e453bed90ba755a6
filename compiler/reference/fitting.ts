/**
 * Whether a value from outside fits a declared type (D41, D42). Promises: what fits comes back as the language's value, addresses and
 * UUIDs in canonical form; what does not is said by JSON pointer. Knows nothing of where the value came from.
 */
import type { Type, Value } from "../model/types.ts";
import { canonicalAddress } from "./address.ts";
import { isSameJson, type Json } from "./json.ts";

export type Misfit = { readonly in?: "header" | "query"; readonly at: string; readonly message: string };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:[0-9]{12}|aws)?:[!-~]+$/;
const URL_TEXT =
  /^https?:\/\/(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:[/?][!$-;=?-[\]_a-z~]*)?$/;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Undefined, and at least one more in `misfits`, where `json` does not fit. */
export function fit(type: Type, json: Json, misfits: Misfit[], at = ""): Value | undefined {
  const not = (message: string): undefined => void misfits.push({ at, message });
  switch (type.kind) {
    case "newtype":
      return fit(type.base, json, misfits, at);
    case "optional":
      return fit(type.type, json, misfits, at);
    case "bool":
      return typeof json === "boolean" ? json : not("must be true or false");
    case "int":
      return isWhole(json) && isWithin(json, type) ? json : not("must be a whole number within its bounds");
    case "decimal":
      return typeof json === "number" && isWithin(json, type) ? json : not("must be a number within its bounds");
    case "string":
      return typeof json === "string" && isStringOf(json, type) ? json : not("must be a string of the declared form");
    case "literals":
      return type.values.find((value) => value === json) ?? not(`must be one of ${type.values.join(", ")}`);
    case "set":
    case "list":
      return Array.isArray(json) ? fitItems(type, json, misfits, at) : not("must be an array");
    case "map":
    case "record":
      return isObject(json) ? fitMembers(type, json, misfits, at) : not("must be an object");
    default:
      return fitScalar(type, json) ?? not(`must be a value of type ${type.kind}`);
  }
}

type Compound = "newtype" | "optional" | "bool" | "int" | "decimal" | "string" | "literals" | "set" | "list" | "map" | "record";

function fitScalar(type: Exclude<Type, { readonly kind: Compound }>, json: Json): Value | undefined {
  switch (type.kind) {
    case "duration":
    case "size":
      return isWhole(json) && json >= 0 ? json : undefined;
    case "time":
      return isWhole(json) ? json : undefined;
    case "timeOfDay":
      return isWhole(json) && json >= 0 && json < 86_400 ? json : undefined;
    case "percent":
      return typeof json === "number" && json >= 0 && json <= 100 ? json : undefined;
    case "status":
      return isWhole(json) && json >= 100 && json < 600 ? json : undefined;
    case "rate":
      return Array.isArray(json) && json.length === 2 && json.every((part) => typeof part === "number" && part > 0) ? json : undefined;
    case "ip":
      return typeof json === "string" ? canonicalAddress(json) : undefined;
    case "method":
      return typeof json === "string" && METHODS.includes(json) ? json : undefined;
    case "uuid":
      return typeof json === "string" && UUID.test(json) ? json.toLowerCase() : undefined;
    case "url":
      return typeof json === "string" && URL_TEXT.test(json) ? json : undefined;
    case "arn":
      return typeof json === "string" && ARN.test(json) ? json : undefined;
    case "accountId":
      return typeof json === "string" && /^[0-9]{12}$/.test(json) ? json : undefined;
    case "range":
    case "network":
    case "regex":
    case "secret":
    case "principal":
    case "poison":
      return undefined;
  }
}

type Sized = { readonly minSize?: number; readonly maxSize?: number };

function fitItems(type: Type & { kind: "set" | "list" }, items: readonly Json[], misfits: Misfit[], at: string): Value {
  if (!isSized(items.length, type)) misfits.push({ at, message: "has too few or too many items" });
  const isRepeated = (item: Json, place: number): boolean => items.slice(0, place).some((other) => isSameJson(item, other));
  if (type.kind === "set" && items.some(isRepeated)) misfits.push({ at, message: "must not repeat an item" });
  return items.flatMap((item, place) => fit(type.element, item, misfits, `${at}/${place}`) ?? []);
}

type Members = { readonly [key: string]: Json };

function fitMembers(type: Type & { kind: "map" | "record" }, members: Members, misfits: Misfit[], at: string): Value {
  const fitted: Record<string, Value> = {};
  const pointer = (name: string): string => `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  if (type.kind === "map" && !isSized(Object.keys(members).length, type)) misfits.push({ at, message: "has too few or too many members" });
  for (const [name, json] of Object.entries(members)) {
    const member = type.kind === "map" ? type.element : type.fields.find((field) => field.name === name)?.type;
    const value = member && fit(member, json, misfits, pointer(name));
    if (member === undefined) misfits.push({ at: pointer(name), message: "is not a member" });
    if (value !== undefined) fitted[name] = value;
  }
  for (const field of type.kind === "record" ? type.fields : []) {
    if (field.type.kind !== "optional" && !Object.hasOwn(members, field.name))
      misfits.push({ at: pointer(field.name), message: "is missing" });
  }
  return fitted;
}

function isObject(json: Json): json is Members {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function isWhole(json: Json): json is number {
  return typeof json === "number" && Number.isSafeInteger(json);
}

function isWithin(number: number, { min = -Infinity, max = Infinity }: { readonly min?: number; readonly max?: number }): boolean {
  return number >= min && number <= max;
}

function isSized(size: number, { minSize = 0, maxSize = Infinity }: Sized): boolean {
  return size >= minSize && size <= maxSize;
}

function isStringOf(text: string, { minLength, maxLength, pattern }: Type & { kind: "string" }): boolean {
  const length = [...text].length;
  return length >= (minLength ?? 0) && length <= (maxLength ?? Infinity) && (pattern === undefined || new RegExp(pattern, "u").test(text));
}
