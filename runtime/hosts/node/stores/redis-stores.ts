/**
 * Counts of limits in Redis or Valkey. Promises: each key is looked at and counted in one step of the server, and all of a call are asked in one
 * round trip (the client writes what is asked in one turn together); who does not answer in time is away. Only bundles that need it carry it.
 */
import type { HostStore, SharedAsk, SharedCount, SharedCounts } from "../../../contract/shared-counts.ts";
import { inTime } from "./in-time.ts";
import { type AskStore, storeConnection } from "./store-connection.ts";

export { redisAnswers } from "./redis-answers.ts";

type OpenStore = { readonly ask: AskStore; readonly timeout: number };

export function redisStores(stores: readonly HostStore[]): SharedCounts {
  const open = new Map(
    stores.map((store): [string, OpenStore] => [store.name, { ask: storeConnection(store).count, timeout: store.timeout }]),
  );
  const count = async (asked: SharedAsk): Promise<SharedCount> => {
    const store = open.get(asked.store);
    if (store === undefined) return "away";
    try {
      const [passes, amount] = await inTime(store.ask(asked.key, countWords(asked)), store.timeout);
      return { passes: passes === 1, amount };
    } catch {
      return "away";
    }
  };
  return {
    count: (asks) => Promise.all(asks.map(count)),
    giveBack: (asks) => {
      for (const asked of asks) open.get(asked.store)?.ask(asked.key, returnWords(asked)).catch(noMatter);
    },
  };
}

/** What is not given back is gone with its window, or filled again. */
function noMatter(): void {
  // Nothing to do: the store is away.
}

function countWords({ measure }: SharedAsk): readonly string[] {
  if (measure.kind === "quota") return ["quota", String(measure.calls), String(Math.max(1, measure.end - Date.now()))];
  const { count, price, full } = drops(measure);
  return ["throttle", count, price, full];
}

function returnWords({ measure }: SharedAsk): readonly string[] {
  if (measure.kind === "quota") return ["return"];
  const { price, full } = drops(measure);
  return ["return", price, full];
}

function drops({
  count,
  seconds,
  burst,
}: Extract<SharedAsk["measure"], { kind: "throttle" }>): Readonly<Record<"count" | "price" | "full", string>> {
  return { count: String(count), price: String(seconds * 1000), full: String(burst * seconds * 1000) };
}
