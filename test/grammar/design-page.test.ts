import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseSource, printFile, sourceFile } from "../../grammar/index.ts";
import { parse, withoutSpans } from "./tree.ts";

const page = new URL("../../../shared/design/language.md", import.meta.url);

test.skipIf(!existsSync(page))("the design's page of the whole language parses, and prints to the same tree", () => {
  const text = /```gwl\n([^]*?)```/.exec(readFileSync(page, "utf8"))?.[1] ?? "";
  expect(text.length).toBeGreaterThan(3000);
  const { file, findings } = parse(text);
  expect(findings).toEqual([]);
  const printed = printFile(file, sourceFile("test.gwl", text));
  const again = parseSource(sourceFile("test.gwl", printed));
  expect(withoutSpans(again.value)).toEqual(withoutSpans(file));
  expect(printFile(again.value, sourceFile("test.gwl", printed))).toBe(printed);
});
