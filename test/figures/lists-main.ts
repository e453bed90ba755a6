/** `npm run bench:lists`: how long a process stands still while a list of a million entries takes another's place. */
import { listSwaps } from "./list-swap.ts";

const goal = 20;
for (const family of ["ipv4", "ipv6"] as const) {
  const { longest, quiet, reading, swapped } = await listSwaps({ entries: 1_000_000, family, swaps: 3 });
  console.log(
    `${family}: ${swapped} lists of 1,000,000 entries, each read in ${reading.toFixed(0)} ms; the event loop stood still for ${longest.toFixed(1)} ms at most ` +
      `(goal: under ${goal} ms), and for ${quiet.toFixed(1)} ms while nothing was read`,
  );
}
