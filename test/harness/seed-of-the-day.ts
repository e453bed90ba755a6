/** Properties that name no seed of their own have that of the run. */
import fc from "fast-check";
import { SEED } from "../properties/run-size.ts";

fc.configureGlobal({ seed: SEED });
