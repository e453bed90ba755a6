/** What only some gateways watch in their calls: who calls what will go, and whether releases do well. Tells the log, and the other workers. */
import type { HostSettings } from "../../contract/gateway.ts";
import type { World } from "../../contract/world.ts";
import type { Observer } from "../../observe/observer.ts";
import type { NodeParts } from "./parts.ts";

export type Watchers = {
  readonly observers: readonly Observer[];
  readonly world: Partial<Pick<World, "hasStopped">>;
  /** Tells what was counted since the last time. */
  readonly flush: () => void;
  /** Another worker has ended this release. */
  readonly endRelease: (release: string) => void;
};

/** Milliseconds between two lines that say who called what is deprecated. */
const betweenCounts = 60_000;

/** `tell` writes to the log; `onRelease` is told of a release that this process ended. */
export function watchers(
  { deprecatedCalls, releaseWatch }: NodeParts,
  settings: HostSettings,
  tell: (event: object) => void,
  onRelease: (release: string) => void,
): Watchers {
  const log = (event: object): void => tell({ time: new Date().toISOString(), ...event });
  const counted = deprecatedCalls?.((calls) => log({ event: "deprecated-calls", calls }));
  if (counted !== undefined) setInterval(counted.flush, betweenCounts).unref();
  const watch = releaseWatch?.(settings.releases ?? [], (ended) => {
    log({ event: "release-stopped", ...ended });
    onRelease(ended.release);
  });
  return {
    observers: [counted, watch].flatMap((one) => one?.observer ?? []),
    world: watch === undefined ? {} : { hasStopped: watch.hasStopped },
    flush: () => counted?.flush(),
    endRelease: (release) => watch?.end(release),
  };
}
