/** What a generated program is: its text, and what a generator of requests must know to aim at its edges. */
import type { Field } from "./fields.ts";
import type { Scalar } from "./scalars.ts";
import type { EnvShape, IdentityShape } from "./vocabulary.ts";

export type Generated = {
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly identities: readonly IdentityShape[];
  readonly routes: readonly GeneratedRoute[];
  /** Every CIDR block of the program. */
  readonly blocks: readonly string[];
  /** Networks whose lists are read again. */
  readonly reloaded: readonly string[];
  readonly hosts: readonly string[];
  readonly stages: readonly string[];
  readonly environment: readonly EnvShape[];
  readonly trustsProxies: boolean;
  readonly bodyLimit: number;
  readonly hasDoors: boolean;
};

export type GeneratedRoute = {
  readonly method: string;
  readonly segments: readonly GeneratedSegment[];
  readonly body?: BodyShape;
  /** Of the answers of its backend that are successes. */
  readonly returns?: BodyShape;
  /** Of successes of the parts that its answer is made of. */
  readonly parts?: readonly BodyShape[];
  readonly isPrivate?: true;
  /** Leads to WebSockets. */
  readonly isUpgrade?: true;
};

export type GeneratedSegment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "param"; readonly name: string; readonly type: Scalar | "Plain" }
  | { readonly kind: "rest"; readonly name: string };

export type BodyShape = { readonly typeName: string; readonly fields: readonly Field[] };
