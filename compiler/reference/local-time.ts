/** Clocks on walls (IANA time zones) through `Intl`. Promises: a zone that does not exist has no time. */
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Seconds since midnight, of an instant in milliseconds. */
export function secondOfDay(instant: number | undefined, zone: string | undefined): number | undefined {
  const wall = wallTime(instant, zone);
  return wall && (wall.getUTCHours() * 60 + wall.getUTCMinutes()) * 60 + wall.getUTCSeconds();
}

/** `"mon"` to `"sun"` */
export function weekday(instant: number | undefined, zone: string | undefined): string | undefined {
  const wall = wallTime(instant, zone);
  return wall && WEEKDAYS[wall.getUTCDay()];
}

/** The date whose UTC reading is the local one. */
function wallTime(instant: number | undefined, timeZone: string | undefined): Date | undefined {
  if (instant === undefined || timeZone === undefined) return undefined;
  try {
    const options = { timeZone, hourCycle: "h23", dateStyle: "short", timeStyle: "medium" } as const;
    // Swedish is the locale that writes ISO 8601: `2026-03-29 01:59:59`.
    const written = new Intl.DateTimeFormat("sv-SE", options).format(instant);
    const wall = new Date(`${written.replace(" ", "T")}Z`);
    return Number.isNaN(wall.getTime()) ? undefined : wall;
  } catch {
    return undefined;
  }
}
