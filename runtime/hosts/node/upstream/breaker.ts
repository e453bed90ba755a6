/**
 * A circuit breaker: where too many calls end badly, the next ones are refused at once, and after a pause a few say whether the backend is back.
 * Promises that no more than these go there meanwhile. Time is given, so that it is tested without waiting.
 */
import type { BreakerRule } from "../../../contract/http-traffic.ts";

export type BreakerState = "closed" | "half-open" | "open";
export type Breaker = {
  /** A permit for one more call, which `ended` gives back; undefined: it may not go. */
  readonly admit: (now: number) => number | undefined;
  /** Undefined: nothing was learnt. What ends later than the state that it began in says nothing of the next one. */
  readonly ended: (now: number, permit: number, isGood: boolean | undefined) => void;
  readonly state: () => BreakerState;
};

/** Parts that the window is counted in. */
const parts = 10;

export function breaker(rule: BreakerRule, onChange: (state: BreakerState) => void): Breaker {
  const counts = slidingCounts(rule.window);
  let state: BreakerState = "closed";
  let permit = 0;
  let until = 0;
  let trials = 0;
  let good = 0;
  const become = (next: BreakerState): void => {
    state = next;
    permit++;
    trials = 0;
    good = 0;
    counts.clear();
    onChange(next);
  };
  const open = (now: number): void => {
    until = now + rule.pause;
    become("open");
  };
  return {
    state: () => state,
    admit: (now) => {
      if (state === "closed") return permit;
      if (state === "open") {
        if (now < until) return undefined;
        become("half-open");
      }
      if (trials >= rule.trials) return undefined;
      trials++;
      return permit;
    },
    ended: (now, given, isGood) => {
      if (given !== permit) return;
      if (state === "half-open") {
        if (isGood === undefined) trials--;
        else if (!isGood) open(now);
        else if (++good >= rule.trials) become("closed");
        return;
      }
      if (isGood === undefined) return;
      counts.add(now, isGood);
      const { all, bad } = counts.totals(now);
      if (!isGood && all >= rule.least && bad >= all * rule.share) open(now);
    },
  };
}

type Counts = {
  readonly add: (now: number, isGood: boolean) => void;
  readonly totals: (now: number) => { readonly all: number; readonly bad: number };
  readonly clear: () => void;
};

function slidingCounts(window: number): Counts {
  const width = Math.max(1, window / parts);
  let slots: { readonly number: number; all: number; bad: number }[] = [];
  const forget = (now: number): void => {
    const oldest = Math.floor(now / width) - parts + 1;
    if ((slots[0]?.number ?? oldest) < oldest) slots = slots.filter(({ number }) => number >= oldest);
  };
  return {
    add: (now, isGood) => {
      forget(now);
      const number = Math.floor(now / width);
      let slot = slots.at(-1);
      if (slot?.number !== number) slots.push((slot = { number, all: 0, bad: 0 }));
      slot.all++;
      if (!isGood) slot.bad++;
    },
    totals: (now) => {
      forget(now);
      return { all: slots.reduce((sum, { all }) => sum + all, 0), bad: slots.reduce((sum, { bad }) => sum + bad, 0) };
    },
    clear: () => {
      slots = [];
    },
  };
}
