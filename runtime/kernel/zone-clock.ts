/**
 * What a clock on the wall shows in a time zone. The formatter of a zone and its last answer are kept: making one costs
 * a thousand times more than asking it, and many requests fall into one second.
 */
export type WallClock = { /** Seconds since midnight. */ readonly timeOfDay: number /** `mon` to `sun` */; readonly weekday: string };
export type ZoneClock = (zone: string, now: number) => WallClock;

type Zone = { readonly format: Intl.DateTimeFormat; second: number; shown: WallClock };

/** Zones are names of the IANA data base that the compiler knew; an unknown one throws. */
export function zoneClock(): ZoneClock {
  const zones = new Map<string, Zone>();
  return (name, now) => {
    const second = Math.floor(now / 1000);
    let zone = zones.get(name);
    if (zone === undefined) {
      const format = formatOf(name);
      zone = { format, second, shown: shown(format, second) };
      zones.set(name, zone);
    } else if (zone.second !== second) {
      zone.shown = shown(zone.format, second);
      zone.second = second;
    }
    return zone.shown;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
}

function shown(format: Intl.DateTimeFormat, second: number): WallClock {
  let timeOfDay = 0;
  let weekday = "";
  for (const { type, value } of format.formatToParts(second * 1000)) {
    if (type === "weekday") weekday = value.toLowerCase();
    else if (type === "hour") timeOfDay += Number(value) * 3600;
    else if (type === "minute") timeOfDay += Number(value) * 60;
    else if (type === "second") timeOfDay += Number(value);
  }
  return { timeOfDay, weekday };
}
