/**
 * The texts, patterns and values that emitted code names by index. Equal ones exist once, in the order in which they
 * were asked for, so that the same program gives the same tables.
 */
import type { Value } from "../model/types.ts";
import { literal, type Code } from "./code.ts";

export type DataPool = {
  readonly text: (text: string) => Code;
  readonly pattern: (pattern: string) => Code;
  readonly value: (value: Value) => Code;
  /** By the classes inside, ascending. */
  readonly network: (classes: readonly number[]) => Code;
  readonly contents: () => PoolContents;
};
export type PoolContents = {
  readonly texts: readonly string[];
  readonly patterns: readonly string[];
  readonly values: readonly Value[];
  readonly networks: readonly (readonly number[])[];
};

export function dataPool(): DataPool {
  const texts = new Map<string, number>();
  const patterns = new Map<string, number>();
  const values = new Map<string, number>();
  const networks = new Map<string, number>();
  return {
    text: (text) => indexOf(texts, text),
    pattern: (pattern) => indexOf(patterns, pattern),
    value: (value) => indexOf(values, JSON.stringify(value)),
    network: (classes) => indexOf(networks, JSON.stringify(classes)),
    contents: () => ({
      texts: [...texts.keys()],
      patterns: [...patterns.keys()],
      values: [...values.keys()].map((text) => JSON.parse(text) as Value),
      networks: [...networks.keys()].map((text) => JSON.parse(text) as readonly number[]),
    }),
  };
}

function indexOf(known: Map<string, number>, key: string): Code {
  const index = known.get(key) ?? known.size;
  known.set(key, index);
  return literal(index);
}
