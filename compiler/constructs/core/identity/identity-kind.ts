/** A kind of identity: how it is written behind `identity NAME =`, and how that is read. */
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Identity } from "../../../model/program.ts";
import type { PhraseReader } from "../../phrase-reader.ts";

export type IdentityKindConstruct = {
  readonly written: readonly [string, ...string[]];
  /** `phrase` begins with the kind's word. An identity with findings is given as far as it goes, so that rules which name it get no second one. */
  readonly read: (declaration: Declaration, phrase: PhraseReader, context: CheckContext) => Identity | undefined;
};
