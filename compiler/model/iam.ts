/** IAM policy documents that stand in files of the project: what they mean, and where each part of them stands. */
import type { Span } from "../../grammar/source/span.ts";
import type { PolicyDocument } from "../../runtime/contract/iam.ts";
import type { Expr } from "./expression.ts";

export type PolicyFile = {
  readonly document: PolicyDocument;
  readonly span: Span;
  /** Its statements are rules and nothing else asks it, so a part of what they say may be asked elsewhere. */
  readonly isRules?: true;
  /** Whether what a statement says depends on who calls; by its index, as all that follows. */
  readonly asksCaller: readonly boolean[];
  readonly places: readonly StatementPlaces[];
};

export type StatementPlaces = {
  readonly span: Span;
  /** It stands in a list, and not alone as the value of `Statement`. */
  readonly isListed: boolean;
  /** The value of `Principal` or `NotPrincipal`. */
  readonly principals?: Span;
  /** One for each resource. */
  readonly resources: readonly Span[];
  /** One for each condition: the key's name, in quotes. */
  readonly conditions: readonly Span[];
};

/** The ARN of the API: `arn:PARTITION:execute-api:REGION:ACCOUNT:API`. Texts that the start knows. */
export type ApiName = { readonly partition: Expr; readonly region: Expr; readonly account: Expr; readonly api: Expr };

/** Whose document it is. Policies of users, roles and groups, boundaries and session policies are `identity`. */
export type PolicyKind = "resource" | "endpoint" | "identity";
