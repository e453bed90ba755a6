/**
 * A deadline that starts anew with every sign of progress, and can be held while the other side is waited for. Calls make, move and end several of
 * them, so all deadlines of a process are looked at by one timer: to start anew is to write down a time. Promises: none passes too early, nor more than
 * a glance too late.
 */
import { performance } from "node:perf_hooks";

export type StallTimer = {
  /** Starts, or starts anew; with a time, so long from now on. */
  readonly touch: (milliseconds?: number) => void;
  readonly hold: () => void;
};

/** Held at first. `onStall` runs once each time the deadline passes. */
export function stallTimer(milliseconds: number, onStall: () => void): StallTimer {
  return new Deadline(milliseconds, onStall);
}

/** Milliseconds between two looks at them. */
const glance = 50;
const running = new Set<Deadline>();
let timer: NodeJS.Timeout | undefined;

/** One object a deadline, and no function of its own: a process holds thousands of them. */
class Deadline implements StallTimer {
  due = 0;
  milliseconds: number;
  readonly onStall: () => void;

  constructor(milliseconds: number, onStall: () => void) {
    this.milliseconds = milliseconds;
    this.onStall = onStall;
  }

  touch(milliseconds = this.milliseconds): void {
    this.milliseconds = milliseconds;
    this.due = performance.now() + milliseconds;
    running.add(this);
    timer ??= setInterval(look, glance);
  }

  hold(): void {
    running.delete(this);
  }
}

function look(): void {
  const now = performance.now();
  for (const one of running) {
    if (one.due > now) continue;
    running.delete(one);
    one.onStall();
  }
  if (running.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}
