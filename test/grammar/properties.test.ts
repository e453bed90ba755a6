import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSource, printFile, type SourceFile, sourceFile, type SyntaxNode, visit } from "../../grammar/index.ts";
import { lex } from "../../grammar/lex.ts";
import { program } from "./programs.ts";
import { SAMPLE } from "./sample.ts";
import { withoutSpans } from "./tree.ts";

/** Words, marks and literals of the language, to be strewn about. */
const PIECES = [
  "and",
  "or",
  "not",
  "has",
  "is",
  "in",
  "matches",
  "implies",
  "if",
  "then",
  "else",
  "true",
  "because",
  "x",
  "Name",
  "List<",
  ">",
  ">=",
  "<",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ",",
  "\n",
  "\n",
  "|",
  "||",
  "&",
  ".",
  "..",
  "?",
  "??",
  "->",
  "=",
  "==",
  ":",
  "-",
  "-5",
  "1",
  "08:00",
  "10/s",
  "::1",
  '"t"',
  '"u',
  "/r/",
  "// c\n",
  "/// d\n",
  "f(",
  "a: ",
  " ",
  "\t",
  "5mb",
  "#",
  "\u{1F600}",
  "\\",
] as const;

/** What must hold of any text: a tree, spans inside the text and inside their parents, and text that can be printed. */
function wellBehaved(text: string): void {
  const source = sourceFile("test.gwl", text);
  const { value, diagnostics } = parseSource(source);
  for (const { span } of diagnostics) expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
  visit(value, (node: SyntaxNode) => {
    expect(node.span.start >= 0 && node.span.start <= node.span.end && node.span.end <= text.length).toBe(true);
  });
  const printed = printFile(value, source);
  if (diagnostics.length === 0) roundTrip(source, printed);
}

function roundTrip(source: SourceFile, printed: string): void {
  const again = sourceFile("test.gwl", printed);
  const { value, diagnostics } = parseSource(again);
  expect(diagnostics).toEqual([]);
  expect(undocumented(withoutSpans(value))).toEqual(undocumented(withoutSpans(parseSource(source).value)));
  expect(printFile(value, again)).toBe(printed);
  expect(comments(printed)).toEqual(comments(source.text));
}

const comments = (text: string): readonly string[] =>
  lex(sourceFile("test.gwl", text))
    .comments.map((comment) => comment.image.trimEnd())
    .toSorted();

/** A doc comment in the midst of a line may move to where it documents something. */
const undocumented = (tree: unknown): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === "doc" ? undefined : value)));

describe("parsing never throws, and what is free of errors survives printing", () => {
  test("any unicode", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), wellBehaved), { numRuns: 300 });
  });

  test("any row of pieces of the language", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(" "));
    fc.assert(fc.property(text, wellBehaved), { numRuns: 1500 });
  });

  test("pieces that touch", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join(""));
    fc.assert(fc.property(text, wellBehaved), { numRuns: 1000 });
  });

  test("prefixes of the sample", () => {
    fc.assert(
      fc.property(fc.nat(SAMPLE.length), (end) => wellBehaved(SAMPLE.slice(0, end))),
      { numRuns: 150 },
    );
  });

  test("the sample without one of its tokens", () => {
    const tokens = [...SAMPLE.matchAll(/\w+|[^\w\s]|\n/g)];
    const deletion = fc.constantFrom(...tokens).map((token) => SAMPLE.slice(0, token.index) + SAMPLE.slice(token.index + token[0].length));
    fc.assert(fc.property(deletion, wellBehaved), { numRuns: 250 });
  });
});

test("parse(print(tree)) is the tree, printing twice is printing once, and comments stay, for any program", () => {
  fc.assert(
    fc.property(program, (text) => {
      const source = sourceFile("test.gwl", text);
      const { value, diagnostics } = parseSource(source);
      expect(diagnostics).toEqual([]);
      roundTrip(source, printFile(value, source));
    }),
    { numRuns: 120 },
  );
});

test("a missing token in one declaration leaves the declarations after it alone", () => {
  const declaration = 'policy p(a: B) { deny when (x in [y, z]) because "w", allow when f(x) }\n';
  const tokens = [...declaration.matchAll(/"[^"]*"|\w+|[^\w\s]/g)];
  fc.assert(
    fc.property(fc.constantFrom(...tokens), (token) => {
      const text = declaration.slice(0, token.index) + declaration.slice(token.index + token[0].length);
      const { value } = parseSource(sourceFile("test.gwl", `${text}let after = 1\n`));
      expect(value.entries.at(-1)).toMatchObject({
        kind: "statement",
        word: { name: "let" },
        phrase: { terms: [{ name: "after" }, {}, { text: "1" }] },
      });
    }),
    { numRuns: 60 },
  );
});
