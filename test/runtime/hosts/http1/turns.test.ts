/** Long answers share the event loop with everything else. */
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { mayGoOn } from "../../../../runtime/hosts/node/upstream/http1/turns.ts";

test("of a hundred that would go on some wait for the next turn, and each goes on in its own, in the order in which they came", async () => {
  await turn();
  const gone: number[] = [];
  const waits: number[] = [];
  for (let at = 0; at < 100; at++) if (!mayGoOn({ goOn: () => gone.push(at) })) waits.push(at);
  const atOnce = 100 - waits.length;
  expect(atOnce).toBeGreaterThan(0);
  expect(waits).toEqual(Array.from({ length: 100 - atOnce }, (_, at) => at + atOnce));
  await turn();
  expect(gone.length).toBeLessThanOrEqual(atOnce + 1);
  while (gone.length < waits.length) await turn();
  expect(gone).toEqual(waits);
  // A turn in which nobody waited leaves nothing behind.
  await turn();
  await turn();
  expect(mayGoOn({ goOn: () => {} })).toBe(true);
});
