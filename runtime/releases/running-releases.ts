/**
 * Divides the calls of a backend between it and its next version (D243). Promises: without a key each call is drawn for itself; with one, equal keys are
 * drawn alike, in all processes and after a restart, and a share that grows takes nobody back.
 */
import type { ReleaseData } from "../contract/release-data.ts";
import type { TableData } from "../contract/table-data.ts";
import type { World } from "../contract/world.ts";
import type { Call } from "../kernel/call.ts";
import type { RouteReleaseCode, Releases } from "../kernel/releases.ts";

export function releases({ releases: all = [] }: TableData, shares: readonly unknown[]): Releases {
  return (number, code, call, world) => {
    const release = all[number];
    if (release === undefined) throw new Error(`there is no release ${number}`);
    const share = shares[number];
    const isNext = goesOn(release, code, typeof share === "number" ? share : 0, call, world);
    return { release: release.name, backend: isNext ? release.to : release.from };
  };
}

function goesOn({ name }: ReleaseData, { when, key }: RouteReleaseCode, share: number, call: Call, world: World): boolean {
  // A world that gives no answer sends nobody.
  const hasStopped: unknown = world.hasStopped(name);
  if (hasStopped !== false) return false;
  for (const condition of when) if (condition(call)) return true;
  const drawn = key === undefined ? world.chance() : fractionOf(name, key(call), world);
  return drawn * 100 < share;
}

/** Evenly from 0 to 1; who has no key is drawn by nobody and stays. */
function fractionOf(release: string, key: unknown, world: World): number {
  if (typeof key !== "string") return Number.NaN;
  const hash = world.digest("sha256", `${release.length}:${release}${key}`);
  return new DataView(hash.buffer, hash.byteOffset, hash.byteLength).getUint32(0) / 2 ** 32;
}
