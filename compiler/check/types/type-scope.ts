/** What a type that is being read can see. Knows no constructs. */
import type { NameNode, Term } from "../../../grammar/ast.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Type } from "../../model/types.ts";
import type { RegexProver } from "../literals/regex-prover.ts";

/**
 * Names of declared types. `lookup` resolves a declaration by calling the function that `typeResolver` gave, which finds
 * cycles; it may mark the declaration as used; it reports nothing when it does not know the name.
 */
export type TypeScope = {
  readonly lookup: (name: NameNode) => Type | undefined;
  /** Candidates for "did you mean", without the built-in ones. */
  readonly names: () => readonly string[];
  readonly proveLinear: RegexProver;
};

/** `type NAME = terms`. One object for each declaration: the resolver knows it by identity. */
export type TypeDeclaration = { readonly name: NameNode; readonly terms: readonly Term[]; readonly span: Span; readonly scope: TypeScope };
