/** Who reads a list before the doors open: the process itself what is small and at hand, a thread all else and whatever goes wrong. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ListPlace } from "../../runtime/hosts/node/lists/list-place.ts";
import { type ListAnswer, type ReadList, readList } from "../../runtime/hosts/node/lists/list-reader.ts";
import { readBeforeDoors } from "../../runtime/hosts/node/lists/read-before-doors.ts";

const fromThread: ListAnswer = { kind: "failed", why: "the thread was asked" };
const inThread: ReadList = () => Promise.resolve(fromThread);
const first = readBeforeDoors(() => Promise.resolve({ readList }), inThread);

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "gwl-first-reading-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function file(text: string): ListPlace {
  const path = join(scratch(), "list.txt");
  writeFileSync(path, text);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(path, longAgo, longAgo);
  return { kind: "file", path };
}

const limit = 128 * 1024;
const padded = (length: number): string => `10.0.0.0/8\n${"#".repeat(length - 11)}`;

test("a small file is read in the process, as the thread reads it", async () => {
  for (const text of ["10.0.0.0/8\n2001:db8::/32\n", "10.0.0.1/8\n", "# nothing\n", "", padded(limit)]) {
    const question = { place: file(text) };
    const answer = await first(question);
    expect(answer).not.toBe(fromThread);
    expect(answer).toEqual(await readList(question));
  }
});

test("a version that is known is told as such", async () => {
  const place = file("10.0.0.0/8\n");
  const answer = await first({ place });
  expect(answer).toMatchObject({ kind: "read", entries: 1 });
  if (answer.kind === "read") expect(await first({ place, known: answer.version })).toEqual({ kind: "same" });
});

test("one byte more, an address, a folder, a pipe that nobody writes to and what is not there are the thread's", async () => {
  const folder = scratch();
  mkdirSync(join(folder, "folder"));
  execFileSync("mkfifo", [join(folder, "pipe")]);
  const places: readonly ListPlace[] = [
    file(padded(limit + 1)),
    { kind: "url", url: "https://127.0.0.1:1/list.txt" },
    ...["folder", "pipe", "nothing"].map((name): ListPlace => ({ kind: "file", path: join(folder, name) })),
  ];
  for (const place of places) expect(await first({ place })).toBe(fromThread);
});

test("so is a list that could not be read here, for whatever reason", async () => {
  const place = file("10.0.0.0/8\n");
  const broken = [
    () => Promise.reject(new Error("there is no such script")),
    () => Promise.resolve({ readList: () => Promise.reject(new Error("x")) }),
  ];
  for (const inProcess of broken) expect(await readBeforeDoors(inProcess, inThread)({ place })).toBe(fromThread);
});
