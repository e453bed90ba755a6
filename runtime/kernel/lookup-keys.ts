/**
 * The keys of all lookups as numbers: from a lookup and a value to the node where it leads. Texts are found in one open hash table, hashed
 * while they are read; nothing is allocated, and a text that is no key costs its reading and one line of memory, however many
 * keys there are. Whoever writes texts gains nothing by their hashes: the table is fixed, so is the longest way through it.
 */
import { hashStep } from "./text-hash.ts";
import type { Tables } from "./table-views.ts";

/** The node of a value, or 0. */
export type NodeOfKey = (lookup: number, value: unknown) => number;

type TextTable = {
  /** By place: a hash that is not 0, or 0 where the place is free. Half of them are free. */
  readonly hashes: Int32Array;
  /** `entryWords` by place: lookup, node, where the text begins in `units`, its length. */
  readonly entries: Int32Array;
  readonly units: Uint16Array;
  readonly mask: number;
  /** No key is longer. */
  readonly longest: number;
};
const entryWords = 4;

export function lookupKeys({ data, lookupNodes }: Tables): NodeOfKey {
  const texts: Key<string>[] = [];
  const numbers: (Map<number, number> | undefined)[] = [];
  let at = 0;
  for (const [lookup, { keys }] of data.lookups.entries()) {
    for (const key of keys) {
      const node = lookupNodes[at++] ?? 0;
      if (typeof key === "string") texts.push({ lookup, key, node });
      else (numbers[lookup] ??= new Map()).set(key, node);
    }
  }
  const table = textTable(texts);
  return (lookup, value) => {
    if (typeof value === "string") return nodeOfText(table, lookup, value);
    return typeof value === "number" ? (numbers[lookup]?.get(value) ?? 0) : 0;
  };
}

type Key<Value> = { readonly lookup: number; readonly key: Value; readonly node: number };

function textTable(keys: readonly Key<string>[]): TextTable {
  const size = 2 ** Math.max(2, Math.ceil(Math.log2(keys.length * 2 + 1)));
  const mask = size - 1;
  const [hashes, entries] = [new Int32Array(size), new Int32Array(size * entryWords)];
  const pool = textPool(keys);
  for (const { lookup, key, node } of keys) {
    const hash = hashOfKey(lookup, key);
    let place = hash & mask;
    while (hashes[place] !== 0) place = (place + 1) & mask;
    hashes[place] = hash;
    entries.set([lookup, node, pool.beginOf(key), key.length], place * entryWords);
  }
  return { hashes, entries, units: pool.units, mask, longest: keys.reduce((most, { key }) => Math.max(most, key.length), 0) };
}

/** Code units of all keys, each text once. */
function textPool(keys: readonly Key<string>[]): { readonly units: Uint16Array; readonly beginOf: (text: string) => number } {
  const begins = new Map<string, number>();
  let length = 0;
  for (const { key } of keys) {
    if (begins.has(key)) continue;
    begins.set(key, length);
    length += key.length;
  }
  const units = new Uint16Array(length);
  for (const [text, begin] of begins) for (let at = 0; at < text.length; at++) units[begin + at] = text.charCodeAt(at);
  return { units, beginOf: (text) => begins.get(text) ?? 0 };
}

function hashOfKey(lookup: number, text: string): number {
  let hash = lookup;
  for (let at = 0; at < text.length; at++) hash = hashStep(hash, text.charCodeAt(at));
  return spread(hash);
}

/** The lower bits say where to look; 0 says that a place is free. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) | 0 || 1;
}

function nodeOfText({ hashes, entries, units, mask, longest }: TextTable, lookup: number, text: string): number {
  const { length } = text;
  if (length > longest) return 0;
  const hash = hashOfKey(lookup, text);
  for (let place = hash & mask; ; place = (place + 1) & mask) {
    const found = hashes[place];
    if (found === 0) return 0;
    if (found !== hash) continue;
    const at = place * entryWords;
    if (entries[at] === lookup && entries[at + 3] === length && isText(units, entries[at + 2] ?? 0, text)) return entries[at + 1] ?? 0;
  }
}

function isText(units: Uint16Array, begin: number, text: string): boolean {
  for (let at = 0; at < text.length; at++) if (units[begin + at] !== text.charCodeAt(at)) return false;
  return true;
}
