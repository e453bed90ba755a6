/** Runs of esbuild over virtual files. A failure is the compiler's own fault, so it throws. */
import { build } from "esbuild";
import { virtualFiles, type BundleHost, type VirtualFiles } from "./virtual-files.ts";

export type Script = { readonly code: string; readonly map: string };

/** What Node 22 and its contemporaries at the edge understand. */
const target = "es2023";

const options = {
  bundle: true,
  write: false,
  platform: "neutral",
  target,
  treeShaking: true,
  // What people read is `handler.ts`; stacks of faults are told by the map (`readable-stack.ts`).
  minifySyntax: true,
  legalComments: "none",
  logLevel: "silent",
} as const;

/** One script without a map. `entry`: name of a virtual file. */
export async function buildScript(files: VirtualFiles, entry: string, format: "esm" | "cjs", host: BundleHost): Promise<string> {
  const { outputFiles } = await build({ ...options, entryPoints: [entry], format, plugins: [virtualFiles(files, host)] });
  return outputFiles[0]?.text ?? "";
}

/**
 * Small scripts with maps, by the names of their entries without `.ts`. What two of them need becomes one more, `shared`, so that a process which
 * loads both reads it once.
 */
export async function buildScripts(
  files: VirtualFiles,
  entries: readonly string[],
  host: BundleHost,
): Promise<ReadonlyMap<string, Script>> {
  const { outputFiles } = await build({
    ...options,
    entryPoints: entries.map((entry) => `${entry}.ts`),
    outdir: "out",
    splitting: true,
    chunkNames: "shared",
    format: "esm",
    minifyWhitespace: true,
    minifyIdentifiers: true,
    sourcemap: "linked",
    plugins: [virtualFiles(files, host)],
  });
  const textOf = (name: string): string | undefined => outputFiles.find(({ path }) => path.split(/[/\\]/).at(-1) === name)?.text;
  const names = [...entries, "shared"].filter((name) => textOf(`${name}.js`) !== undefined);
  return new Map(names.map((name) => [name, { code: textOf(`${name}.js`) ?? "", map: plainSources(textOf(`${name}.js.map`) ?? "{}") }]));
}

/** Sources by the names of virtual files, of which `handler.ts` lies beside the map. */
function plainSources(map: string): string {
  const parsed = JSON.parse(map) as { readonly sources?: readonly string[] };
  return JSON.stringify({ ...parsed, sources: (parsed.sources ?? []).map((source) => source.replace(/^gwl:/, "")) });
}
