/** Found by the fuzz gate: thousands of findings, on as many lines or all on one, were told in quadratic time. */
import { expect, test } from "vitest";
import { compileFiles } from "../harness/compile-files.ts";
import { ownTime } from "../harness/own-time.ts";

const MANY = 6_000;

test.each([
  ["one on each line", "deny when @\n"],
  ["all on one line", "@ "],
  ["in settings of one block", "a: @\n"],
])("%s: ten times as many cost about ten times as much", async (_, unit) => {
  await cost(unit, 100);
  const [few, many] = [await cost(unit, MANY / 10), await cost(unit, MANY)];
  expect(many).toBeLessThan(35 * few + 50);
});

/** Milliseconds of this thread, the best of two, to find and render that many. */
async function cost(unit: string, count: number): Promise<number> {
  const text = unit.startsWith("a") ? `gwl 1\ngateway g {\n${unit.repeat(count)}}\n` : `gwl 1\n${unit.repeat(count)}`;
  const times: number[] = [];
  for (let attempt = 0; attempt < 2; attempt++) {
    const started = ownTime();
    const { diagnostics } = await compileFiles([{ file: "gateway.gwl", text }]);
    times.push(ownTime() - started);
    expect(diagnostics.length).toBeGreaterThanOrEqual(count);
  }
  return Math.min(...times);
}
