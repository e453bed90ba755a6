/** Values that are phrases: stages and records. Each row: source, then the typed expression in prefix form and its type, or the findings with what they underline. */
import { describe, expect, test } from "vitest";
import { phraseOutcome } from "./checked.ts";

type Row = readonly [source: string, outcome: string];
const CASES: Readonly<Record<string, readonly Row[]>> = {
  "values of stages": [
    ["stage { dev: 1, prod: 2 }", "stageValue(dev=1:Int, prod=2:Int) : Int"],
    ['stage { dev: "a", prod: path }', 'stageValue(dev="a":String, prod=path) : String'],
    ["stage { dev: 5s, prod: 1m }", "stageValue(dev=5000:Duration, prod=60000:Duration) : Duration"],
    ["stage { dev: 1 }", "missing-stage-value @ stage { dev: 1 }"],
    ['stage { dev: 1, prod: "a" }', 'branches-differ @ "a"'],
    ["stage { dev: 1, prod: 2, prood: 3 }", "unknown-word @ prood"],
    ["stage { dev: 1, dev: 2, prod: 3 }", "repeated-entry @ dev"],
    ["stage { dev: nope, prod: 2 }", "unknown-name @ nope"],
    ["stage { dev 1, prod: 2 }", "wrong-entry @ dev 1"],
    ["stage { }", "missing-stage-value @ stage { }"],
  ],
  "records are constant": [
    [
      '{ a: 1, b: "x", c: [1, 2], d: { e: true } }',
      '{"a":1,"b":"x","c":[1,2],"d":{"e":true}}:{ a: Int, b: String, c: List<Int>, d: { e: Bool } } : { a: Int, b: String, c: List<Int>, d: { e: Bool } }',
    ],
    ['{ "x-y": LARGE }', '{"x-y":100}:{ "x-y": Int } : { "x-y": Int }'],
    ["{ }", "{}:{ } : { }"],
    ["{ a: path }", "record-not-constant @ path"],
    ["{ a: LIMIT }", "record-not-constant @ LIMIT"],
    ["{ a: 1, a: 2 }", "repeated-entry @ a"],
    ['{ "__proto__": 1 }', 'forbidden-field @ "__proto__"'],
    ["{ deny when true }", "wrong-entry @ deny when true"],
    ["[{ a: 1 }, { a: 2 }]", '[{"a":1}:{ a: Int }, {"a":2}:{ a: Int }]:List<{ a: Int }> : List<{ a: Int }>'],
  ],
  "one value and no more": [
    ["5 6", "stray-term @ 6"],
    ["= 5", "value-expected @ ="],
    ["path", "path : String"],
  ],
};

for (const [title, rows] of Object.entries(CASES)) {
  describe(title, () => test.each(rows)("%s", (source, expected) => expect(phraseOutcome(source)).toBe(expected)));
}
