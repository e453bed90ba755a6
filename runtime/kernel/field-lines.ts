/**
 * Lines of heads, read: most requests bring those of the request before them, and a line that is known is neither checked nor written in lower case
 * again. Promises: a line is known by its whole text; how many are kept, and of how many characters, is bounded; one that was seen once is not kept, so
 * that what changes with each request pushes nothing out.
 */
import type { HeaderField } from "../contract/gateway.ts";
import { isFieldValue, trimBlanks } from "./characters.ts";
import { requestFieldName } from "./field-names.ts";
import { hashStep } from "./text-hash.ts";
import { bitOf, type FieldSet } from "./watched-fields.ts";

export type FieldLine = {
  /** As received. */
  readonly name: string;
  readonly value: string;
  readonly hash: number;
  /** Name lower-case, value without blanks at its ends. */
  readonly field: HeaderField;
  readonly bit: FieldSet;
};

const places = 2048;
/** Of name and value together. */
const longest = 2048;
const lines: (FieldLine | undefined)[] = Array.from({ length: places }, () => undefined);
/** Of the line that was read last at each place. */
const hashes = new Int32Array(places);

/** Undefined where one of the two is none. */
export function readLine(name: string, value: string): FieldLine | undefined {
  const hash = hashOf(name, value);
  const place = hash & (places - 1);
  const known = lines[place];
  // Texts are compared where all of the hash fits: how long that takes tells nobody the beginning of what others sent.
  if (known?.hash === hash && known.value === value && known.name === name) return known;
  const line = read(name, value, hash);
  if (line === undefined || hashes[place] !== hash) hashes[place] = hash;
  else if (mayStay(line)) lines[place] = read(copied(name), copied(value), hash);
  return line;
}

/** Values differ at their ends, tokens in their signatures. */
const lastCharacters = 16;

function hashOf(name: string, value: string): number {
  let hash = hashStep(name.length, name.charCodeAt(0));
  for (let at = Math.max(0, value.length - lastCharacters); at < value.length; at++) hash = hashStep(hash, value.charCodeAt(at));
  return hash ^ (hash >>> 13) ^ value.length;
}

function read(name: string, value: string, hash: number): FieldLine | undefined {
  const lower = requestFieldName(name);
  if (lower === undefined || !isFieldValue(value)) return undefined;
  return { name, value, hash, field: [lower, trimBlanks(value)], bit: bitOf(lower) };
}

/** A password stays nowhere longer than its request. */
function mayStay({ name, value, field: [lower] }: FieldLine): boolean {
  return name.length + value.length <= longest && (!lower.endsWith("authorization") || /^bearer /i.test(value));
}

/** A text that was cut out of a head holds all of the head in memory. */
function copied(text: string): string {
  return text.split("").join("");
}
