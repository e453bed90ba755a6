/** A kind of backend: how it is written behind `backend NAME =`, and how that is read. */
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Backend } from "../../../model/program.ts";
import type { PhraseReader } from "../../phrase-reader.ts";

export type BackendKindConstruct = {
  readonly written: readonly [string, ...string[]];
  /** `phrase` begins with the kind's word. */
  readonly read: (declaration: Declaration, phrase: PhraseReader, context: CheckContext) => Backend | undefined;
};
