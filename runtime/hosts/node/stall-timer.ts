/**
 * A deadline that starts anew with every sign of progress, and can be held while the other side is waited for. Calls make, move and end several of
 * them, so all deadlines of a process are looked at by one timer: to start anew is to write down a time. Promises: none passes too early, nor more than
 * a glance too late.
 */

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
/**
 * Those that run, in no order; each knows its place. No `Set`: where entries come and go, V8 leaves old tables behind that lead to what has long ended, and
 * a collection of young objects has to copy all of it.
 */
const running: Deadline[] = [];
let timer: NodeJS.Timeout | undefined;

/** One object a deadline, and no function of its own: a process holds thousands of them. */
class Deadline implements StallTimer {
  due = 0;
  /** In `running`; -1: held. */
  place = -1;
  milliseconds: number;
  readonly onStall: () => void;

  constructor(milliseconds: number, onStall: () => void) {
    this.milliseconds = milliseconds;
    this.onStall = onStall;
  }

  touch(milliseconds = this.milliseconds): void {
    this.milliseconds = milliseconds;
    this.due = performance.now() + milliseconds;
    if (this.place < 0) this.place = running.push(this) - 1;
    timer ??= setInterval(look, glance);
  }

  hold(): void {
    const { place } = this;
    if (place < 0) return;
    this.place = -1;
    const last = running.pop();
    if (last === undefined || last === this) return;
    running[place] = last;
    last.place = place;
  }
}

/** From the end: what takes the place of one that has gone was looked at already. */
function look(): void {
  const now = performance.now();
  for (let at = running.length - 1; at >= 0; at--) {
    const one = running[at];
    if (one === undefined || one.due > now) continue;
    one.hold();
    one.onStall();
  }
  if (running.length > 0) return;
  clearInterval(timer);
  timer = undefined;
}
