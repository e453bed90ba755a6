/**
 * Values of the environment from their text, read as the literal would be written in GWL, strings as they are (D13, D41).
 * What does not fit says what was expected, so that the start can be refused with a line that helps.
 */
import type { ScalarValueKind, ValueType } from "../contract/value-type.ts";
import { fits } from "./fits.ts";
import { readBool, readIp, readLiteral, readUuid } from "./scalar-text.ts";

export type EnvironmentReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly expected: string };

export function readEnvironment(text: string, type: ValueType): EnvironmentReading {
  switch (type.kind) {
    case "newtype":
      return readEnvironment(text, type.base);
    case "bool":
      return reading(readBool(text), "`true` or `false`");
    case "int":
      return reading(within(number(text, wholeNumber), type), `a whole number${rangeText(type)}`);
    case "decimal":
      return reading(within(number(text, decimalNumber), type), `a number${rangeText(type)}`);
    case "literals":
      return reading(readLiteral(text, type.values), `one of ${type.values.map((value) => `\`${value}\``).join(", ")}`);
    case "string":
      return reading(fitting(type, text), stringText(type));
    case "set":
    case "list":
    case "map":
    case "record":
    case "optional":
      return { ok: false, expected: "a type that one text can give" };
    default:
      return readScalar(text, type.kind);
  }
}

function readScalar(text: string, kind: ScalarValueKind): EnvironmentReading {
  switch (kind) {
    case "duration":
      return reading(unit(text, durationUnits), "a duration such as `30s` (ms, s, m, h, d)");
    case "size":
      return reading(unit(text, sizeUnits), "a size such as `1MiB` (B, KiB, MiB, GiB, TiB)");
    case "percent":
      return reading(percent(text), "a percentage from `0%` to `100%`");
    case "ip":
      return reading(readIp(text), "an IPv4 or IPv6 address");
    case "uuid":
      return reading(readUuid(text), "a UUID");
    case "url":
      return reading(fitting({ kind }, text), "an absolute URL with `http` or `https`");
    case "arn":
      return reading(fitting({ kind }, text), "an ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`");
    case "accountId":
      return reading(fitting({ kind }, text), "an account id of 12 digits");
    case "status":
      return reading(within(number(text, wholeNumber), { min: 100, max: 599 }), "a status from 100 to 599");
    case "method":
      return reading(fitting({ kind }, text), "a method such as `GET`");
    case "time":
    case "timeOfDay":
    case "rate":
      return { ok: false, expected: "a type that the environment can give" };
  }
}

function reading(value: unknown, expected: string): EnvironmentReading {
  return value === undefined ? { ok: false, expected } : { ok: true, value };
}

const wholeNumber = /^-?[0-9]+(?:_[0-9]+)*$/;
const decimalNumber = /^-?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?$/;
export function fitting(type: ValueType, text: string): string | undefined {
  return fits(type, text) ? text : undefined;
}

function number(text: string, form: RegExp): number | undefined {
  const value = form.test(text) ? Number(text.replaceAll("_", "")) : Number.NaN;
  return Number.isFinite(value) && (form !== wholeNumber || Number.isSafeInteger(value)) ? value + 0 : undefined;
}

type Bounds = { readonly min?: number; readonly max?: number };

function within(value: number | undefined, { min, max }: Bounds): number | undefined {
  return value === undefined || (min !== undefined && value < min) || (max !== undefined && value > max) ? undefined : value;
}

function percent(text: string): number | undefined {
  return text.endsWith("%") ? within(number(text.slice(0, -1), decimalNumber), { min: 0, max: 100 }) : undefined;
}

const durationUnits: ReadonlyMap<string, bigint> = new Map([
  ["ms", 1n],
  ["s", 1000n],
  ["m", 60_000n],
  ["h", 3_600_000n],
  ["d", 86_400_000n],
]);
const sizeUnits: ReadonlyMap<string, bigint> = new Map([
  ["B", 1n],
  ["KiB", 1024n],
  ["MiB", 1024n ** 2n],
  ["GiB", 1024n ** 3n],
  ["TiB", 1024n ** 4n],
]);

/** Exact: `0.5s` is 500, and `0.5ms` is nothing. */
function unit(text: string, units: ReadonlyMap<string, bigint>): number | undefined {
  const parts = /^([0-9]+(?:_[0-9]+)*)(?:\.([0-9]+))?([A-Za-z]+)$/.exec(text);
  const factor = units.get(parts?.[3] ?? "");
  if (parts === null || factor === undefined || text.length > 40) return undefined;
  const fraction = parts[2] ?? "";
  const scale = 10n ** BigInt(fraction.length);
  const product = BigInt((parts[1] ?? "").replaceAll("_", "") + fraction) * factor;
  const value = Number(product / scale);
  return product % scale === 0n && Number.isSafeInteger(value) ? value : undefined;
}

function rangeText({ min, max }: Bounds): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  return min !== undefined ? ` of at least ${min}` : max !== undefined ? ` of at most ${max}` : "";
}

function stringText(type: { readonly minLength?: number; readonly maxLength?: number; readonly pattern?: string }): string {
  const { minLength: min, maxLength: max } = type;
  const length =
    min === undefined && max === undefined
      ? ""
      : `${rangeText({ ...(min !== undefined ? { min } : {}), ...(max !== undefined ? { max } : {}) })} characters`;
  return `a text${length}${type.pattern === undefined ? "" : ` that matches \`/${type.pattern}/\``}`;
}
