/**
 * `npm run bench:slow [SCALE]`: 500 clients that do not read an answer of 8 MiB, 500 that send a body byte by byte, 5,000 that send a head so, all there at
 * once; beside them a healthy one, which sees no error. SCALE divides the numbers. Exit code 1 where they were not, the healthy client saw an error, p99 is 25 ms or
 * more, or memory grew by 60 MB or more.
 */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { percentile } from "./percentile.ts";
import { withGateway } from "./running-gateway.ts";
import { steadyLoad } from "./steady-load.ts";

const scale = Number(process.argv[2] ?? 1);
const seconds = 20;
/** New connections a second. */
const rate = 1_000;
/** Heads come last: they are refused after ten seconds. */
const kinds = [
  ["readers", 500],
  ["bodies", 500],
  ["heads", 5_000],
] as const;

const isGood = await withGateway({ workers: 1, backends: 1, wait: 0, big: true }, async ({ port, memory, started }) => {
  const load = steadyLoad({ port, path: "/healthy", rate: 200, connections: 32 }, ({ status }) =>
    status === 200 ? undefined : `status ${status}`,
  );
  // Until the engine has compiled what it will.
  await pause(3_000);
  load.result.times.length = 0;
  await pause(3_000);
  const alone = load.result.times.splice(0);
  const before = await memory();
  const shown: string[] = [];
  const children: ChildProcess[] = [];
  let last = before;
  // Each kind in a process of its own, at a lower priority, so that what the healthy client waits for is the gateway.
  for (const [kind, count] of kinds) {
    const { child } = await started("slow-clients.ts", [String(port), kind, String(Math.ceil(count / scale)), String(rate)]);
    children.push(child);
    await pause(2_000);
    const now = await memory();
    shown.push(`${Math.ceil(count / scale)} slow ${kind} ${((now - last) / 1e6).toFixed(0)} MB`);
    last = now;
  }
  const there = await Promise.all(children.map(howMany));
  const isThere = kinds.every(([, count], at) => there[at] === Math.ceil(count / scale));
  const coming = load.result.times.splice(0);
  let most = last - before;
  for (let second = 0; second < seconds; second++) {
    await pause(1_000);
    most = Math.max(most, (await memory()) - before);
  }
  const { calls, failures, times } = await load.stop();
  const p99 = percentile([...coming, ...times], 0.99);
  const shownTimes = (what: string, some: readonly number[]): string =>
    `${what} p50 ${percentile(some, 0.5).toFixed(1)} ms, p99 ${percentile(some, 0.99).toFixed(1)} ms`;
  console.log(`${shown.join(", ")}: memory grew by ${(most / 1e6).toFixed(0)} MB; at once there were ${there.join(", ")}`);
  console.log(
    `healthy client: ${calls} calls, errors ${JSON.stringify(Object.fromEntries(failures))}, ${shownTimes("before", alone)}; ${shownTimes("while they come", coming)}; ${shownTimes("while they stay", times)}; of all p99 ${p99.toFixed(1)} ms`,
  );
  return isThere && failures.size === 0 && p99 < 25 && most < 60e6;
});
process.exitCode = isGood ? 0 : 1;

/** Of those that came are still there. A socket that reads nothing does not see its end, so of readers those that came. */
async function howMany(child: ChildProcess): Promise<number> {
  child.send("how many");
  return Number((await once(child, "message"))[0]);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
