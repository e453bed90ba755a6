/**
 * Calls of a backend that others wait for. Promises: nobody waits for longer than a bound, and nobody gets what went wrong with somebody else's call.
 */
import type { StoredAnswer } from "../../../cache/stored-answer.ts";

/** `kept`: its answer, and for whom. `failed`: the backend did. `alone`: what it said is for one client only. `left`: the client did, so nothing is known. */
export type FlightEnd =
  | { readonly kind: "kept"; readonly stored: StoredAnswer; readonly names: readonly string[]; readonly variant: string }
  | { readonly kind: "failed" | "alone" | "left" };

export type Flight = { readonly ended: Promise<FlightEnd>; readonly end: (how: FlightEnd) => void };
export type Flights = {
  /** Answers under this key were for one client only a moment ago: to wait for the next one is in vain. */
  readonly isInVain: (key: string) => boolean;
  readonly under: (key: string) => Flight | undefined;
  /** Others wait for it until it ends. */
  readonly begin: (key: string) => Flight;
};

/** Milliseconds, and keys. */
const vainTime = 10_000;
const mostVain = 10_000;

export function flights(): Flights {
  const running = new Map<string, Flight>();
  const vain = new Map<string, number>();
  const remember = (key: string): void => {
    vain.delete(key);
    vain.set(key, performance.now() + vainTime);
    for (const oldest of vain.keys()) {
      if (vain.size <= mostVain) break;
      vain.delete(oldest);
    }
  };
  return {
    isInVain: (key) => (vain.get(key) ?? 0) > performance.now(),
    under: (key) => running.get(key),
    begin: (key) => {
      let tell: (how: FlightEnd) => void = () => {};
      const ended = new Promise<FlightEnd>((resolve) => (tell = resolve));
      const flight: Flight = {
        ended,
        end: (how) => {
          if (running.get(key) !== flight) return;
          running.delete(key);
          if (how.kind === "alone") remember(key);
          else if (how.kind === "kept") vain.delete(key);
          tell(how);
        },
      };
      running.set(key, flight);
      return flight;
    },
  };
}

/** Undefined: it was not over in time. */
export function within(flight: Flight, milliseconds: number): Promise<FlightEnd | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), Math.max(0, milliseconds));
    void flight.ended.then(resolve).finally(() => clearTimeout(timer));
  });
}
