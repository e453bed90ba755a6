/** The colours that the written grammar gives, by the engine that VS Code colours with. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as oniguruma from "vscode-oniguruma";
import * as textmate from "vscode-textmate";

const { resolve } = createRequire(import.meta.url);
const GRAMMAR = new URL("../../../editor/vscode/syntaxes/gwl.tmLanguage.json", import.meta.url);

export type Coloured = { readonly text: string; readonly start: number; readonly scopes: readonly string[] };

export type Colour = (source: string) => readonly (readonly Coloured[])[];

/** Pieces by line; `start` counts from the start of the source, and the language's own scope is left out. */
export async function colourist(): Promise<Colour> {
  const wasm = readFileSync(resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(GRAMMAR, "utf8"), "gwl.json"),
  });
  const grammar = await registry.loadGrammar("source.gwl");
  if (grammar === null) throw new Error("the grammar does not load");
  return (source) => {
    let stack: textmate.StateStack = textmate.INITIAL;
    let start = 0;
    return source.split("\n").map((line) => {
      const from = start;
      start += line.length + 1;
      const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
      stack = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        start: from + startIndex,
        scopes: scopes.slice(1).map((scope) => scope.replace(/\.gwl$/, "")),
      }));
    });
  };
}
