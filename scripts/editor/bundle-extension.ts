/**
 * The extension's programs as files that VS Code runs. Promises: client, server and compiler are in them once, in `web.cjs`, which
 * runs in a browser as it is and from which the other two take them; nothing else has to be installed.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build as bundle, type BuildOptions, type Plugin } from "esbuild";

const SOURCES = join(import.meta.dirname, "../../editor/vscode");
const PAGES = join(import.meta.dirname, "../../docs/diagnostics");
const RECHECK = "recheck/lib/browser.js";
const SHARED = /\/editor\/(service\/index|lsp\/serve|vscode\/src\/web)\.ts$/;

/** `folder` is where the files go. */
export async function bundleExtension(folder: string): Promise<void> {
  const common: BuildOptions = { bundle: true, minify: true, legalComments: "none", logLevel: "error", absWorkingDir: SOURCES };
  const node: BuildOptions = { ...common, platform: "node", target: "node22", format: "cjs", external: ["vscode"] };
  const browser: BuildOptions = { ...common, platform: "browser", target: "es2024" };
  await Promise.all([
    bundle({
      ...browser,
      format: "cjs",
      external: ["vscode"],
      entryPoints: ["src/web.ts"],
      outfile: join(folder, "web.cjs"),
      plugins: [regexLibraryLater],
    }),
    bundle({ ...node, entryPoints: ["src/extension.ts"], outfile: join(folder, "extension.cjs"), plugins: [sharedWithWeb] }),
    bundle({ ...node, entryPoints: ["src/server.ts"], outfile: join(folder, "server.cjs"), plugins: [sharedWithWeb] }),
    bundle({ ...browser, format: "iife", entryPoints: ["panel/page/main.ts"], outfile: join(folder, "panel.js") }),
  ]);
  writeFileSync(join(folder, "pages.json"), pages());
  writeFileSync(join(folder, "recheck.js.br"), compressed(readFileSync(new URL(import.meta.resolve(RECHECK)))));
}

/** The library that proves regular expressions is larger than all the rest, and is needed by few: `regex-library.ts` stands for it. */
const regexLibraryLater: Plugin = {
  name: "regex-library-later",
  setup: (build) => {
    build.onResolve({ filter: /^recheck\/lib\/browser\.js$/ }, () => ({ path: "library", namespace: "regex" }));
    build.onLoad({ filter: /.*/, namespace: "regex" }, () => ({
      contents: 'export { regexLibrary as default } from "./src/regex-library.ts";',
      resolveDir: SOURCES,
    }));
  },
};

const sharedWithWeb: Plugin = {
  name: "shared-with-web",
  setup: (build) => {
    build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, async ({ path, resolveDir, kind, pluginData }) => {
      if (pluginData === "seen" || kind === "entry-point") return undefined;
      const found = await build.resolve(path, { resolveDir, kind, pluginData: "seen" });
      return SHARED.test(found.path.replaceAll("\\", "/")) ? { path: "./web.cjs", external: true } : undefined;
    });
  },
};

/** The manual's pages about findings, by file name. */
function pages(): string {
  const names = readdirSync(PAGES).filter((name) => /^GWL.*\.md$/.test(name));
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, readFileSync(join(PAGES, name), "utf8")])));
}

/** One step below the best: that takes 18 times as long for a tenth. */
function compressed(bytes: Uint8Array): Uint8Array {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(bytes, {
    params: { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}
