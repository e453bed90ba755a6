/**
 * Key sets kept in memory, by URL. Promises: at most one call at a time for a URL, no storm of calls whatever tokens come,
 * and keys that were good once serve through an outage of the issuer, for a day.
 */
import type { Jwk } from "../../contract/world.ts";

type Fetch = (url: string) => Promise<readonly Jwk[] | undefined>;

type KeySet = {
  keys: readonly Jwk[] | undefined;
  /** When `keys` came, and when the last call started; milliseconds. */
  fetched: number;
  tried: number;
  pending: Promise<void> | undefined;
};

const fresh = 10 * 60_000;
const lasting = 24 * 60 * 60_000;
const betweenRefreshes = 30_000;
const betweenFailures = 5_000;

/** The `keySet` of a `World`. `now` in milliseconds, never going back. */
export function keySets(fetch: Fetch, now: () => number): (url: string, refresh: boolean) => Promise<readonly Jwk[] | undefined> {
  const sets = new Map<string, KeySet>();
  return async (url, refresh) => {
    const set = sets.get(url) ?? { keys: undefined, fetched: -Infinity, tried: -Infinity, pending: undefined };
    sets.set(url, set);
    if (isDue(set, refresh, now())) set.pending ??= update(set, url, fetch, now);
    if (set.pending !== undefined && (refresh || now() - set.fetched >= fresh)) await set.pending;
    return now() - set.fetched < lasting ? set.keys : undefined;
  };
}

function isDue(set: KeySet, refresh: boolean, now: number): boolean {
  const sinceTried = now - set.tried;
  if (set.keys === undefined) return sinceTried >= betweenFailures;
  return sinceTried >= betweenRefreshes && (refresh || now - set.fetched >= fresh);
}

async function update(set: KeySet, url: string, fetch: Fetch, now: () => number): Promise<void> {
  set.tried = now();
  const keys = await fetch(url).catch(() => undefined);
  if (keys !== undefined) {
    set.keys = keys;
    set.fetched = now();
  }
  set.pending = undefined;
}
