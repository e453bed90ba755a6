/**
 * What an expression can see from where it stands. Whoever checks a declaration describes the place once; the rules of
 * expressions ask nothing else. Knows no constructs.
 */
import type { Expression, NameNode } from "../../../grammar/ast.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";
import type { AcceptedCaller } from "../../model/program.ts";
import type { Type } from "../../model/types.ts";
import type { RegexProver } from "../literals/regex-prover.ts";

export type Place = {
  readonly reads: Reads;
  readonly names: Names;
  /** All stages of the program. Bare names that are compared with `stage` mean these. */
  readonly stages: readonly string[];
  /** Where each of them is first named, for who leaves one out. */
  readonly stagePlaces?: ReadonlyMap<string, Span>;
  /** Names of all apis. Bare names that are compared with `route.api` mean these. */
  readonly apis: readonly string[];
  /** Names of all entries. Bare names that are compared with `entry` mean these. */
  readonly entries: readonly string[];
  /** Declared tags. Bare names do not mean their values: these are texts. */
  readonly tags: readonly TagShape[];
  /** All declared identities, also those that cannot be the caller here. */
  readonly identities: readonly IdentityShape[];
  readonly proveLinear: RegexProver;
  /** Told of each tag (`tag.NAME`), identity (`principal is NAME`), api (`route.api == NAME`) and entry (`entry == NAME`) that an expression names. */
  readonly mark?: (what: "tag" | "identity" | "api" | "entry", name: NameNode) => void;
  /** Told of each expression what it comes to. */
  readonly typed?: ((node: Expression, expr: Expr) => void) | undefined;
};

/** How much of a request may be read. */
export type Reads =
  /** Nothing but `stage`, constants and the environment: constants, environment, settings, cells of tests. `what` names the place for the message: "a constant", "the timeout of a backend". */
  | { readonly kind: "nothing"; readonly what: string }
  /** `apply ... where`: tags, `route.*`, `method` and constants; what a deployment or a request brings comes too late. */
  | { readonly kind: "selector" }
  /** A rule or transform. */
  | {
      readonly kind: "request";
      readonly principal: PrincipalHere;
      readonly body: BodyHere;
      readonly parameters: ParametersHere;
      /** Records may be made of what is read, and lists of lists. */
      readonly isMapping?: true;
      /** The body of the backend's answer, where that is mapped. */
      readonly answer?: BodyHere;
    };

/** The callers that may come here, by the names of their identities (not empty), or why there is none: "this route is `public`", "no identity is accepted here". */
export type PrincipalHere = { readonly callers: readonly AcceptedCaller[] } | Missing;
/** The type of the body (`declared`: where the route says `body T`), or why it cannot be read: "this route has no `body` type". */
export type BodyHere = { readonly type: Type; readonly declared?: Span } | Missing;
/** The parameters of the route's whole path (`Rest` as a plain String), or why there are none: "a policy is used by many routes". */
export type ParametersHere = { readonly parameters: readonly Shape[] } | Missing;
/** `why` is a clause that ends a message, lower-case; `declared` the place that made it so. */
export type Missing = { readonly missing: string; readonly declared?: Span };

export type Shape = { readonly name: string; readonly type: Type; readonly declared?: Span };
export type IdentityShape = { readonly name: string; readonly fields: readonly Shape[]; readonly declared?: Span };
export type TagShape = { readonly name: string; readonly values: readonly string[]; readonly declared?: Span };

/**
 * Names that declarations bring. They come before the words of the language: a column called `path` is that column. `lookup` may resolve lazily and may mark the declaration as used; it reports nothing
 * when it does not know the name. `names` are the candidates for "did you mean".
 */
export type Names = {
  readonly lookup: (name: NameNode) => Meaning | undefined;
  readonly names: () => readonly string[];
};

export type Meaning =
  /** A `let`, or the cell of a test's table: the expression is put in its place. */
  | { readonly kind: "constant"; readonly value: Expr; readonly declared?: Span }
  | { readonly kind: "env"; readonly type: Type; readonly declared?: Span }
  | { readonly kind: "secret"; readonly declared?: Span }
  | { readonly kind: "network"; readonly declared?: Span }
  /** A parameter of the policy around. */
  | { readonly kind: "param"; readonly type: Type; readonly declared?: Span }
  /** Declared, but no value: `what` with its article, "a backend", "an identity", "a policy". */
  | { readonly kind: "other"; readonly what: string; readonly declared?: Span }
  /** Declared, but its declaration already has a finding: silent. */
  | { readonly kind: "broken" };
