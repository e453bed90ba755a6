/** Frames that another library writes are read again, in pieces of any size; a damaged byte ends the stream. */
import { crc32 } from "node:zlib";
import { EventStreamCodec } from "@smithy/core/event-streams";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Frame, frameReader } from "../../../runtime/backends/event-stream.ts";

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("utf8")),
  (text) => Buffer.from(text, "utf8"),
);

const header = fc.oneof(
  fc.record({ type: fc.constant("string" as const), value: fc.string({ unit: "grapheme", maxLength: 20 }) }),
  fc.record({ type: fc.constant("boolean" as const), value: fc.boolean() }),
  fc.record({ type: fc.constant("integer" as const), value: fc.integer() }),
  fc.record({ type: fc.constant("binary" as const), value: fc.uint8Array({ maxLength: 9 }) }),
  fc.record({ type: fc.constant("timestamp" as const), value: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }) }),
);
const message = fc.record({
  headers: fc.dictionary(fc.stringMatching(/^[a-z:-]{1,12}$/), header, { maxKeys: 4, noNullPrototype: true }),
  body: fc.uint8Array({ maxLength: 200 }),
});

function readIn(pieces: readonly Uint8Array[]): readonly Frame[] | undefined {
  const read = frameReader(crc32);
  const all: Frame[] = [];
  for (const piece of pieces) {
    const frames = read(piece);
    if (frames === undefined) return undefined;
    all.push(...frames);
  }
  return all;
}

function cut(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const places = [0, ...cuts.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, at) => bytes.slice(places[at], end));
}

test("what is written is read, however it is cut", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 10 }), (messages, cuts) => {
      const bytes = Buffer.concat(messages.map((one) => codec.encode(one)));
      const frames = readIn(cut(bytes, cuts));
      expect(frames?.map(({ payload }) => Buffer.from(payload))).toEqual(messages.map(({ body }) => Buffer.from(body)));
      const texts = messages.map(({ headers }) =>
        Object.entries(headers).flatMap(([name, { type, value }]) => (type === "string" ? [[name, value]] : [])),
      );
      expect(frames?.map(({ headers }) => [...headers])).toEqual(texts);
    }),
    { numRuns: 500 },
  );
});

test("one bit that is another one ends it", () => {
  fc.assert(
    fc.property(message, fc.nat(), fc.nat(7), (one, place, bit) => {
      const bytes = Buffer.from(codec.encode(one));
      bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ (1 << bit);
      // A length that grew is waited for, and never believed; all else is noticed.
      const frames = readIn([bytes]);
      expect(frames === undefined || frames.length === 0).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
