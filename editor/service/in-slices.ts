/**
 * Long work with room for other requests. Promises: between two pauses it is at work for a few milliseconds and one step; it is given up at a
 * pause when it is not wanted any more, so what it makes is of the moment in which it ends.
 */
import type { Steps } from "../../compiler/model/steps.ts";

/** Milliseconds: a keystroke waits that long at most, and is to be answered within 50. */
const SLICE = 8;

/** Undefined where it was given up. */
export async function inSlices<Result>(
  work: Steps<Result>,
  pause: () => Promise<void>,
  isWanted: () => boolean,
): Promise<Result | undefined> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < SLICE) continue;
    await pause();
    if (!isWanted()) return undefined;
    began = performance.now();
  }
}
