/**
 * What others publish, kept in memory by address. Promises: at most one call at a time for an address, no storm of calls whatever requests
 * come, and what was good once serves through an outage, for a day. What did not change stays the same object.
 */

/** `refresh`: what was looked for is not in it. */
export type LastGood<Value> = (address: string, refresh: boolean) => Value | undefined | Promise<Value | undefined>;

type Kept<Value> = {
  value: Value | undefined;
  /** When `value` came, and when the last call started; milliseconds. */
  fetched: number;
  tried: number;
  pending: Promise<void> | undefined;
};

const fresh = 10 * 60_000;
const lasting = 24 * 60 * 60_000;
const betweenRefreshes = 30_000;
const betweenFailures = 5_000;
/** A publisher that moves about must not fill the memory. */
const mostAddresses = 1_000;

/** `fetch` gives undefined, or fails, where there is nothing good. `now` in milliseconds, never going back. */
export function lastGood<Value>(fetch: (address: string) => Promise<Value | undefined>, now: () => number): LastGood<Value> {
  const all = new Map<string, Kept<Value>>();
  const current = ({ fetched, value }: Kept<Value>): Value | undefined => (now() - fetched < lasting ? value : undefined);
  return (address, refresh) => {
    const kept = all.get(address) ?? { value: undefined, fetched: -Infinity, tried: -Infinity, pending: undefined };
    if (!all.has(address)) all.set(address, kept);
    if (all.size > mostAddresses) all.delete([...all.keys()][0] ?? "");
    if (isDue(kept, refresh, now())) kept.pending ??= update(kept, address, fetch, now);
    const { pending } = kept;
    const waits = refresh || now() - kept.fetched >= fresh;
    return pending !== undefined && waits ? pending.then(() => current(kept)) : current(kept);
  };
}

function isDue(kept: Kept<unknown>, refresh: boolean, now: number): boolean {
  const sinceTried = now - kept.tried;
  if (kept.value === undefined) return sinceTried >= betweenFailures;
  return sinceTried >= betweenRefreshes && (refresh || now - kept.fetched >= fresh);
}

async function update<Value>(
  kept: Kept<Value>,
  address: string,
  fetch: (address: string) => Promise<Value | undefined>,
  now: () => number,
): Promise<void> {
  kept.tried = now();
  const value = await fetch(address).catch(() => undefined);
  if (value !== undefined) {
    if (JSON.stringify(value) !== JSON.stringify(kept.value)) kept.value = value;
    kept.fetched = now();
  }
  kept.pending = undefined;
}
