/** The figures of what parts of the host noted on calls: retries, releases, copies, answers that are kept. A gateway without these has none of them. */
import type { CacheResult, CallRecord } from "../call-record.ts";
import { counter, type Family, type Labels } from "./families.ts";
import type { Measured } from "./measured.ts";
import { openNumbering } from "./numbering.ts";

export type NoteMetrics = {
  readonly ended: (record: CallRecord, route: number, caller: number) => void;
  readonly families: () => readonly Family[];
};

const results: readonly CacheResult[] = ["hit", "stale", "revalidated", "collapsed", "miss", "bypass"];

export function noteMetrics({ routes, callers, ofRoute, always }: Measured): NoteMetrics {
  const backends = openNumbering();
  const sides = openNumbering();

  const retries = counter("gwl_backend_retries_total", "Calls of a backend beyond the first for one request.", (key) => ({
    ...always,
    backend: backends.nameOf(key),
  }));
  const ofSide = (key: number): Labels => {
    const [release = "", side = ""] = sides.nameOf(key).split("\n");
    return { ...always, release, side };
  };
  const released = counter("gwl_release_requests_total", "Calls on routes of a release, by the side that they went to.", ofSide);
  const failed = counter("gwl_release_errors_total", "Calls on routes of a release that were answered with 5xx, or not at all.", ofSide);
  const mirrored = counter("gwl_mirrored_requests_total", "Calls of which a copy went to another backend.", ofRoute);
  const deprecated = counter("gwl_deprecated_requests_total", "Calls on deprecated routes, by who calls.", (key) => ({
    ...ofRoute(key % routes.count),
    principal: callers.nameOf(Math.floor(key / routes.count)) || "none",
  }));
  const cached = counter("gwl_cache_requests_total", "Calls on routes that keep answers, by what was done with them.", (key) => ({
    ...ofRoute(key % routes.count),
    result: results[Math.floor(key / routes.count)] ?? "",
  }));
  const all = [retries, released, failed, mirrored, deprecated, cached];

  return {
    ended: ({ notes, backend, status }, route, caller) => {
      const { attempts = 1, release, cache } = notes;
      for (const each of notes.parts ?? [{ backend, attempts }])
        if ((each.attempts ?? 1) > 1) retries.add(backends.numberOf(each.backend), (each.attempts ?? 1) - 1);
      if (release !== undefined) {
        const side = sides.numberOf(`${release.name}\n${release.side}`);
        released.add(side);
        failed.add(side, status === 0 || status >= 500 ? 1 : 0);
      }
      if (notes.isMirrored) mirrored.add(route);
      if (cache !== undefined) cached.add(results.indexOf(cache) * routes.count + route);
      if (notes.isDeprecated) deprecated.add(caller * routes.count + route);
    },
    families: () => all.map((one) => one.family()).filter(({ values }) => values.length > 0),
  };
}
