/** `npm run bench:swap`: 50 hot swaps in 60 s at 2,000 calls a second; exit code 1 where one failed or saw two versions. */
import { availableParallelism } from "node:os";
import { hotSwaps } from "./hot-swaps.ts";
import { percentile } from "./percentile.ts";

const outcome = await hotSwaps({ swaps: 50, seconds: 60, rate: 2000, workers: availableParallelism() });
const failed = Object.values(outcome.failures).reduce((sum, count) => sum + count, 0);
console.log(`${outcome.calls} calls, ${failed} failed or mixed ${failed === 0 ? "" : JSON.stringify(outcome.failures)}`);
console.log(`answers by version ${JSON.stringify(outcome.answers)}; p99 ${outcome.p99.toFixed(1)} ms`);
console.log(`${outcome.swapTimes.length} swaps, of ${percentile(outcome.swapTimes, 0.5).toFixed(0)} ms (median)`);
process.exitCode = failed === 0 && outcome.swapTimes.length === 50 ? 0 : 1;
