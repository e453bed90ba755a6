/**
 * Answers that several gateways keep together in Redis or Valkey. Promises: one that is there is had in one round trip (two for the first that differs by
 * further fields); a store that is away has nothing, and is no reason for anything else; what is kept there ends by itself.
 *
 * Under `gwl:{PLACE}` stands what changed last at that place; under `gwl:{PLACE}:KEY` an answer that says since which change it is good, or, where answers
 * differ by further fields, which these are; under `gwl:{PLACE}:KEY:VARIANT` one of those. What is in braces chooses the node of a cluster.
 */
import { randomBytes } from "node:crypto";
import type { HostStore } from "../../../contract/shared-counts.ts";
import type { Found, KeptAnswers, Wanted } from "../cache/kept-answers.ts";
import { hashing } from "../hashing.ts";
import { inTime } from "./in-time.ts";
import { storeConnection, type StoreConnection } from "./store-connection.ts";
import { readAnswer, writtenAnswer } from "./stored-bytes.ts";

/** Milliseconds. Longer than anything is of use: fresh for a day, and then as long once more. */
const longest = 3 * 24 * 60 * 60 * 1000;
/** Requests of which this process knows by which fields their answers differ. */
const mostKnown = 10_000;
/** Places whose change the store was not told. */
const mostOwed = 10_000;

/** By store. */
export function redisAnswers(stores: readonly HostStore[], gateway: string): ReadonlyMap<string, KeptAnswers> {
  return new Map(stores.map((store) => [store.name, answersIn(storeConnection(store), store.timeout, gateway)]));
}

function answersIn({ read, write }: StoreConnection, timeout: number, gateway: string): KeptAnswers {
  const known = new Map<string, readonly string[]>();
  const owed = new Set<string>();
  const placeKey = (place: string): string => `gwl:{${digest(`${gateway}\n${place}`)}}`;
  const answerKey = (place: string, key: string, variant: string): string =>
    `${placeKey(place)}:${key}${variant === "" ? "" : `:${digest(variant)}`}`;

  const find = async (wanted: Wanted): Promise<Found> => {
    const { place, key, variant } = wanted;
    if (owed.has(place) && !(await tell(place))) return nothing;
    const names = known.get(key) ?? [];
    const [changed, first, second] = await read([placeKey(place), answerKey(place, key, ""), ...variantKeys(wanted, names)]);
    const since = changed === null || changed === undefined ? "" : Buffer.from(changed).toString("latin1");
    const shelved = readAnswer(first, since);
    if (shelved === undefined) return { names: undefined, since };
    if ("stored" in shelved) return { names: [], since, stored: shelved.stored };
    remember(known, key, shelved.names);
    const isKnown = variant(names) === variant(shelved.names) && names.length > 0;
    const [bytes] = isKnown ? [second] : await read(variantKeys(wanted, shelved.names));
    const one = readAnswer(bytes, since);
    return { names: shelved.names, since, ...(one !== undefined && "stored" in one ? { stored: one.stored } : {}) };
  };
  const variantKeys = ({ place, key, variant }: Wanted, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : [answerKey(place, key, variant(names))];
  /** Whether the store knows now that the place was changed. */
  const tell = async (place: string): Promise<boolean> => {
    try {
      await inTime(write(placeKey(place), Buffer.from(randomBytes(16).toString("hex"), "latin1"), longest), timeout);
      owed.delete(place);
      return true;
    } catch {
      owed.add(place);
      for (const oldest of owed) {
        if (owed.size <= mostOwed) break;
        owed.delete(oldest);
      }
      return false;
    }
  };
  return {
    find: (wanted) => inTime(find(wanted), timeout).catch(() => nothing),
    keep: ({ place, key, names, variant, stored, since, useful }) => {
      if (typeof since !== "string" || owed.has(place)) return;
      const time = Math.max(1, Math.min(Math.ceil(useful), longest));
      const put = (at: string, bytes: Uint8Array): void => void write(at, bytes, time).catch(noMatter);
      if (names.length > 0) put(answerKey(place, key, ""), writtenAnswer({ names }, since));
      put(answerKey(place, key, variant), writtenAnswer({ stored }, since));
    },
    drop: async (place) => void (await tell(place)),
  };
}

/** Nobody knows whether the place was changed, so nothing that is found or asked for now is kept. */
const nothing: Found = { names: undefined, since: 0 };

function remember(known: Map<string, readonly string[]>, key: string, names: readonly string[]): void {
  known.delete(key);
  known.set(key, names);
  for (const oldest of known.keys()) {
    if (known.size <= mostKnown) break;
    known.delete(oldest);
  }
}

function digest(text: string): string {
  return Buffer.from(hashing.digest("sha256", text)).toString("base64url");
}

/** The next call asks the backend, as if there were no store. */
function noMatter(): void {
  // Nothing to do: the store is away.
}
