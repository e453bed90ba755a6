import { join } from "node:path";
import type { BundleGoal } from "../index.ts";
import { VERSION } from "./version.ts";

/** A compilation that ends in a bundle, made by this compiler with the `runtime` folder beside it. */
export const BUNDLE: BundleGoal = { runtime: join(import.meta.dirname, "../../runtime"), compiler: `gwl ${VERSION}` };
