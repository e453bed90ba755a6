import type { SourceFile } from "../../grammar/source/span.ts";

/** The texts that findings point into, by file. A finding in a file that is not there is shown without its line. */
export type Sources = ReadonlyMap<string, SourceFile>;
