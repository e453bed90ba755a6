import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { CONSTRUCTS } from "../../../compiler/constructs/index.ts";
import { scopeOf } from "../../../editor/textmate/scopes.ts";
import { textMateGrammar } from "../../../editor/textmate/grammar.ts";
import { lex } from "../../../grammar/lex.ts";
import { sourceFile } from "../../../grammar/source/span.ts";
import { Name } from "../../../grammar/tokens.ts";
import { expectGolden } from "../../harness/golden.ts";
import { filesBelow, ROOT } from "../../laws/source-files.ts";
import { type Colour, type Coloured, colourist } from "./colours.ts";

const SAMPLES = join(import.meta.dirname, "samples");
const samples = readdirSync(SAMPLES).filter((name) => name.endsWith(".gwl"));
const sources = [
  ...filesBelow("examples", ".gwl"),
  ...filesBelow("test/editor/textmate/samples", ".gwl"),
  ...filesBelow("test/cases", ".case"),
];

let colour: Colour;
beforeAll(async () => {
  colour = await colourist();
});

test("the written grammar is what `npm run generate` would write", () => {
  const written = readFileSync(join(ROOT, "editor/vscode/syntaxes/gwl.tmLanguage.json"), "utf8");
  expect(written).toBe(`${JSON.stringify(textMateGrammar(CONSTRUCTS), undefined, 1)}\n`);
});

describe("the colours of a text", () => {
  test.each(samples)("%s", (name) => {
    expectGolden(`textmate/${name}.txt`, shown(colour(readFileSync(join(SAMPLES, name), "utf8"))));
  });

  test.each(sources)("start and are meant as the lexer's tokens: %s", (path) => {
    const text = readFileSync(join(ROOT, path), "utf8");
    const pieces = new Map(colour(text).flatMap((line) => line.map((piece) => [piece.start, piece])));
    const { tokens } = lex(sourceFile(path, text));
    const differing = tokens.flatMap(({ tokenType, image, startOffset }) => {
      if (/^\s/.test(image) || tokenType === Name) return [];
      const scopes = pieces.get(startOffset)?.scopes ?? [];
      return scopes.some((scope) => scope.startsWith(scopeOf(tokenType))) ? [] : [{ image, token: tokenType.name, scopes }];
    });
    expect(differing).toEqual([]);
  });

  test("every word that a statement starts with is a keyword there, and none where it is a key", () => {
    for (const word of CONSTRUCTS.flatMap(({ words }) => words)) {
      const [statement = [], key = []] = colour(`  ${word} "x"\n  ${word}: 1`);
      expect(scopesOf(statement, word), word).toEqual([expect.stringMatching(/^(keyword\.control|storage\.type)$/)]);
      expect(scopesOf(key, word), word).toEqual(["variable.other.property"]);
    }
  });
});

function scopesOf(line: readonly Coloured[], text: string): readonly string[] | undefined {
  return line.find((piece) => piece.text === text)?.scopes;
}

function shown(lines: readonly (readonly Coloured[])[]): string {
  const rows = lines.map((line) => {
    const pieces = line.filter(({ text }) => text.trim() !== "");
    return [
      line.map(({ text }) => text).join(""),
      ...pieces.map(({ text, scopes }) => `    ${text.trim()}  ${scopes.join(" ") || "plain"}`),
    ];
  });
  return rows.flat().join("\n");
}
