import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { relayLines } from "../../../../runtime/hosts/node/supervisor/line-relay.ts";

test("lines of two streams stay whole, however they are cut", async () => {
  const written: string[] = [];
  const streams = ["a", "b"].map(() => new PassThrough());
  for (const stream of streams) relayLines(stream, (lines) => void written.push(Buffer.from(lines).toString("utf8")));
  const texts = ["a", "b"].map((name) => Array.from({ length: 50 }, (_, at) => `${name}${"ö".repeat(at)}${at}\n`).join(""));
  const bytes = texts.map((text) => Buffer.from(text));
  for (let at = 0; at < Math.max(...bytes.map(({ length }) => length)); at += 7) {
    for (const [index, stream] of streams.entries()) stream.write(bytes[index]?.subarray(at, at + 7));
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const stream of streams) stream.end("last without an end");
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(written.every((text) => text.endsWith("\n"))).toBe(true);
  const lines = written.join("").trimEnd().split("\n");
  for (const [index, name] of ["a", "b"].entries())
    expect(lines.filter((line) => line.startsWith(name))).toEqual(texts[index]?.trimEnd().split("\n"));
  expect(lines.filter((line) => line === "last without an end")).toHaveLength(2);
});
