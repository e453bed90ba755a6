/** The count of a `concurrency`: calls that have begun and are not over. */
import type { Measure } from "../contract/traffic-data.ts";
import type { Meter } from "./meter.ts";

/** Nobody knows when a call ends: whoever is too many is asked to come again in a second. */
const soon = 1000;

export function callsUnderWay({ calls }: Extract<Measure, { kind: "concurrency" }>): Meter {
  const policy = `;q=${calls};qu="concurrent-requests"`;
  return {
    fresh: () => ({ amount: 0, at: 0 }),
    settle: () => undefined,
    left: ({ amount }) => calls - amount,
    take: (count) => {
      count.amount += 1;
    },
    giveBack: (count) => {
      count.amount -= 1;
    },
    over: (count) => {
      count.amount -= 1;
    },
    wait: () => soon,
    isFresh: ({ amount }) => amount === 0,
    policy: () => policy,
    reset: () => "",
  };
}
