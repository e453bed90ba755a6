import type { BundleGoal } from "../index.ts";
import { RUNTIME } from "./own-files.ts";
import { VERSION } from "./version.ts";

/** A compilation that ends in a bundle, made by this compiler with the `runtime` folder beside it. */
export const BUNDLE: BundleGoal = { runtime: RUNTIME, compiler: `gwl ${VERSION}` };
