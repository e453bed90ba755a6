/** What each kind of declaration comes to. An api comes to a piece of the program, not to a value: it is not here. */
import type { DeclarationKind } from "../bind/declaration.ts";
import type { Expr } from "../model/expression.ts";
import type { Backend, Env, Identity, Network, Plan, Policy, Secret, Store, TagDeclaration } from "../model/program.ts";
import type { Type } from "../model/types.ts";

export type Meanings = {
  /** Constant: reads nothing of a request; may hold an environment value or a stage's. */
  readonly let: Expr;
  readonly env: Env;
  readonly secret: Secret;
  readonly network: Network;
  readonly type: Type;
  readonly identity: Identity;
  readonly backend: Backend;
  readonly tag: TagDeclaration;
  readonly policy: Policy;
  readonly plan: Plan;
  readonly store: Store;
};

/** A declaration that means something by itself. */
export type MeaningKind = keyof Meanings & DeclarationKind;
