/** The server's process of the packed extension. The server itself is in `web.cjs`, and the library for regular expressions beside it, compressed. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { brotliDecompressSync } from "node:zlib";
import { serveLanguage } from "../../../compiler/cli/language-server.ts";
import { type RegexLibrary, setRegexLibrary } from "./web.ts";

setRegexLibrary(() => {
  const path = join(__dirname, "recheck.js.br");
  const module: { exports: unknown } = { exports: {} };
  const code = brotliDecompressSync(readFileSync(path)).toString("utf8");
  compileFunction(code, ["module", "exports", "require"], { filename: path })(module, module.exports, createRequire(path));
  return module.exports as RegexLibrary;
});
void serveLanguage(undefined).then((code) => process.exit(code));
