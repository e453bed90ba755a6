import type { Timing } from "../index.ts";
import type { Terminal } from "./terminal.ts";

/** One line a stage, and their sum. Loading gwl itself comes on top. */
export function printTimings(timings: readonly Timing[], terminal: Terminal): void {
  const total = { step: "total", milliseconds: timings.reduce((sum, { milliseconds }) => sum + milliseconds, 0) };
  for (const { step, milliseconds } of [...timings, total]) terminal.talk(`${step.padEnd(10)} ${milliseconds.toFixed(1).padStart(9)} ms\n`);
}
