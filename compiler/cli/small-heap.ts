/**
 * For a process that lives as long as an editor does. Promises: what is live decides how much memory is held, not what was thrown away on the
 * way: left to itself V8 lets garbage grow to several times of it before it looks. Costs: it looks more often, some per cent of the time.
 */
import { setFlagsFromString } from "node:v8";

/** Old objects may grow by half between two collections of all; young ones have the space they begin with. */
const FLAGS = ["--heap-growing-percent=50", "--semi-space-growth-factor=1"];

/** Before there is much in it. */
export function keepHeapSmall(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}
