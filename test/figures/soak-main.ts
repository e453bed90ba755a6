/**
 * `npm run soak [MINUTES]`: 30 minutes of 500 calls a second on all cores. Exit code 1 where an answer was unexpected, or memory grew by 1 MB a minute or
 * more after the fifth.
 */
import { availableParallelism } from "node:os";
import { percentile } from "./percentile.ts";
import { withGateway } from "./running-gateway.ts";
import { steadyLoad } from "./steady-load.ts";

const minutes = Number(process.argv[2] ?? 30);
const between = 10_000;
const warm = Math.min(5, minutes / 3) * 60_000;

const isGood = await withGateway({ workers: availableParallelism(), backends: 1, wait: 0 }, async ({ port, memory }) => {
  const load = steadyLoad({ port, path: "/soak", rate: 500, connections: 32 }, ({ status, body }) =>
    status === 200 && body === "ok" ? undefined : `status ${status}`,
  );
  const seen: (readonly [minute: number, megabytes: number])[] = [];
  const begun = performance.now();
  while (performance.now() - begun < minutes * 60_000) {
    await new Promise((resolve) => setTimeout(resolve, between));
    const at = performance.now() - begun;
    if (at >= warm) seen.push([at / 60_000, (await memory()) / 1e6]);
    load.result.times.splice(0, Math.max(0, load.result.times.length - 100_000));
  }
  const { calls, failures, times } = await load.stop();
  const slope = slopeOf(seen);
  console.log(
    `${calls} calls in ${minutes} minutes, unexpected ${JSON.stringify(Object.fromEntries(failures))}, p99 ${percentile(times, 0.99).toFixed(1)} ms`,
  );
  console.log(
    `memory of all workers ${seen.at(-1)?.[1].toFixed(0)} MB, ${slope.toFixed(2)} MB a minute after minute ${(warm / 60_000).toFixed(1)}`,
  );
  return failures.size === 0 && slope < 1;
});
process.exitCode = isGood ? 0 : 1;

/** Of the line through all points that is nearest to them. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
