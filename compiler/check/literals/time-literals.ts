/** Dates, times and times of day that exist. Knows no time zones but offsets. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import { noSuchTime, noSuchTimeOfDay, timeWithoutZone } from "./diagnostics.ts";
import type { Reading } from "./number-literals.ts";

const TIME = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:(Z)|([+-])(\d{2}):(\d{2}))?)?$/;

/** RFC 3339, seconds optional; a date alone is its midnight in UTC. Milliseconds since 1970 UTC. */
export function readTime(text: string, span: Span): Reading {
  const parts = TIME.exec(text);
  const number = (group: number): number => Number(parts?.[group] ?? 0);
  const [year, month, day] = [number(1), number(2), number(3)];
  const why = wrongDate(year, month, day) ?? wrongClock(number(4), number(5), number(6)) ?? wrongOffset(number(10), number(11));
  if (parts === null || why !== undefined) return { problem: finding(noSuchTime, span, { written: text, why: why ?? "not understood" }) };
  if (text.includes("T") && parts[8] === undefined && parts[9] === undefined)
    return { problem: finding(timeWithoutZone, span, { written: text }) };
  const fraction = (parts[7] ?? "").replace(/0+$/, "");
  if (fraction.length > 3) return { problem: finding(noSuchTime, span, { written: text, why: "times are counted in milliseconds" }) };
  const offset = (parts[9] === "-" ? -1 : 1) * (number(10) * 60 + number(11)) * 60_000;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return { value: date.getTime() + (number(4) * 3600 + number(5) * 60 + number(6)) * 1000 + Number(fraction.padEnd(3, "0")) - offset };
}

/** Seconds since midnight. */
export function readTimeOfDay(text: string, span: Span): Reading {
  const [hours = "", minutes = "", seconds = "0"] = text.split(":");
  const wrong = hours.length === 1 ? `hours have two digits: \`0${text}\`` : wrongClock(Number(hours), Number(minutes), Number(seconds));
  if (wrong !== undefined) return { problem: finding(noSuchTimeOfDay, span, { written: text, why: wrong }) };
  return { value: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) };
}

function wrongDate(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12) return "a year has 12 months";
  const days = daysOf(year, month);
  return day < 1 || day > days ? `this month has ${days} days` : undefined;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function wrongClock(hours: number, minutes: number, seconds: number): string | undefined {
  if (hours > 23) return "the last hour of a day is 23";
  if (minutes > 59) return "the last minute of an hour is 59";
  return seconds > 59 ? "the last second of a minute is 59" : undefined;
}

function wrongOffset(hours: number, minutes: number): string | undefined {
  return hours > 23 || minutes > 59 ? "there is no such offset from UTC" : undefined;
}
