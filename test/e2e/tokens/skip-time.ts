/** Run before a server: each SIGUSR2 lets half a minute pass on the clock that keys are kept by, and on no other. */
import { performance } from "node:perf_hooks";

const now = performance.now.bind(performance);
let skipped = 0;
performance.now = () => now() + skipped;
process.on("SIGUSR2", () => {
  skipped += 31_000;
});
