/**
 * Passwords that were good a moment ago, so that a client which sends one with every call is not hashed for each time. Promises: known by the whole
 * text that came, for a minute and no longer, a bounded number; one check at a time for one pair; and a bounded number of checks at once.
 */
import type { World } from "../contract/world.ts";

export type PasswordMemory = {
  /** `busy`: too many are being checked. `sent`: what came, name and password as they stand in the field. */
  readonly check: (sent: string, stored: string, password: Uint8Array, now: number, world: World) => Promise<boolean | "busy">;
};

const lasting = 60_000;
const mostKnown = 1_000;
const mostAtOnce = 64;

export function passwordMemory(): PasswordMemory {
  /** Since when, oldest first; milliseconds. */
  const known = new Map<string, number>();
  const checking = new Map<string, Promise<boolean>>();
  return {
    check: async (sent, stored, password, now, world) => {
      forget(known, now);
      const pair = `${stored} ${sent}`;
      if (known.has(pair)) return true;
      const running = checking.get(pair);
      if (running === undefined && checking.size >= mostAtOnce) return "busy";
      const check = running ?? world.verifyPassword(stored, password);
      checking.set(pair, check);
      try {
        // INVARIANT: nothing but a plain yes of the world is one.
        const isGood: unknown = await check;
        if (isGood === true) known.set(pair, now);
        return isGood === true;
      } finally {
        checking.delete(pair);
      }
    },
  };
}

/** What is too old, or from a clock that went back, and the oldest where there are too many. */
function forget(known: Map<string, number>, now: number): void {
  for (const [pair, since] of known) {
    if (known.size < mostKnown && now >= since && now < since + lasting) return;
    known.delete(pair);
  }
}
