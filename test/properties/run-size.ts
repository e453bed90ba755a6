/**
 * How much a run of the properties tries, and from which seed: small in `npm test`, as large as the environment says in `npm run proof`. Without a word the seed
 * is that of the day (UTC), so that what one machine has passed another passes too, and each day tries what none before it did (D450).
 */
export const SEED = Number(process.env["GWL_SEED"] ?? (Math.floor(Date.now() / 86_400_000) * 104_729) % 1_000_000_007);

/** `GWL_PAIRS`, `GWL_PROGRAMS`, `GWL_SOURCES`, `GWL_SCRIPTS`, or what is usual. */
export function runSize(name: "PAIRS" | "PROGRAMS" | "SOURCES" | "SCRIPTS", usual: number): number {
  return Number(process.env[`GWL_${name}`] ?? usual);
}

/** Shrinking may take a while; a run that stands still ends as failed all the same. */
export const PATIENCE = { timeout: 24 * 3600_000 };

/** `GWL_SHRINK=no`: the first counterexample is enough, as where a fault was seeded. */
export function runs(count: number): {
  readonly seed: number;
  readonly numRuns: number;
  readonly interruptAfterTimeLimit: number;
  readonly endOnFailure: boolean;
} {
  return { seed: SEED, numRuns: count, interruptAfterTimeLimit: 20 * 3600_000, endOnFailure: process.env["GWL_SHRINK"] === "no" };
}

const SHRINKING = 60_000;

/** The property, shrunk for a minute at most: whatever is tried after that counts as no counterexample. */
export function shrunk<Given extends unknown[]>(property: (...given: Given) => Promise<void>): (...given: Given) => Promise<void> {
  let failedAt = Number.POSITIVE_INFINITY;
  return async (...given) => {
    if (performance.now() > failedAt + SHRINKING) return;
    try {
      await property(...given);
    } catch (failure) {
      failedAt = Math.min(failedAt, performance.now());
      throw failure;
    }
  };
}
