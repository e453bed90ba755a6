/**
 * Passwords that were good a moment ago, known by a digest of name and password together, so that a client with a password is not hashed for at every
 * call. Promises: never more than a minute, a bounded number, one check at a time for one pair, and a bounded number of checks at once.
 */
import type { World } from "../contract/world.ts";
import { hexOf } from "../kernel/hex.ts";

export type PasswordMemory = {
  /** `busy`: too many are being checked. `sent`: what came, name and password as they stand in the field. */
  readonly check: (sent: string, stored: string, password: Uint8Array, now: number, world: World) => Promise<boolean | "busy">;
};

const lasting = 60_000;
const mostKnown = 1_000;
const mostAtOnce = 64;
const encoder = new TextEncoder();

export function passwordMemory(): PasswordMemory {
  /** Until when; milliseconds. */
  const known = new Map<string, number>();
  const checking = new Map<string, Promise<boolean>>();
  return {
    check: async (sent, stored, password, now, world) => {
      const key = hexOf(world.digest("sha256", encoder.encode(`${stored} ${sent}`)));
      const until = known.get(key);
      if (until !== undefined && now < until && now >= until - lasting) return true;
      const running = checking.get(key);
      if (running === undefined && checking.size >= mostAtOnce) return "busy";
      const check = running ?? world.verifyPassword(stored, password);
      checking.set(key, check);
      try {
        const isGood = await check;
        if (isGood) remember(known, key, now);
        return isGood;
      } catch {
        return false;
      } finally {
        checking.delete(key);
      }
    },
  };
}

function remember(known: Map<string, number>, key: string, now: number): void {
  known.delete(key);
  if (known.size >= mostKnown) known.delete([...known.keys()][0] ?? "");
  known.set(key, now + lasting);
}
