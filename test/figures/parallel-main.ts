/**
 * `npm run bench:parallel [WORKERS [CALLS [SECONDS]]]`: calls held in flight by each worker behind one port, each answered after so many seconds, from many
 * loopback addresses. Without words: 9,000 by one worker, then 8,400 by each of twelve. Exit code 1 where one failed or costs more than 12 kB.
 */
import { once } from "node:events";
import { withGateway } from "./running-gateway.ts";

/** A second, by all clients together: as many connections as the two cores of a small machine take beside all else. */
const newCalls = 1_000;

type Held = { readonly good: number; readonly failures: Readonly<Record<string, number>> };

async function held(workers: number, calls: number, seconds: number): Promise<boolean> {
  const shape = { workers, backends: workers, wait: seconds * 1000, variables: { MOST_CALLS: "20000" } };
  return withGateway(shape, async ({ port, memory, started }) => {
    const before = await memory();
    const words = (at: number): readonly string[] => [
      String(port),
      String(calls),
      `127.0.${2 + Math.floor(at / 200)}.${1 + (at % 200)}`,
      String(newCalls / workers),
    ];
    const clients = await Promise.all(Array.from({ length: workers }, (_, at) => started("holding-client.ts", words(at))));
    const ends = clients.map(async ({ child }) => ((await once(child, "message")) as [Held])[0]);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const each = ((await memory()) - before) / (workers * calls);
    const results = await Promise.all(ends);
    const good = results.reduce((sum, one) => sum + one.good, 0);
    const failures = results.flatMap((one) => Object.entries(one.failures)).map(([why, count]) => `${count} ${why}`);
    const missing = workers * calls - good;
    console.log(
      `${workers} workers: ${workers * calls} calls in flight, ${missing} failed ${failures.join(", ")}; ${(each / 1000).toFixed(1)} kB each`,
    );
    return missing === 0 && each <= 12_000;
  });
}

const [workers, calls = 9_000, seconds = 30] = process.argv.slice(2).map(Number);
const results = workers === undefined ? [await held(1, 9_000, 30), await held(12, 8_400, 150)] : [await held(workers, calls, seconds)];
process.exitCode = results.every(Boolean) ? 0 : 1;
