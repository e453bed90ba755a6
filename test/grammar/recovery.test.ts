import { describe, expect, test } from "vitest";
import { parse, shape } from "./tree.ts";

const TEN = `gwl 1

type OrderId = String max 40 | Int and
network office { 203.0.113.0/24,, 198.51.100.0/24 }
let timeout = 30sec

policy inside(net: Network { deny when not (client.ip in net) because "outside" }
policy sized { deny when 1 < body.size < 5 because "size" }

gateway shop {
  host:
  limits { body: 1MiB, in: 16KiB }
  set header "X" = if principal is Customer then "a"
}

api orders at "/orders {
  GET "/" -> orders { allow when principal. }
}

GET "/health" { public because "fine", respond 200 }
`;

test("ten mistakes give ten messages at their places, and the entries around them stay", () => {
  const { file, findings } = parse(TEN);
  expect(findings).toEqual([
    "3:36 GWL1301 expected a value after `and`, found the end of the line",
    "4:33 GWL1205 nothing stands before this comma",
    "5:15 GWL1104 `30sec` is no number, and its ending is no known unit",
    "7:14 GWL1201 `(` is never closed",
    "8:40 GWL1306 comparisons do not chain: `<` follows `<`",
    "11:3 GWL1304 expected a value after `host:`, found the end of the line",
    "12:24 GWL1305 `in` is a word of the language and cannot be the name of a setting",
    "13:50 GWL1303 expected `else` and a value, found the end of the line",
    "16:15 GWL1102 this text is not closed",
    "17:43 GWL1310 expected a name after `.`, found `}`",
  ]);
  expect(file.entries.map((entry) => (entry.kind === "statement" ? entry.word.name : entry.kind))).toEqual([
    "gwl",
    "type",
    "network",
    "let",
    "policy",
    "policy",
    "gateway",
    "api",
    "GET",
  ]);
});

describe("a bracket left open costs one message", () => {
  test.each([
    ["api a {\n  GET x {\n    allow\n}\napi b { }\n", ["2:9 GWL1201 `{` is never closed"], ["api", "api"]],
    ["api a {\n  allow\n\napi b { }\napi c { }", ["1:7 GWL1201 `{` is never closed"], ["api", "api", "api"]],
    ["api a {\n  use f(x\n  deny y\n}\nlet z", ["2:8 GWL1201 `(` is never closed"], ["api", "let"]],
    ["x [1, 2\nlet y\nlet z", ["1:3 GWL1201 `[` is never closed"], ["x", "let", "let"]],
    ["x (a and\nlet y", ["1:3 GWL1201 `(` is never closed"], ["x", "let"]],
    [
      "x List<String = 3\nlet y",
      ["1:7 GWL1203 `<` touches a type's name and so opens its arguments, but no `>` closes them"],
      ["x", "let"],
    ],
    ["x a )\nlet y", ["1:5 GWL1202 `)` closes nothing"], ["x", "let"]],
    ["x { a ]\n}\nlet y", ["1:7 GWL1202 `]` closes nothing"], ["x", "let"]],
  ])("%j", (text, expected, words) => {
    const { file, findings } = parse(text);
    expect(findings).toEqual(expected);
    expect(file.entries.map((entry) => entry.kind === "statement" && entry.word.name)).toEqual(words);
  });

  test("in a balanced file the first column means nothing", () => {
    expect(shape("api a {\nGET x {\nallow\n}\n}\nlet y")).toBe("api! a {GET! x {allow!}} ; let! y");
  });
});
