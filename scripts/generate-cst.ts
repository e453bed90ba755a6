/** Writes `grammar/cst.ts`, the types of the parser's tree, from the parser. `--check` only says whether it is fresh. */
import { readFileSync, writeFileSync } from "node:fs";
import { cstTypes } from "../grammar/cst-types.ts";

const path = new URL("../grammar/cst.ts", import.meta.url);
const wanted = cstTypes();
if (process.argv.includes("--check")) {
  if (readFileSync(path, "utf8") !== wanted) {
    console.error("grammar/cst.ts is stale: run `node scripts/generate-cst.ts`");
    process.exitCode = 1;
  }
} else writeFileSync(path, wanted);
