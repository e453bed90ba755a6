/**
 * Answers kept for a while, by key. Promises: one question at a time for a key, whose answer all that wait for it get; what is not to be
 * kept is asked anew by the next; never more than so many answers or bytes, of which the oldest go first.
 */

/** `size`: bytes, about. */
export type Answered<Value> = { readonly value: Value; readonly keep: boolean; readonly size: number };

/** `now` in milliseconds. `ask` never rejects. */
export type Recall<Value> = (key: string, now: number, ask: () => Promise<Answered<Value>>) => Value | Promise<Value>;

export type CacheLimits = { readonly entries: number; readonly bytes: number };

const usual: CacheLimits = { entries: 10_000, bytes: 16 * 1024 * 1024 };

type Entry<Value> = { readonly value: Value; readonly since: number; readonly size: number };

/** `lifetime` in milliseconds. All live equally long, so the order of insertion is that of age. */
export function answerCache<Value>(lifetime: number, limits: CacheLimits = usual): Recall<Value> {
  const entries = new Map<string, Entry<Value>>();
  const flights = new Map<string, Promise<Value>>();
  let bytes = 0;

  const drop = (key: string, entry: Entry<Value>): void => {
    entries.delete(key);
    bytes -= entry.size;
  };
  const keep = (key: string, entry: Entry<Value>): void => {
    const before = entries.get(key);
    if (before !== undefined) drop(key, before);
    entries.set(key, entry);
    bytes += entry.size;
    for (const [oldKey, old] of entries) {
      if (entries.size <= limits.entries && bytes <= limits.bytes) return;
      drop(oldKey, old);
    }
  };

  return (key, now, ask) => {
    const entry = entries.get(key);
    if (entry !== undefined && entry.since <= now && now < entry.since + lifetime) return entry.value;
    const flying = flights.get(key);
    if (flying !== undefined) return flying;
    const flight = ask().then((answered) => {
      flights.delete(key);
      if (answered.keep) keep(key, { value: answered.value, since: now, size: answered.size + 2 * key.length });
      return answered.value;
    });
    flights.set(key, flight);
    return flight;
  };
}
