/**
 * `import { names } from "./file.gwl"` and `import "./file.gwl"`: loading followed the path and binding took the names.
 * Promises: says what is wrong with the line itself. Must not know what the other file says.
 */
import type { Block, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { HeadConstruct } from "../construct.ts";
import { strayEntry } from "../frame.diagnostics.ts";
import { readPhrase } from "../phrase-reader.ts";

export const importFile: HeadConstruct = {
  kind: "head",
  words: ["import"],
  within: ["file"],
  summary: "names of another file, or all its apis, routes and tests",
  written: ['import { NAME, ... } from "./FILE.gwl"', 'import "./FILE.gwl"'],
  read: readImport,
};

function readImport(statement: Statement, context: CheckContext): void {
  const phrase = readPhrase(statement, importFile, context);
  const names = phrase.optionalBlock();
  if (names !== undefined) {
    reportStrays(names, context);
    phrase.word("from");
  }
  phrase.text(names === undefined ? "names in braces, or a file in quotes" : "a file in quotes");
  phrase.end();
}

function reportStrays({ entries }: Block, context: CheckContext): void {
  for (const entry of entries) {
    if (entry.kind === "statement" && entry.phrase.terms.length === 0) continue;
    const what = `\`${context.written(entry.span, 40)}\``;
    context.report(finding(strayEntry, entry.span, { what, place: "the names of an import" }));
  }
}
