/**
 * The calls under way that one store counts for this process. Promises: they count for as long as they are under way, and no longer than `lease` after this
 * process was last heard of; a store that lost them hears of them again; what is kept here ends with the calls.
 */
import { randomBytes } from "node:crypto";
import type { HostStore, SharedCount } from "../../../contract/shared-counts.ts";
import { inTime } from "./in-time.ts";
import type { AskStore } from "./store-connection.ts";

export type HeldLeases = {
  readonly take: (key: string, calls: number) => Promise<SharedCount>;
  readonly giveBack: (key: string, lease: string) => void;
};

/** Calls that one command renews: the store does nothing else meanwhile. */
const batch = 500;
/** Milliseconds until a store that gave no answer is told again: it may have come back without what it knew. */
const soon = 250;

export function heldLeases(ask: AskStore, { timeout, lease }: Pick<HostStore, "timeout" | "lease">): HeldLeases {
  const held = new Map<string, Set<string>>();
  const own = randomBytes(9).toString("base64url");
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;

  const renewIn = (milliseconds: number): void => {
    const at = performance.now() + milliseconds;
    if (held.size === 0 || at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(() => void renew(), milliseconds).unref();
  };
  const renew = async (): Promise<void> => {
    try {
      for (const [key, calls] of held)
        for (const some of inBatches([...calls])) {
          const still = some.filter((call) => calls.has(call));
          await inTime(ask(key, ["renew", String(lease), ...still]), timeout);
        }
      due = Number.POSITIVE_INFINITY;
      renewIn(lease / 3);
    } catch {
      due = Number.POSITIVE_INFINITY;
      renewIn(soon);
    }
  };
  const tellOver = (key: string, call: string): void => void ask(key, ["return", call]).catch(noMatter);
  return {
    take: async (key, calls) => {
      const call = `${own}${(count++).toString(36)}`;
      try {
        const [passes, amount] = await inTime(ask(key, ["take", String(calls), String(lease), call]), timeout);
        if (passes !== 1) return { passes: false, amount };
        held.set(key, (held.get(key) ?? new Set()).add(call));
        renewIn(lease / 3);
        return { passes: true, amount, lease: call };
      } catch {
        // It may have been counted all the same, and nobody will renew it.
        tellOver(key, call);
        renewIn(soon);
        return "away";
      }
    },
    giveBack: (key, call) => {
      const calls = held.get(key);
      calls?.delete(call);
      if (calls?.size === 0) held.delete(key);
      if (held.size === 0) {
        clearTimeout(timer);
        due = Number.POSITIVE_INFINITY;
      }
      tellOver(key, call);
    },
  };
}

function inBatches(calls: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(calls.length / batch) }, (_, at) => calls.slice(at * batch, (at + 1) * batch));
}

/** What a store is not told, it forgets with the lease. */
function noMatter(): void {
  // Nothing to do: the store is away.
}
