import { expect, test } from "vitest";
import { readLine } from "../../../runtime/kernel/field-lines.ts";

/** As often as it takes to be known. */
function known(name: string, value: string): ReturnType<typeof readLine> {
  readLine(name, value);
  readLine(name, value);
  return readLine(name, value);
}

test("a line that came twice is the same object after that", () => {
  const line = known("X-Twice", "a value that stays ");
  expect(line?.field).toEqual(["x-twice", "a value that stays"]);
  expect(readLine("X-Twice", "a value that stays ")).toBe(line);
});

test("lines that look alike to the memory are told apart", () => {
  const end = "0123456789abcdef";
  expect(known("X-Alike", `first ${end}`)?.field).toEqual(["x-alike", `first ${end}`]);
  expect(known("X-Alike", `other ${end}`)?.field).toEqual(["x-alike", `other ${end}`]);
  expect(known("X-Blike", `other ${end}`)?.field).toEqual(["x-blike", `other ${end}`]);
  expect(known("X-Alike", `fir\u0000t ${end}`)).toBeUndefined();
  expect(known("X_Alike", `first ${end}`)).toBeUndefined();
});

test("what changes with each request pushes nothing out", () => {
  const line = known("X-Stays", "stays");
  for (let number = 0; number < 10_000; number++) expect(readLine("X-Number", String(number))?.field).toEqual(["x-number", String(number)]);
  expect(readLine("X-Stays", "stays")).toBe(line);
});

test("passwords and lines that are too long are not kept", () => {
  for (const [name, value] of [
    ["Authorization", "Basic YW5uOnMzY3JldA=="],
    ["proxy-authorization", "Basic YW5uOnMzY3JldA=="],
    ["X-Long", "x".repeat(2_048)],
  ] as const) {
    const line = known(name, value);
    expect(line?.field[1]).toBe(value);
    expect(readLine(name, value)).not.toBe(line);
  }
  const token = known("Authorization", "bearer a.b.c");
  expect(readLine("Authorization", "bearer a.b.c")).toBe(token);
});
