import type { Diagnostic } from "../../grammar/source/diagnostic.ts";

/** Where a check leaves what it finds. */
export type Report = (found: Diagnostic) => void;
