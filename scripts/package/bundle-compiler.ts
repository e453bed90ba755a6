/**
 * The command line as JavaScript that Node runs below `node_modules`, where it takes no TypeScript. Promises: a command loads what it needs and
 * no more; of packages only those stay outside that this one names as its dependencies; names and lines stay, so that a fault's stack can be
 * read without a source map, which would be as large again.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { bundledPackages, licensesOf } from "./licenses.ts";

const ROOT = join(import.meta.dirname, "../..");
/** Two folders below the package, as the sources are: `compiler/cli/own-files.ts` counts on it. */
const OUT = join(ROOT, "dist/cli");
/** Both read files beside themselves: a program for this machine, and their own script. */
const OUTSIDE = ["esbuild", "ts-morph"];

/** Throws where a package is asked for that would not be installed with this one. `dependencies`: their names. */
export async function bundleCompiler(dependencies: readonly string[]): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: [
      { in: "compiler/cli/main.ts", out: "main" },
      { in: "compiler/index.ts", out: "compiler" },
    ],
    absWorkingDir: ROOT,
    outdir: OUT,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    external: OUTSIDE,
    plugins: [nodeModules],
    legalComments: "none",
    logLevel: "error",
    metafile: true,
  });
  const strays = packagesOutside(metafile).filter((name) => !dependencies.includes(name));
  if (strays.length > 0) throw new Error(`the command line imports ${strays.join(", ")}, which package.json does not name as dependencies`);
  writeFileSync(join(OUT, "licenses.txt"), licensesOf(bundledPackages(Object.keys(metafile.inputs)), ROOT));
}

/** Packages of CommonJS ask for Node's modules by `require`, which a module of ES has not. */
const nodeModules: Plugin = {
  name: "node-modules",
  setup: (at) => {
    const namespace = "node-module";
    at.onResolve({ filter: /^(node:)?[a-z0-9_/]+$/ }, ({ path, kind }) =>
      kind === "require-call" && process.getBuiltinModule(path) !== undefined ? { path, namespace } : undefined,
    );
    at.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: "js",
    }));
  },
};

function packagesOutside({ outputs }: Metafile): readonly string[] {
  const paths = Object.values(outputs).flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path));
  return [...new Set(paths.filter((path) => process.getBuiltinModule(path) === undefined))];
}
