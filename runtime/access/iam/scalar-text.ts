/** Numbers and instants in the texts of policy documents and condition keys; NaN is none, and compares with nothing. */

export function numberIn(text: string): number {
  const number = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}

const seconds = /^-?[0-9]{1,15}$/;
const dateForm =
  /^([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(?:Z|([+-])([0-9]{2}):([0-9]{2})))?)?$/;

/** Milliseconds since 1970 UTC. Four digits could be a year or seconds, so they are neither. */
export function instantIn(text: string): number {
  if (seconds.test(text)) return text.length === 4 && !text.startsWith("-") ? Number.NaN : Number(text) * 1000;
  const found = dateForm.exec(text);
  if (found === null) return Number.NaN;
  const at = (group: number, missing: number): number => (found[group] === undefined ? missing : Number(found[group]));
  const [year, month, day, hour, minute, second] = [at(1, 0), at(2, 1), at(3, 1), at(4, 0), at(5, 0), at(6, 0)];
  const [zoneHour, zoneMinute] = [at(9, 0), at(10, 0)];
  const isClock = hour < 24 && minute < 60 && second < 60 && zoneHour < 24 && zoneMinute < 60;
  if (!isClock || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return Number.NaN;
  const whole = new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000;
  const fraction = Number((found[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const offset = (zoneHour * 60 + zoneMinute) * 60_000 * (found[8] === "-" ? -1 : 1);
  return whole + fraction - offset;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
