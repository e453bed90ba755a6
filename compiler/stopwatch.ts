/** Measures steps and says when each begins, also those that run inside others. Promises: the time of a step is its own, without that of steps inside. */

export type Timing = { readonly step: string; readonly milliseconds: number };

export type Stopwatch = {
  readonly time: <T>(step: string, run: () => T) => T;
  /** For a step that waits. No other may begin before it is done. */
  readonly timeAsync: <T>(step: string, run: () => Promise<T>) => Promise<T>;
  /** In the order in which steps first ended. */
  readonly timings: () => readonly Timing[];
};

export function stopwatch(now: () => number, onStep: (step: string) => void): Stopwatch {
  const spent = new Map<string, number>();
  let inside = 0;
  const start = (step: string): (() => void) => {
    onStep(step);
    const since = now();
    const outer = inside;
    inside = 0;
    return () => {
      const whole = now() - since;
      spent.set(step, (spent.get(step) ?? 0) + whole - inside);
      inside = outer + whole;
    };
  };
  return {
    time: (step, run) => {
      const end = start(step);
      const value = run();
      end();
      return value;
    },
    timeAsync: async (step, run) => {
      const end = start(step);
      const value = await run();
      end();
      return value;
    },
    timings: () => [...spent].map(([step, milliseconds]) => ({ step, milliseconds })),
  };
}
