/**
 * The keys of all lookups as numbers: from a lookup and a value to the node where it leads. Texts are found in one open hash table, hashed
 * while they are read; nothing is allocated, and a text that is no key costs its reading and one line of memory, however many
 * keys there are. Whoever writes texts gains nothing by their hashes: the table is fixed, so is the longest way through it.
 */
import { lookupWords } from "../contract/tables.ts";
import { hashStep } from "./text-hash.ts";
import type { Tables } from "./table-views.ts";

/** The node of a value, or 0. */
export type NodeOfKey = (lookup: number, value: unknown) => number;

type TextTable = {
  /** `entryWords` by place: a hash, 0 where the place is free; lookup, node, and where in `units` the text stands. Half of the places are free. */
  readonly entries: Int32Array;
  /** Of each text its length in two numbers and its code units. */
  readonly units: Uint16Array;
  readonly mask: number;
  /** By `look`: 1 where some key looks so. What no key looks like is not even hashed. */
  readonly looks: Uint8Array;
};
const lookCount = 4096;
const entryWords = 4;
const textHead = 2;

export function nodesOfKeys({ data, lookups, lookupKeys, lookupNodes }: Tables): NodeOfKey {
  const texts: Key<string>[] = [];
  const numbers: (Map<number, number> | undefined)[] = [];
  for (let [lookup, at] = [0, 0]; lookup * lookupWords < lookups.length; lookup++) {
    for (; at < (lookups[lookup * lookupWords + 2] ?? 0); at++) {
      const [key, node] = [data.keys[lookupKeys[at] ?? 0], lookupNodes[at] ?? 0];
      if (typeof key === "string") texts.push({ lookup, key, node });
      else if (typeof key === "number") (numbers[lookup] ??= new Map()).set(key, node);
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
  const entries = new Int32Array(size * entryWords);
  const looks = new Uint8Array(lookCount);
  const { units, beginOf } = textPool(keys);
  for (const { lookup, key, node } of keys) {
    const hash = hashOfKey(lookup, key);
    let place = hash & mask;
    while (entries[place * entryWords] !== 0) place = (place + 1) & mask;
    const at = place * entryWords;
    entries[at] = hash;
    entries[at + 1] = lookup;
    entries[at + 2] = node;
    entries[at + 3] = beginOf(key);
    looks[look(key)] = 1;
  }
  return { entries, units, mask, looks };
}

/** Each text once. */
function textPool(keys: readonly Key<string>[]): { readonly units: Uint16Array; readonly beginOf: (text: string) => number } {
  const begins = new Map<string, number>();
  let length = 0;
  for (const { key } of keys) {
    if (begins.has(key)) continue;
    begins.set(key, length);
    length += key.length + textHead;
  }
  const units = new Uint16Array(length);
  for (const [text, begin] of begins) {
    units[begin] = text.length & 0xffff;
    units[begin + 1] = text.length >>> 16;
    for (let at = 0; at < text.length; at++) units[begin + textHead + at] = text.charCodeAt(at);
  }
  return { units, beginOf: (text) => begins.get(text) ?? 0 };
}

/** Length, first and last character in one number: three loads tell most texts that are no key from all keys. */
function look(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  return (text.charCodeAt(0) * 37 + text.charCodeAt(length - 1) * 5 + length) & (lookCount - 1);
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

function nodeOfText({ entries, units, mask, looks }: TextTable, lookup: number, text: string): number {
  if (looks[look(text)] === 0) return 0;
  const hash = hashOfKey(lookup, text);
  for (let place = hash & mask; ; place = (place + 1) & mask) {
    const at = place * entryWords;
    const found = entries[at];
    if (found === 0) return 0;
    if (found === hash && entries[at + 1] === lookup && isText(units, entries[at + 3] ?? 0, text)) return entries[at + 2] ?? 0;
  }
}

function isText(units: Uint16Array, begin: number, text: string): boolean {
  const { length } = text;
  if (units[begin] !== (length & 0xffff) || units[begin + 1] !== length >>> 16) return false;
  for (let at = 0; at < length; at++) if (units[begin + textHead + at] !== text.charCodeAt(at)) return false;
  return true;
}
