/** Names that a program declares, before anybody knows what they mean. */
import type { NameNode, Statement } from "../../grammar/ast.ts";

/** The word that declares. */
export type DeclarationKind =
  | "let"
  | "env"
  | "secret"
  | "network"
  | "type"
  | "identity"
  | "backend"
  | "tag"
  | "policy"
  | "plan"
  | "store"
  | "entry"
  | "api";

/** Names of one namespace must differ, names of two need not: a backend and an api may both be called `orders`. */
export type Namespace = "value" | "type" | "backend" | "tag" | "policy" | "plan" | "store" | "entry" | "api";

export const NAMESPACE_OF: Readonly<Record<DeclarationKind, Namespace>> = {
  let: "value",
  env: "value",
  secret: "value",
  network: "value",
  type: "type",
  identity: "type",
  backend: "backend",
  tag: "tag",
  policy: "policy",
  plan: "plan",
  store: "store",
  entry: "entry",
  api: "api",
};

/** How a message calls such a declaration. */
export const ARTICLE_OF: Readonly<Record<DeclarationKind, string>> = {
  let: "a constant",
  env: "an environment value",
  secret: "a secret",
  network: "a network",
  type: "a type",
  identity: "an identity",
  backend: "a backend",
  tag: "a tag",
  policy: "a policy",
  plan: "a plan",
  store: "a store",
  entry: "an entry",
  api: "an api",
};

/** One object for each declaration: whoever remembers something about it may use it as a key. */
export type Declaration = { readonly kind: DeclarationKind; readonly name: NameNode; readonly statement: Statement; readonly file: string };
