/** What a hygiene case of HTTP/2 is: fields or frames as they go over the wire, and what may come of them. The host is `api.example`. */
import { frame } from "../upstream/frames.ts";
import { block, END_HEADERS, END_STREAM, type Field, HEADERS } from "./raw-connection.ts";

export type Http2Case = {
  readonly name: string;
  /** What follows the settings; the call is on stream 1. */
  readonly frames: readonly Buffer[];
  /** The status of the answer; `reset`: the stream alone ends, by Node's parser; `closed`: the connection does. */
  readonly expect: number | "reset" | "closed";
  /** What the backend gets of it. */
  readonly reaches: 0 | 1;
};

const usual: readonly Field[] = [
  [":method", "GET"],
  [":scheme", "http"],
  [":authority", "api.example"],
  [":path", "/items"],
];

/** The fields of a GET; a name of `changes` replaces that pseudo-field, an empty list of values removes it. */
export function get(changes: Readonly<Record<string, readonly string[]>> = {}, ...more: readonly Field[]): readonly Field[] {
  const changed = usual.flatMap(([name, value]): readonly Field[] => (changes[name] ?? [value]).map((one) => [name, one]));
  return [...changed, ...more];
}

export function headers(fields: readonly Field[], flags = END_HEADERS + END_STREAM, stream = 1): Buffer {
  return frame(HEADERS, flags, stream, block(fields));
}

type Named = readonly [name: string, fields: readonly Field[]];

export function passes(...cases: readonly Named[]): readonly Http2Case[] {
  return cases.map(([name, fields]) => ({ name, frames: [headers(fields)], expect: 200, reaches: 1 }));
}

export function refused(status: number, ...cases: readonly Named[]): readonly Http2Case[] {
  return cases.map(([name, fields]) => ({ name, frames: [headers(fields)], expect: status, reaches: 0 }));
}

export function resetByParser(...cases: readonly Named[]): readonly Http2Case[] {
  return cases.map(([name, fields]) => ({ name, frames: [headers(fields)], expect: "reset", reaches: 0 }));
}

type Framed = readonly [name: string, ...frames: readonly Buffer[]];

export function framed(expect: Http2Case["expect"], reaches: 0 | 1, ...cases: readonly Framed[]): readonly Http2Case[] {
  return cases.map(([name, ...frames]) => ({ name, frames, expect, reaches }));
}
