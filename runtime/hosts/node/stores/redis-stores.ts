/**
 * Counts of limits in Redis or Valkey. Promises: each key is looked at and counted in one step of the server, and all of a call are asked in one
 * round trip (the client writes what is asked in one turn together); who does not answer in time is away. Only bundles that need it carry it.
 */
import type { HostStore, SharedAsk, SharedCount, SharedCounts, SharedMeasure, SharedReturn } from "../../../contract/shared-counts.ts";
import { heldLeases, type HeldLeases } from "./held-leases.ts";
import { inTime } from "./in-time.ts";
import { type AskStore, storeConnection } from "./store-connection.ts";

export { redisAnswers } from "./redis-answers.ts";

type OpenStore = { readonly ask: AskStore; readonly timeout: number; readonly leases: HeldLeases };

export function redisStores(stores: readonly HostStore[]): SharedCounts {
  const open = new Map(stores.map((store) => [store.name, openStore(store)]));
  const count = async ({ store: name, key, measure }: SharedAsk): Promise<SharedCount> => {
    const store = open.get(name);
    if (store === undefined) return "away";
    if (measure.kind === "concurrency") return store.leases.take(key, measure.calls);
    try {
      const [passes, amount] = await inTime(store.ask(key, countWords(measure)), store.timeout);
      return { passes: passes === 1, amount };
    } catch {
      return "away";
    }
  };
  return {
    count: (asks) => Promise.all(asks.map(count)),
    giveBack: (asks) => {
      for (const asked of asks) giveBack(open.get(asked.store), asked);
    },
  };
}

function openStore(store: HostStore): OpenStore {
  const { count, lease } = storeConnection(store);
  return { ask: count, timeout: store.timeout, leases: heldLeases(lease, store) };
}

function giveBack(store: OpenStore | undefined, { key, measure, lease }: SharedReturn): void {
  if (measure.kind === "concurrency") {
    if (lease !== undefined) store?.leases.giveBack(key, lease);
  } else store?.ask(key, returnWords(measure)).catch(noMatter);
}

/** What is not given back is gone with its window, or filled again. */
function noMatter(): void {
  // Nothing to do: the store is away.
}

type CountedOnly = Exclude<SharedMeasure, { kind: "concurrency" }>;

function countWords(measure: CountedOnly): readonly string[] {
  if (measure.kind === "quota") return ["quota", String(measure.calls), String(Math.max(1, measure.end - Date.now()))];
  const { count, price, full } = drops(measure);
  return ["throttle", count, price, full];
}

function returnWords(measure: CountedOnly): readonly string[] {
  if (measure.kind === "quota") return ["return"];
  const { price, full } = drops(measure);
  return ["return", price, full];
}

function drops({
  count,
  seconds,
  burst,
}: Extract<SharedMeasure, { kind: "throttle" }>): Readonly<Record<"count" | "price" | "full", string>> {
  return { count: String(count), price: String(seconds * 1000), full: String(burst * seconds * 1000) };
}
