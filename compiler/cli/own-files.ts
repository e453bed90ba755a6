/**
 * Files that gwl brings along and reads while it runs. Promises: found from the sources and from the package's build alike, as both lie two
 * folders below what they come with (`scripts/package.ts`).
 */
import { fileURLToPath } from "node:url";

const OWN = new URL("../../", import.meta.url);

/** Absolute path of the folder of which gateways are bundled. */
export const RUNTIME = fileURLToPath(new URL("runtime", OWN));

/** The folder with a page for each code of a finding, as it is written. */
export const PAGES = new URL("compiler/diagnostics/pages/", OWN);

/** The same with what `gwl check` says, as people read it in the manual. */
export const MANUAL_PAGES = new URL("docs/diagnostics/", OWN);

/** A script for a server that is to end with the process that started it. */
export const TETHER = new URL("compiler/cli/end-with-parent.js", OWN);
