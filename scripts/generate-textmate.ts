/** Writes the TextMate grammar of the extension. `--check` only says whether it is stale. */
import { readFileSync, writeFileSync } from "node:fs";
import { CONSTRUCTS } from "../compiler/constructs/index.ts";
import { textMateGrammar } from "../editor/textmate/grammar.ts";

const target = new URL("../editor/vscode/syntaxes/gwl.tmLanguage.json", import.meta.url);
const text = `${JSON.stringify(textMateGrammar(CONSTRUCTS), undefined, 1)}\n`;

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("editor/vscode/syntaxes/gwl.tmLanguage.json is stale: run `npm run generate`");
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
