/** Writes all files that are made of others: the parser's tree types, the manual in `docs`, the editor's colours. `--check` only says which are stale. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { manualFiles, WRITTEN_BY_HAND } from "./manual/files.ts";

const DOCS = new URL("../docs/", import.meta.url);

const wanted = new Map(manualFiles().map(({ path, text }) => [path, text]));
const stale = [...wanted].filter(([path, text]) => current(path) !== text).map(([path]) => path);
const leftOver = existing().filter((path) => !wanted.has(path) && !WRITTEN_BY_HAND.includes(path));

if (process.argv.includes("--check")) {
  for (const path of [...stale, ...leftOver]) console.error(`docs/${path} is stale: run \`npm run generate\``);
  if (stale.length + leftOver.length > 0) process.exitCode = 1;
} else {
  for (const path of stale) write(path, wanted.get(path) ?? "");
  for (const path of leftOver) rmSync(new URL(path, DOCS));
}
await import("./generate-cst.ts");
await import("./generate-textmate.ts");

function current(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, DOCS), "utf8");
  } catch {
    return undefined;
  }
}

function existing(): readonly string[] {
  return readdirSync(DOCS, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".md"));
}

function write(path: string, text: string): void {
  const url = new URL(path, DOCS);
  mkdirSync(dirname(fileURLToPath(url)), { recursive: true });
  writeFileSync(url, text);
}
