/** What a contender allocates. */
import { getHeapStatistics } from "node:v8";
import type { Contender } from "./contender.ts";

/** Bytes for one of `count` inputs. The heap only grows between two collections: of some rounds in which it grew the least growth. */
export async function allocated(contender: Contender, count: number): Promise<number | undefined> {
  let least: number | undefined;
  for (let round = 3_000_000; round < 3_000_020; round++) {
    const inputs = contender.fresh(round, count);
    const before = getHeapStatistics().used_heap_size;
    const given = contender.run(inputs as readonly never[]);
    if (given instanceof Promise) await given;
    const grown = (getHeapStatistics().used_heap_size - before) / inputs.length;
    if (grown >= 0 && (least === undefined || grown < least)) least = grown;
  }
  return least;
}
