/** A compilation as a bundle. esbuild is loaded only here: it takes longer to load than most programs to check. */
import { join } from "node:path";
import { type Compilation, printType } from "../index.ts";
import type { Bundle } from "../model/emitted.ts";
import { nodeHost } from "./node-host.ts";
import { placesOf } from "./places.ts";
import { VERSION } from "./version.ts";

/** The compiler's own `runtime` folder, of which a bundle gets what it uses. */
export const RUNTIME = join(import.meta.dirname, "../../runtime");

export async function buildBundle({ ir, module, program, sources }: Compilation, cwd: string): Promise<Bundle> {
  if (ir === undefined || module === undefined) throw new Error("a bundle needs a program without errors that has a gateway");
  const { bundle } = await import("../bundle/index.ts");
  return bundle(
    { ir, module, sites: program.sites, compiler: `gwl ${VERSION}`, placeOf: placesOf(sources), typeText: printType, runtime: RUNTIME },
    nodeHost(cwd),
  );
}
