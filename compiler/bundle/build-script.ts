/** One run of esbuild over virtual files. A failure is the compiler's own fault, so it throws. */
import { build } from "esbuild";
import { virtualFiles, type BundleHost, type VirtualFiles } from "./virtual-files.ts";

export type ScriptShape = {
  readonly entry: string;
  /** Name of the output, of which the map is called the same with `.map`; absent: no map. */
  readonly mapped?: string;
  readonly format: "esm" | "cjs";
};
export type Script = { readonly code: string; readonly map: string };

/** What Node 22 and its contemporaries at the edge understand. */
const target = "es2023";

export async function buildScript(files: VirtualFiles, { entry, mapped, format }: ScriptShape, host: BundleHost): Promise<Script> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    outfile: mapped ?? "out.js",
    bundle: true,
    write: false,
    format,
    platform: "neutral",
    target,
    treeShaking: true,
    // What people read is `handler.ts`; stacks of faults are told by the map (`readable-stack.ts`).
    minifySyntax: true,
    minifyWhitespace: mapped !== undefined,
    minifyIdentifiers: mapped !== undefined,
    legalComments: "none",
    sourcemap: mapped === undefined ? false : "linked",
    logLevel: "silent",
    plugins: [virtualFiles(files, host)],
  });
  const code = outputFiles.find(({ path }) => path.endsWith(".js"))?.text ?? "";
  return { code, map: plainSources(outputFiles.find(({ path }) => path.endsWith(".map"))?.text ?? "{}") };
}

/** Sources by the names of virtual files, of which `handler.ts` lies beside the map. */
function plainSources(map: string): string {
  const parsed = JSON.parse(map) as { readonly sources?: readonly string[] };
  return JSON.stringify({ ...parsed, sources: (parsed.sources ?? []).map((source) => source.replace(/^gwl:/, "")) });
}
