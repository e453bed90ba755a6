import { expect, test } from "vitest";
import { zoneClock } from "../../runtime/kernel/zone-clock.ts";

const at = (zone: string, time: string): string => {
  const { timeOfDay, weekday } = zoneClock()(zone, Date.parse(time));
  return `${weekday} ${Math.floor(timeOfDay / 3600)}:${Math.floor(timeOfDay / 60) % 60}:${timeOfDay % 60}`;
};

test("midnight is hour 0, days change with the zone", () => {
  expect(at("UTC", "2026-01-05T00:00:00Z")).toBe("mon 0:0:0");
  expect(at("Asia/Tokyo", "2026-01-04T15:00:00Z")).toBe("mon 0:0:0");
  expect(at("America/New_York", "2026-01-05T04:59:59.999Z")).toBe("sun 23:59:59");
});

test("summer time comes and goes, and offsets may be no whole hours", () => {
  expect(at("Europe/Berlin", "2026-03-29T00:59:59Z")).toBe("sun 1:59:59");
  expect(at("Europe/Berlin", "2026-03-29T01:00:00Z")).toBe("sun 3:0:0");
  expect(at("Europe/Berlin", "2026-10-25T01:00:00Z")).toBe("sun 2:0:0");
  expect(at("Asia/Kathmandu", "2026-01-05T12:00:00Z")).toBe("mon 17:45:0");
});

test("one clock for many zones and times that go back and forth", () => {
  const clock = zoneClock();
  const asked = [
    ["UTC", 0],
    ["Asia/Tokyo", 0],
    ["UTC", 1000],
    ["UTC", 999],
    ["UTC", -1],
  ] as const;
  expect(asked.map(([zone, now]) => clock(zone, now).timeOfDay)).toEqual([0, 32_400, 1, 0, 86_399]);
});
