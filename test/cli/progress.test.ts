/** The line that says what runs: before a step begins, on terminals only, and gone at the end. */
import { expect, test } from "vitest";
import { progressOn } from "../../compiler/cli/progress.ts";

const ERASE = "\r\u001b[K";

function screen(
  isTTY: boolean,
  columns = 40,
): { readonly isTTY: boolean; readonly columns: number; readonly write: (text: string) => unknown; readonly written: string[] } {
  const written: string[] = [];
  return { isTTY, columns, write: (text) => written.push(text), written };
}

test("a step is named as it begins, and the time that has passed once that is worth a word", () => {
  const terminal = screen(true);
  let now = 0;
  const progress = progressOn(terminal, () => now);
  progress("a.gwl: parse");
  now = 1500;
  progress("a.gwl: check");
  progress(undefined);
  expect(terminal.written).toEqual([`${ERASE}a.gwl: parse …`, `${ERASE}a.gwl: check … 1.5 s`, ERASE]);
});

test("an end without a step writes nothing, and a long name stays on its line", () => {
  const terminal = screen(true, 10);
  const progress = progressOn(terminal, () => 0);
  progress(undefined);
  progress("a-very-long-name.gwl");
  expect(terminal.written).toEqual([`${ERASE}a-very-lo`]);
});

test("nothing where no terminal reads", () => {
  const file = screen(false);
  progressOn(file)("parse");
  expect(file.written).toEqual([]);
});
