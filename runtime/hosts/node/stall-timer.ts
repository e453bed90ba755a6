/** A deadline that starts anew with every sign of progress, and can be held while the other side is waited for. */

export type StallTimer = {
  /** Starts, or starts anew. */
  readonly touch: () => void;
  readonly hold: () => void;
};

/** Held at first. `onStall` runs once each time the deadline passes. */
export function stallTimer(milliseconds: number, onStall: () => void): StallTimer {
  let timer: NodeJS.Timeout | undefined;
  return {
    touch: () => {
      if (timer === undefined) timer = setTimeout(onStall, milliseconds);
      else timer.refresh();
    },
    hold: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
