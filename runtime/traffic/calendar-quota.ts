/** The count of a `quota`: calls since the window began, in UTC. Windows of the calendar are the same for all keys, so none has to be remembered. */
import type { Measure, QuotaWindow } from "../contract/traffic-data.ts";
import { type Meter, seconds } from "./meter.ts";

const day = 86_400_000;
const week = 7 * day;
/** 1970 began on a Thursday, weeks begin on Mondays. */
const firstMonday = 4 * day;

/** `amount`: calls that came; `at`: when their window began. */
/** The window that holds the instant. */
export function quotaWindow({ window, offset }: Quota, instant: number): { readonly begin: number; readonly end: number } {
  const begin = beginOf(window, instant - offset);
  return { begin: begin + offset, end: endOf(window, begin) + offset };
}

type Quota = Extract<Measure, { kind: "quota" }>;

export function calendarQuota({ calls, window, offset }: Quota): Meter {
  const begin = (instant: number): number => beginOf(window, instant - offset) + offset;
  const end = (start: number): number => endOf(window, start - offset) + offset;
  return {
    fresh: ({ latest }) => ({ amount: 0, at: begin(latest) }),
    settle: (count, { latest }) => {
      if (latest < end(count.at)) return;
      count.amount = 0;
      count.at = begin(latest);
    },
    left: ({ amount }) => calls - amount,
    take: (count) => {
      count.amount += 1;
    },
    giveBack: (count, at) => {
      if (count.at === at) count.amount -= 1;
    },
    wait: ({ at }, { latest }) => end(at) - latest,
    isFresh: ({ amount }) => amount === 0,
    policy: ({ at }) => `;q=${calls};w=${seconds(end(at) - at)}`,
    reset: ({ at }, { latest }) => `;t=${seconds(end(at) - latest)}`,
  };
}

function beginOf(window: QuotaWindow, instant: number): number {
  switch (window) {
    case "day":
      return Math.floor(instant / day) * day;
    case "week":
      return Math.floor((instant - firstMonday) / week) * week + firstMonday;
    case "month": {
      const date = new Date(instant);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    }
  }
}

function endOf(window: QuotaWindow, begin: number): number {
  if (window !== "month") return begin + (window === "day" ? day : week);
  const date = new Date(begin);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
