/** The figure about lists that are read again: how long the event loop of a process stands still while a list of many entries takes another's place. */
import { performance } from "node:perf_hooks";
import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { openLists } from "../../runtime/hosts/node/lists/open-lists.ts";

export type ListFigure = { readonly entries: number; readonly family: "ipv4" | "ipv6"; readonly swaps: number };
/**
 * Milliseconds. `longest`: that the main thread worked without looking at its events, by its own processor time, which other processes on the machine do not
 * make longer; `quiet`: the same in as long a time in which nothing was read.
 */
export type ListOutcome = { readonly longest: number; readonly quiet: number; readonly reading: number; readonly swapped: number };

export async function listSwaps({ entries, family, swaps }: ListFigure): Promise<ListOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "gwl-lists-"));
  try {
    // In another thread: what making them leaves behind is not this one's to collect.
    await once(
      new Worker(new URL("list-writer.ts", import.meta.url), { workerData: { folder, entries, family, count: swaps + 2 } }),
      "exit",
    );
    const put = (version: number): void => renameSync(join(folder, `next-${version}`), join(folder, "list.txt"));
    put(0);
    const list = { name: "n", path: "list.txt", every: 604_800_000, shrink: 50, entries };
    const scripts = {
      thread: new URL("list-thread-main.ts", import.meta.url),
      reader: () => import("../../runtime/hosts/node/lists/list-reader.ts"),
    };
    const opened = openLists([list], { place: folder, scripts, tell: () => {} });
    if (!opened.ok) throw new Error(opened.problem);
    const { lists } = opened;
    await lists.first;
    // Before somebody observes, the doors are not open.
    lists.observe(() => {}, false);
    const stalls: number[] = [];
    const quiets: number[] = [];
    const times: number[] = [];
    const seen = new Set<unknown>([lists.networks().get("n")]);
    for (let version = 1; version <= swaps + 1; version++) {
      put(version);
      await later(1_000);
      const began = performance.now();
      const turn = await longestTurn(async () => {
        const [state] = await lists.reload(false);
        if (state?.problem !== undefined || state?.entries !== entries) throw new Error(`not read: ${JSON.stringify(state)}`);
      });
      times.push(performance.now() - began);
      seen.add(lists.networks().get("n"));
      const quiet = await longestTurn(() => later(times.at(-1) ?? 0));
      // The first one also collects what the start of this script has left behind.
      if (version === 1) continue;
      stalls.push(turn);
      quiets.push(quiet);
    }
    lists.close();
    const reading = times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
    return { longest: Math.max(...stalls), quiet: Math.max(...quiets), reading, swapped: seen.size - 2 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Processor time of this thread between two looks at a timer that is always due: no turn of the event loop has taken more. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  const used = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let last = used();
  let longest = 0;
  const timer = setInterval(() => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await work();
  await later(20);
  clearInterval(timer);
  return longest;
}
