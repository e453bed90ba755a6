/**
 * Literals take on the type that is expected where they stand, if their value meets it. Promises: the value comes back in the form
 * of that type, or the reason why it does not fit, in words that follow a "because".
 */
import type { Type, Value } from "../../model/types.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isAccountId, isArn, isUrl, isUuid, isZone, zoneNames } from "../literals/text-values.ts";
import { assignable } from "./assignable.ts";
import { baseOf, ZONE } from "./built-in-types.ts";
import { shortType } from "./print-type.ts";

export type Fit =
  | { readonly kind: "fits"; readonly value: Value }
  /** Another sort of value altogether: no reason is needed. */
  | { readonly kind: "alien" }
  | { readonly kind: "outside"; readonly why: string; readonly meant?: string };

const ALIEN: Fit = { kind: "alien" };

/** `from` is the plain type of the literal. */
export function fitValue(value: Value, from: Type, to: Type): Fit {
  if (to.kind === "optional") return fitValue(value, from, to.type);
  if (from.kind === "newtype" || from.kind === "poison") return assignable(from, to) ? { kind: "fits", value } : ALIEN;
  if (to.kind === "newtype") return to.name === ZONE_NAME ? fitZone(value) : fitValue(value, from, to.base);
  switch (to.kind) {
    case "int":
    case "decimal":
      if (typeof value !== "number" || (from.kind !== "int" && from.kind !== to.kind)) return ALIEN;
      return fitNumber(value, to);
    case "string":
      return typeof value === "string" && isText(from) ? fitString(value, to) : ALIEN;
    case "literals":
      return (typeof value === "string" || typeof value === "number") && ["string", "int", "literals"].includes(from.kind)
        ? fitLiterals(value, to)
        : ALIEN;
    case "url":
      return formed(value, from, to, isUrl, "an absolute URL such as `https://shop.example`", withScheme);
    case "arn":
      return formed(value, from, to, isArn, "an ARN such as `arn:aws:s3:::bucket`");
    case "uuid":
      return formed(typeof value === "string" && isUuid(value) ? value.toLowerCase() : value, from, to, isUuid, "a UUID");
    case "accountId":
      return formed(value, from, to, isAccountId, "an account id: 12 digits");
    case "status":
      if (typeof value !== "number" || (from.kind !== "int" && from.kind !== "status")) return ALIEN;
      return value >= 100 && value <= 599 ? { kind: "fits", value } : outside("a status is a number from 100 to 599");
    case "set":
    case "list":
      return Array.isArray(value) && (from.kind === "list" || from.kind === "set") ? fitElements(value, from.element, to) : ALIEN;
    case "map":
    case "record":
      return from.kind === "record" && isRecord(value) ? fitMembers(value, from, to) : ALIEN;
    default:
      return assignable(from, to) ? { kind: "fits", value } : ALIEN;
  }
}

const ZONE_NAME = ZONE.kind === "newtype" ? ZONE.name : "";

function fitZone(value: Value): Fit {
  if (typeof value !== "string") return ALIEN;
  if (isZone(value)) return { kind: "fits", value };
  return outside("there is no time zone of that name", didYouMean(value, zoneNames()));
}

function fitNumber(value: number, { min, max }: Extract<Type, { kind: "int" | "decimal" }>): Fit {
  if (min !== undefined && value < min) return outside(`the smallest is ${min}`);
  return max !== undefined && value > max ? outside(`the largest is ${max}`) : { kind: "fits", value };
}

function fitString(value: string, to: Extract<Type, { kind: "string" }>): Fit {
  const length = [...value].length;
  if (length < (to.minLength ?? 0)) return outside(`it has ${length} characters, at least ${to.minLength} are needed`);
  if (length > (to.maxLength ?? length)) return outside(`it has ${length} characters, at most ${to.maxLength} are allowed`);
  if (to.pattern !== undefined && !new RegExp(to.pattern, "u").test(value)) return outside(`it does not match \`/${to.pattern}/\``);
  return { kind: "fits", value };
}

function fitLiterals(value: string | number, to: Extract<Type, { kind: "literals" }>): Fit {
  if (to.values.includes(value)) return { kind: "fits", value };
  const texts = to.values.filter((known) => typeof known === "string");
  return outside("only these can occur", typeof value === "string" ? didYouMean(value, texts) : undefined);
}

/** `meant`: how it was probably meant, which counts where that is good. */
function formed(
  value: Value,
  from: Type,
  to: Type,
  good: (text: string) => boolean,
  form: string,
  meant: (text: string) => string | undefined = () => undefined,
): Fit {
  if (from.kind === to.kind) return { kind: "fits", value };
  if (typeof value !== "string" || !isText(from)) return ALIEN;
  if (good(value)) return { kind: "fits", value };
  const other = meant(value);
  return outside(`it is not ${form}`, other !== undefined && good(other) ? other : undefined);
}

/** A host, with a port or a path: servers behind gateways mostly speak in clear. */
function withScheme(text: string): string | undefined {
  return /^[\w.-]+(?::\d+)?(?:\/|$)/.test(text) ? `http://${text}` : undefined;
}

function fitElements(items: readonly Value[], from: Type, to: Extract<Type, { kind: "set" | "list" }>): Fit {
  const fitted: Value[] = [];
  for (const item of items) {
    const fit = fitValue(item, from, to.element);
    if (fit.kind !== "fits") return fit;
    if (to.kind === "set" && fitted.some((other) => JSON.stringify(other) === JSON.stringify(fit.value)))
      return outside(`a set holds \`${JSON.stringify(item)}\` only once`);
    fitted.push(fit.value);
  }
  return inBounds(fitted.length, to.minSize, to.maxSize)
    ? { kind: "fits", value: fitted }
    : outside(`it has ${fitted.length} elements, and \`${shortType(to)}\` is expected`);
}

function fitMembers(value: { readonly [key: string]: Value }, from: RecordType, to: Extract<Type, { kind: "record" | "map" }>): Fit {
  const fitted: [string, Value][] = [];
  const targets = to.kind === "record" ? new Map(to.fields.map((field) => [field.name, field.type])) : undefined;
  for (const field of from.fields) {
    const target = to.kind === "map" ? to.element : targets?.get(field.name);
    if (target === undefined)
      return outside(`\`${shortType(to)}\` has no \`${field.name}\``, didYouMean(field.name, targets?.keys() ?? []));
    const fit = fitValue(value[field.name] ?? false, field.type, target);
    if (fit.kind !== "fits") return outside(`\`${field.name}\` is to be \`${shortType(target)}\``);
    fitted.push([field.name, fit.value]);
  }
  const missing =
    to.kind === "record" && to.fields.find((field) => field.type.kind !== "optional" && !fitted.some(([name]) => name === field.name));
  return missing ? outside(`\`${missing.name}\` is missing`) : { kind: "fits", value: Object.fromEntries(fitted) };
}

type RecordType = Extract<Type, { kind: "record" }>;

function isRecord(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === "object" && !Array.isArray(value);
}

function isText(type: Type): boolean {
  const base = baseOf(type);
  return base.kind === "string" || (base.kind === "literals" && base.values.every((value) => typeof value === "string"));
}

function inBounds(value: number, min: number | undefined, max: number | undefined): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}

function outside(why: string, meant?: string): Fit {
  return { kind: "outside", why, ...(meant === undefined ? {} : { meant }) };
}
