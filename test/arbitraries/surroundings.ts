/** What an expression of a generated program can see where it stands. */
import type { Field } from "./fields.ts";
import type { Scalar } from "./scalars.ts";
import type { EnvShape, IdentityShape } from "./vocabulary.ts";

export type Constant = { readonly name: string; readonly holds: "strings" | "Int" | "times" | "network"; readonly line: string };

export type Surroundings = {
  readonly networks: readonly string[];
  /** Of these the ones that hold the same at all times. */
  readonly fixedNetworks: readonly string[];
  /** Identities that the caller may have here; empty: nobody authenticates. */
  readonly identities: readonly IdentityShape[];
  readonly parameters: readonly { readonly name: string; readonly type: Scalar | "Plain" | "Rest" }[];
  /** Fields of the body's record; empty: no body here. */
  readonly body: readonly Field[];
  /** Parameters of the policy around. */
  readonly arguments: readonly { readonly name: string; readonly type: "Network" | "String" | "Int" }[];
  readonly environment: readonly EnvShape[];
  readonly constants: readonly Constant[];
  readonly hasStages: boolean;
  readonly hasTags: boolean;
  readonly hasDoors: boolean;
};
