/** Numbers and numbers with units, exactly: nothing is rounded. Knows no expected types. */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Value } from "../../model/types.ts";
import { leadingZeros, notWhole, numberTooLarge, percentTooLarge, unknownRateUnit } from "./diagnostics.ts";

export type Reading = { readonly value: Value } | { readonly problem: Diagnostic };

const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SIZE_UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 };
const RATE_UNITS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  h: 3600,
  hour: 3600,
  d: 86_400,
  day: 86_400,
  week: 604_800,
};

export function readInt(text: string, span: Span): Reading {
  const digits = text.replaceAll("_", "");
  const plain = digits.replace(/^(-?)0+(?=[0-9])/, "$1");
  if (plain !== digits) return { problem: finding(leadingZeros, span, { written: text, plain }) };
  const value = Number(digits);
  return Number.isSafeInteger(value) ? { value } : tooLarge(text, span);
}

export function readDecimal(text: string, span: Span): Reading {
  const value = Number(text.replaceAll("_", ""));
  return Number.isFinite(value) ? { value } : tooLarge(text, span);
}

export function readDuration(text: string, span: Span): Reading {
  return readUnits(text, span, DURATION_UNITS, "milliseconds");
}

export function readSize(text: string, span: Span): Reading {
  return readUnits(text, span, SIZE_UNITS, "bytes");
}

/** `[count, seconds]` */
export function readRate(text: string, span: Span): Reading {
  const [count = "", unit = ""] = text.split("/");
  const seconds = RATE_UNITS[unit];
  if (seconds === undefined) return { problem: finding(unknownRateUnit, span, { written: text, unit, count }) };
  const whole = exactly(count, 1n);
  if (whole === undefined) return { problem: finding(notWhole, span, { written: text, unit: "calls" }) };
  return Number.isSafeInteger(whole) ? { value: [whole, seconds] } : tooLarge(text, span);
}

export function readPercent(text: string, span: Span): Reading {
  const value = Number(text.slice(0, -1).replaceAll("_", ""));
  return value <= 100 ? { value } : { problem: finding(percentTooLarge, span, { written: text }) };
}

function readUnits(text: string, span: Span, units: Readonly<Record<string, number>>, smallest: string): Reading {
  const at = text.search(/[A-Za-z]/);
  const value = exactly(text.slice(0, at), BigInt(units[text.slice(at)] ?? 0));
  if (value === undefined) return { problem: finding(notWhole, span, { written: text, unit: smallest }) };
  return Number.isSafeInteger(value) ? { value } : tooLarge(text, span);
}

/** `count` times `factor`, or undefined where that is not whole. */
function exactly(count: string, factor: bigint): number | undefined {
  const [whole = "", fraction = ""] = count.replaceAll("_", "").split(".");
  const scale = 10n ** BigInt(fraction.length);
  const product = BigInt(whole + fraction) * factor;
  return product % scale === 0n ? Number(product / scale) : undefined;
}

function tooLarge(text: string, span: Span): Reading {
  return { problem: finding(numberTooLarge, span, { written: shortened(text), most: Number.MAX_SAFE_INTEGER.toLocaleString("en-US") }) };
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
