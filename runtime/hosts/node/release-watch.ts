/**
 * Ends a release when too many calls to the next version of its backend fail. Promises that an ended release stays ended, and bounded memory: what is
 * remembered is whether each of the last calls failed.
 */
import type { HostRelease, ReleaseStop } from "../../contract/release-data.ts";
import type { CallRecord } from "../../observe/call-record.ts";
import { nobody, type Observer } from "../../observe/observer.ts";

export type ReleaseWatch = {
  readonly observer: Observer;
  readonly hasStopped: (release: string) => boolean;
  /** Somebody else has seen that it must end. */
  readonly end: (release: string) => void;
};

/** `onEnd` is told of those that this watch ended by itself: `failed` of the last `of` calls. */
export function releaseWatch(
  releases: readonly HostRelease[],
  onEnd: (ended: { readonly release: string; readonly failed: number; readonly of: number }) => void,
): ReleaseWatch {
  const stopped = new Set<string>();
  const windows = new Map(
    releases.flatMap(({ name, next, stop }) => (stop === undefined ? [] : [[name, { next, look: failures(stop) }] as const])),
  );
  const ended = (record: CallRecord): void => {
    const { release } = record.notes;
    if (release === undefined || stopped.has(release.name)) return;
    const window = windows.get(release.name);
    if (window === undefined || window.next !== release.side) return;
    const seen = window.look(hasFailed(record));
    if (!seen.isTooMuch) return;
    stopped.add(release.name);
    onEnd({ release: release.name, failed: seen.failed, of: seen.of });
  };
  return { observer: { ...nobody, ended }, hasStopped: (release) => stopped.has(release), end: (release) => void stopped.add(release) };
}

/** Faults that the client made are none of the backend. */
const ofBackends: ReadonlySet<string> = new Set(["bad-gateway", "backend-unavailable", "backend-timeout"]);

function hasFailed({ status, fault }: CallRecord): boolean {
  return status >= 500 || (fault !== undefined && ofBackends.has(fault));
}

type Look = (failed: boolean) => { readonly isTooMuch: boolean; readonly failed: number; readonly of: number };

function failures({ share, of }: ReleaseStop): Look {
  const last = new Uint8Array(of);
  let at = 0;
  let failed = 0;
  return (hasFailedNow) => {
    failed += (hasFailedNow ? 1 : 0) - (last[at] ?? 0);
    last[at] = hasFailedNow ? 1 : 0;
    at = (at + 1) % of;
    return { isTooMuch: failed * 100 > share * of, failed, of };
  };
}
