import { describe, expect, test } from "vitest";
import { plain } from "../../compiler/diagnostics/code-frame.ts";
import { inReadingOrder } from "../../compiler/diagnostics/order.ts";
import { renderGithub } from "../../compiler/diagnostics/render-github.ts";
import { renderJson } from "../../compiler/diagnostics/render-json.ts";
import { renderSarif } from "../../compiler/diagnostics/render-sarif.ts";
import { countFindings, renderText, type TextPaint } from "../../compiler/diagnostics/render-text.ts";
import { defineError, defineWarning, finding } from "../../grammar/source/diagnostic.ts";
import { type SourceFile, type Span, sourceFile } from "../../grammar/source/span.ts";

const same = (text: string): string => text;
const paint: TextPaint = { ...plain, severity: { error: same, warning: same, note: same } };

const twice = defineError<{ name: string }>({
  code: "GWL9001",
  name: "declared-twice",
  message: ({ name }) => `\`${name}\` is declared twice`,
  label: () => "this one is second",
  help: () => "rename one of them",
  replacement: ({ name }) => ({ title: "rename it", text: `${name}_2` }),
});
const odd = defineWarning({ code: "GWL9002", name: "odd", message: () => "odd: 100%, really" });

const main = sourceFile("a.gwl", "gwl 1\nnetwork office { 10.0.0.0/8 }\n\n\n\t\tnetwork office { 192.168.0.0/16 }\n");
const other = sourceFile("b/c d.gwl", 'let word = "日本", x = 1\n');
const sources = new Map([main, other].map((source) => [source.file, source]));

function spanOf(source: SourceFile, text: string, nth = 0): Span {
  let start = -1;
  for (let count = 0; count <= nth; count++) start = source.text.indexOf(text, start + 1);
  return { file: source.file, start, end: start + text.length };
}

const second = finding(twice, spanOf(main, "office", 1), { name: "office" }, [
  { span: spanOf(main, "office"), message: "first declared here" },
  { span: spanOf(other, "x"), message: "and here" },
]);

test("what a terminal would obey is shown as a dot: in the source, in messages and in file names", () => {
  const source = sourceFile("a\u001b[31m.gwl", "x \u001b[31m \u202e y\n");
  const kind = defineError<{ text: string }>({
    code: "GWL9003",
    name: "wild",
    message: ({ text }) => `found ${text}`,
    help: () => "\u0007",
  });
  const found = finding(kind, { file: source.file, start: 2, end: 3 }, { text: "\u001b[2J\u2066" });
  const text = renderText([found], new Map([[source.file, source]]), paint);
  expect(text).toBe("error GWL9003: found ·[2J·\n   ╭─ a·[31m.gwl:1:3\n 1 │ x ·[31m · y\n   │   ^\n   = help: ·\n");
});

describe("the text form", () => {
  test("shows both places in reading order, tabs and wide characters in their columns, and the help", () => {
    expect(renderText([second], sources, paint)).toBe(
      [
        "error GWL9001: `office` is declared twice",
        "   ╭─ a.gwl:5:11",
        " 2 │ network office { 10.0.0.0/8 }",
        "   │         ------ first declared here",
        "   ·",
        " 5 │         network office { 192.168.0.0/16 }",
        "   │                 ^^^^^^ this one is second",
        "   ╭─ b/c d.gwl:1:18",
        ' 1 │ let word = "日本", x = 1',
        "   │                    - and here",
        "   = help: rename one of them",
        "",
      ].join("\n"),
    );
  });

  test("cuts a very long line to a piece around the mark", () => {
    const long = sourceFile("long.gwl", `${"a".repeat(500)}HERE${"b".repeat(500)}`);
    const text = renderText([finding(odd, spanOf(long, "HERE"), {})], new Map([["long.gwl", long]]), paint);
    const [, , line = "", underline = ""] = text.split("\n");
    expect(line.length).toBeLessThan(160);
    expect(line.indexOf("HERE")).toBe(underline.indexOf("^^^^"));
  });

  test("a place that runs over lines is marked on its first, an empty one by one sign", () => {
    const span = { file: main.file, start: 6, end: 60 };
    expect(renderText([finding(odd, span, {})], sources, paint)).toContain("   │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n");
    const end = { file: main.file, start: main.text.length, end: main.text.length };
    expect(renderText([finding(odd, end, {})], sources, paint)).toContain(" 6 │\n   │ ^\n");
  });

  test("counts", () => {
    expect(countFindings([second, second, finding(odd, second.span, {})])).toBe("2 errors and 1 warning");
    expect(countFindings([])).toBe("");
  });
});

test("findings are put in reading order and equal ones are said once", () => {
  const early = finding(odd, spanOf(main, "gwl"), {});
  const elsewhere = finding(odd, spanOf(other, "let"), {});
  expect(inReadingOrder([elsewhere, second, early, second], ["a.gwl", "b/c d.gwl"])).toEqual([early, second, elsewhere]);
});

test("the JSON form has lines, columns and offsets", () => {
  const report = JSON.parse(renderJson([second], sources)) as {
    errors: number;
    diagnostics: { start: object; related: object[]; fixes: object[] }[];
  };
  expect(report.errors).toBe(1);
  expect(report.diagnostics[0]?.start).toEqual({ line: 5, column: 11, offset: second.span.start });
  expect(report.diagnostics[0]?.related).toHaveLength(2);
  expect(report.diagnostics[0]?.fixes).toMatchObject([{ title: "rename it", edits: [{ text: "office_2" }] }]);
});

test("the GitHub form escapes what would end a command", () => {
  expect(renderGithub([finding(odd, spanOf(other, "let"), {})], sources)).toBe(
    "::warning file=b/c d.gwl,line=1,endLine=1,col=1,endColumn=4,title=GWL9002 odd::odd: 100%25, really\n",
  );
});

test("the SARIF form names each rule once and encodes paths", () => {
  const log = JSON.parse(renderSarif([second, second, finding(odd, spanOf(other, "let"), {})], sources, "1.2.3")) as {
    runs: { tool: { driver: { rules: unknown[] } }; results: { ruleIndex: number; locations: unknown[] }[] }[];
  };
  expect(log.runs[0]?.tool.driver.rules).toHaveLength(2);
  expect(log.runs[0]?.results.map((result) => result.ruleIndex)).toEqual([0, 0, 1]);
  expect(JSON.stringify(log.runs[0]?.results[2]?.locations)).toContain("b/c%20d.gwl");
});
