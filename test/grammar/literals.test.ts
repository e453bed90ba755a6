import { describe, expect, test } from "vitest";
import { parseSource, sourceFile } from "../../grammar/index.ts";
import { parse, shape, treeOf } from "./tree.ts";

const literal = (written: string): string => shape(`let x = ${written}`).replace("let! x = ", "");

describe("every literal is one term that keeps its text", () => {
  test.each([
    ["42", "int"],
    ["5_000_000", "int"],
    ["0.5", "decimal"],
    ["250ms", "duration"],
    ["30s", "duration"],
    ["5m", "duration"],
    ["1h", "duration"],
    ["7d", "duration"],
    ["10/s", "rate"],
    ["600/m", "rate"],
    ["10_000/day", "rate"],
    ["512B", "size"],
    ["16KiB", "size"],
    ["1MiB", "size"],
    ["1GiB", "size"],
    ["5%", "percent"],
    ["0.5%", "percent"],
    ["08:00", "timeOfDay"],
    ["23:59:59", "timeOfDay"],
    ["2026-01-31", "time"],
    ["2026-01-31T08:00:00Z", "time"],
    ["2026-01-31T08:00:00.250+01:00", "time"],
    ["203.0.113.5", "ip"],
    ["2001:db8::1", "ip"],
    ["::", "ip"],
    ["::1", "ip"],
    ["::ffff:192.0.2.1", "ip"],
    ["1:2:3:4:5:6:7:8", "ip"],
    ["fe80::1%eth0", "ip"],
    ["203.0.113.0/24", "cidr"],
    ["2001:db8::/32", "cidr"],
    ["10.1/16", "cidr"],
    ["10.1.2", "ip"],
    ["true", "bool"],
    ["false", "bool"],
  ])("%s is %s", (written, kind) => {
    expect(literal(written)).toBe(`${kind}\`${written}\``);
  });

  test("a regex keeps its escapes and loses its slashes", () => {
    expect(treeOf(String.raw`let x = /^a\/b[0-9]{2}$/`)).toMatchObject({
      entries: [{ phrase: { terms: [{}, {}, { kind: "regex", text: String.raw`^a\/b[0-9]{2}$` }] } }],
    });
  });

  test("escapes of a text are decoded and its span has the quotes", () => {
    expect(literal(String.raw`"a\"b\\c\nd\te\u{1F600}"`)).toBe(JSON.stringify('a"b\\c\nd\te\u{1F600}'));
    const [entry] = parse('let "ab"').file.entries;
    expect(entry).toMatchObject({ phrase: { terms: [{ kind: "text", span: { start: 4, end: 8 } }] } });
  });
});

describe("literals end where they should", () => {
  test.each([
    ["let 1..5", "let! (int`1` .. int`5`)"],
    ["let 0.5..1.5", "let! (decimal`0.5` .. decimal`1.5`)"],
    ["let 08:00..18:00", "let! (timeOfDay`08:00` .. timeOfDay`18:00`)"],
    ["let ::1..::5", "let! (ip`::1` .. ip`::5`)"],
    ["a: b", "a: b"],
    ["fade: bed", "fade: bed"],
    ["a:1", "a: int`1`"],
    ["let android or1 nots inner trueish", "let! android or1 nots inner trueish"],
    ["let x // 5", "let! x"],
  ])("%s", (written, expected) => {
    expect(shape(written)).toBe(expected);
  });
});

describe("what only looks like a literal is told with the right unit", () => {
  test.each([
    ["5mb", "sizes count by 1024: `1MiB`"],
    ["30sec", "seconds are written `30s`"],
    ["1h30m", "a duration has one unit: `90m`, not `1h30m`"],
    ["1__0", "digits are grouped by single `_` between them, as in `5_000_000`"],
    [
      "3x",
      "units are `ms s m h d` for durations, `B KiB MiB GiB` for sizes, `%`, and `/s` and the like for rates; names start with a letter",
    ],
  ])("%s", (written, help) => {
    const { diagnostics } = parseSource(sourceFile("test.gwl", `let x = ${written}`));
    expect(diagnostics.map((found) => [found.code, found.help])).toEqual([["GWL1104", help]]);
  });
});
