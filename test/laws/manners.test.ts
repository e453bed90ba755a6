import { describe, expect, test } from "vitest";
import { sourceFiles } from "./source-files.ts";

const GENERATED = ["grammar/cst.ts"];
const files = sourceFiles("grammar", "compiler", "runtime", "editor/service").filter((file) => !GENERATED.includes(file.path));
const lengths = files.map((file) => ({ path: file.path, lines: file.text.split("\n").length })).sort((a, b) => a.lines - b.lines);

describe("manners", () => {
  test("no file is longer than 400 lines and the median is under 110", () => {
    expect(lengths.filter((file) => file.lines > 401)).toEqual([]);
    expect(lengths[lengths.length >> 1]?.lines).toBeLessThan(110);
  });

  test("names are kebab-case and no file is a drawer", () => {
    const bad = files.filter(
      (file) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.[a-z]+)?\.ts$/.test(file.path) || /(utils|helpers|misc|common)\.ts$/.test(file.path),
    );
    expect(bad.map((file) => file.path)).toEqual([]);
  });

  test("each file says near its head what it is", () => {
    const silent = files.filter(
      (file) =>
        !file.text
          .split("\n")
          .slice(0, 40)
          .some((line) => /^\s*(\/\*\*|\/\/|\* )/.test(line)),
    );
    expect(silent.map((file) => file.path)).toEqual([]);
  });

  test("nothing is left for later in a comment", () => {
    const marks = files.filter((file) => /\b(TODO|FIXME|XXX|HACK)\b/.test(file.text));
    expect(marks.map((file) => file.path)).toEqual([]);
  });

  test("no code is made from text at run time", () => {
    const evaluators = files.filter((file) => /\beval\s*\(|new Function\b|\bvm\./.test(file.text));
    expect(evaluators.map((file) => file.path)).toEqual([]);
  });
});
