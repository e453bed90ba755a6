/**
 * IAM policy documents as data, what they are asked, and what they say. Texts stand as AWS writes them: `*` and `?` where
 * wildcards mean something, `${...}` where variables do; whoever evaluates a document reads them. Documents are strict
 * already: whoever made one of these refused what AWS would refuse.
 */

export type PolicyDocument = {
  /** Variables exist in 2012-10-17 only; before it `${...}` is text. */
  readonly version: "2008-10-17" | "2012-10-17";
  /** At least one. Their order never matters. */
  readonly statements: readonly PolicyStatement[];
};

export type PolicyStatement = {
  readonly sid?: string;
  readonly effect: "allow" | "deny";
  /** Absent in a document that is attached to its principal. `not` only with `deny`. */
  readonly principals?: Listed<NamedPrincipal>;
  /** `service:Name` in any case, with wildcards. */
  readonly actions: Listed<string>;
  /** Six parts of an ARN with wildcards, `*` for all there is, or `execute-api:/stage/VERB/path` of the API at hand. */
  readonly resources: Listed<string>;
  /** All must hold. */
  readonly conditions: readonly PolicyCondition[];
};

/** One of `items`, which are not empty; with `not`: none of them. */
export type Listed<Item> = { readonly not: boolean; readonly items: readonly Item[] };

export type NamedPrincipal =
  /** `"*"` and `{ "AWS": "*" }`: callers without a name as well. */
  | { readonly kind: "anyone" }
  /** 12 digits; its root ARN means the same. */
  | { readonly kind: "account"; readonly account: string }
  /** A user, a role, a session of a role or of a federated user: exact. */
  | { readonly kind: "arn"; readonly arn: string }
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "federated"; readonly provider: string }
  | { readonly kind: "canonicalUser"; readonly id: string };

export type PolicyCondition = {
  readonly operator: ConditionOperator;
  /** True where the key is absent. Not with `Null`. */
  readonly ifExists: boolean;
  /** `ForAllValues:` and `ForAnyValue:`. */
  readonly quantifier?: "all" | "any";
  /** Lower-case, since names of keys have no case. */
  readonly key: string;
  /** One of them; for a negated operator none of them. JSON numbers and Booleans as their text. Not empty. */
  readonly values: readonly string[];
};

export const CONDITION_OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  "ArnEquals",
  "ArnNotEquals",
  "ArnLike",
  "ArnNotLike",
  "Null",
] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/** What a document is asked. */
export type PolicyRequest = {
  readonly caller: PolicyCaller;
  /** `execute-api:Invoke` */
  readonly action: string;
  /** A whole ARN with the actual path: `arn:aws:execute-api:eu-west-1:111122223333:abc123/prod/GET/pets/7`. */
  readonly resource: string;
  readonly keys: ConditionKeys;
};

/**
 * What a call asks for beside being let in. A cache asks for the first where a client wants its entry dropped, and a WebSocket backend for the
 * second where a call manages connections; neither goes without a caller who signs.
 */
export type SideAction = {
  readonly action: "execute-api:InvalidateCache" | "execute-api:ManageConnections";
  /** What stands behind the stage: `VERB/PATH`, as `GET/pets/7` or `POST/@connections/ID`. */
  readonly target: string;
  /** Numbers of the documents that are resource policies of the route in `mode aws`; of other documents a part is asked elsewhere. */
  readonly documents: readonly number[];
};

/** The values of a condition key by its lower-case name; undefined or none: the key is absent. */
export type ConditionKeys = (name: string) => readonly string[] | undefined;

export type PolicyCaller =
  | { readonly kind: "anonymous" }
  /** `arn` is the user's or the session's own; `role` the ARN of the role that the session assumed. */
  | { readonly kind: "aws"; readonly account: string; readonly arn: string; readonly role?: string }
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "federated"; readonly provider: string };

/** What one document says: an explicit deny beats all, one allow is enough, else it is silent. `statements`: indexes, ascending. */
export type Verdict =
  | { readonly effect: "explicitDeny"; readonly statements: readonly number[] }
  | { readonly effect: "allow"; readonly statements: readonly number[]; readonly grant: Grant }
  | { readonly effect: "silent" };

/**
 * The best way in which an allow named the caller. `direct`: by its own ARN, which no boundary or session policy narrows by
 * silence. `limited`: by its role, as anyone, or not at all. `delegated`: by its account, whose own policies have the say.
 */
export type Grant = "direct" | "limited" | "delegated";

/** All that takes part in one decision. A policy that is absent does not exist, which differs from one that is silent. */
export type AccessQuestion = {
  /** How the route knows its callers. `token`: Cognito, JWT and all else that gives no AWS principal and no policy. */
  readonly authentication: "none" | "iam" | "lambda" | "token";
  /** Private APIs have a resource policy that allows, or nobody gets in. */
  readonly isPrivate: boolean;
  /** The caller is of the account that the API belongs to; asked with `iam` only. */
  readonly sameAccount: boolean;
  readonly resource?: Verdict;
  /** Of the entry or VPC endpoint through which the call came. */
  readonly endpoint?: Verdict;
  /** All policies of the caller together, its groups' among them. */
  readonly identity?: Verdict;
  readonly boundary?: Verdict;
  readonly session?: Verdict;
  /** What the caller's organisation permits. */
  readonly organization?: Verdict;
  /** The policy that the authorizer returned. */
  readonly authorizer?: Verdict;
};

/** What policies of the caller's own say of a call, where its identity brings any. `api`: the ARN of the API. */
export type CallerPolicies = (
  request: PolicyRequest,
  api: string,
) => Partial<Pick<AccessQuestion, "identity" | "boundary" | "session" | "organization" | "authorizer">>;

export type PolicyRole = "resource" | "endpoint" | "identity" | "boundary" | "session" | "organization" | "authorizer";

/** `by`: the policies that decided; those that denied explicitly, those that were silent, or those that allowed. */
export type AccessAnswer = {
  readonly allowed: boolean;
  readonly because: "explicit deny" | "implicit deny" | "allow" | "nothing to ask";
  readonly by: readonly PolicyRole[];
};
