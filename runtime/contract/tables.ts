/**
 * The layout of `tables.bin`: a header, a directory of sections, the sections, each at a multiple of 8 bytes so that typed
 * arrays can be laid over the file. All numbers are little-endian. Knows places and widths, not what the numbers mean.
 *
 * | words | what |
 * |---|---|
 * | 0 | `tablesMagic`: the bytes `GWLT` |
 * | 1 | `tablesVersion` |
 * | 2 | `checksum` of all words after this one |
 * | 3 | length of the file in bytes, a multiple of 8 |
 * | 4 and on | for each of `tableSections`: offset, length in bytes, bytes per number |
 */
export const tablesMagic = 0x544c5747;
export const tablesVersion = 1;

/**
 * `data`: `TableData` as UTF-8 JSON. `ipv4Starts`, `ipv6Starts` (four words each): where ranges begin, ascending from 0;
 * `*Classes`: the class of each range. `rows`: for each row a cell number for each class. `cells`: six node numbers each:
 * denies then allows, by request, principal, body. `nodes`: `nodeWords` each. `parts`: the nodes of unions, one after the
 * other. `lookups`: `lookupWords` each: which subject, 1 if that is a collection, and where its keys end in `lookupKeys` (numbers of
 * `TableData.keys`) and `lookupNodes` (where each key leads), one lookup after the other.
 * `loneIpv4`, `loneIpv6` (four words each): the bounds of the networks that are asked by themselves, one network after the other;
 * `loneEnds`: for each network where its numbers end in the one and in the other. `routes`: the text of each route, `WrittenRoute` as UTF-8 JSON,
 * one after the other; `routeEnds`: where each ends. `routeTree`, `routeCandidates`: see `route-tree.ts`.
 */
export const tableSections = [
  "data",
  "ipv4Starts",
  "ipv4Classes",
  "ipv6Starts",
  "ipv6Classes",
  "rows",
  "cells",
  "nodes",
  "parts",
  "lookups",
  "lookupKeys",
  "lookupNodes",
  "routes",
  "routeEnds",
  "routeTree",
  "routeCandidates",
  "loneEnds",
  "loneIpv4",
  "loneIpv6",
] as const;
export type TableSection = (typeof tableSections)[number];

export const headerWords = 4;
export const directoryWords = 3;
export const checksumWord = 2;
export const cellWords = 6;

/**
 * A node: kind, then operands. `rule`: rule. `test`: predicate, then, otherwise. `lookup`: lookup. `union`: first and end
 * in `parts`. A node leads to smaller numbers only, so every walk ends.
 */
export const nodeWords = 4;
export const lookupWords = 3;
export const nodeKinds = { empty: 0, rule: 1, test: 2, lookup: 3, union: 4 } as const;

/** FNV-1a over the words after `checksumWord`: notices damage, not malice. */
export function tablesChecksum(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (let at = checksumWord + 1; at < words.length; at++) hash = Math.imul(hash ^ (words[at] ?? 0), 0x01000193);
  return hash >>> 0;
}
