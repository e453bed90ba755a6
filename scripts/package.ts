/** Builds what the package runs: `npm pack` calls it (`prepack`). A clone never runs it: there `gwl` runs the sources. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleCompiler } from "./package/bundle-compiler.ts";

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
await bundleCompiler(Object.keys(manifest.dependencies));
