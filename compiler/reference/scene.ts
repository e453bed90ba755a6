/** All that an expression may ask about. Promises: parts appear as the phases go; what is not yet known is absent, never guessed. */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { CallerPolicies } from "../../runtime/contract/iam.ts";
import type { Expr } from "../model/expression.ts";
import type { PolicyFile } from "../model/iam.ts";
import type { Tags } from "../model/program.ts";
import type { Value } from "../model/types.ts";
import type { NamedNetwork } from "./networks.ts";
import type { QueryField } from "./query.ts";

/** Known when the gateway starts. */
export type Bound = {
  readonly stage: string | undefined;
  readonly variables: Readonly<Record<string, Value>>;
  readonly networks: readonly NamedNetwork[];
  readonly documents: readonly PolicyFile[];
  /** The identities whose callers IAM knows. */
  readonly signers: readonly string[];
  /** The identities that return a policy for their callers. */
  readonly authorizers: readonly string[];
  /** `arn:aws:execute-api:eu-west-1:111122223333:abc123` */
  readonly api: string;
};

export type RouteFacts = {
  readonly tags: Tags;
  readonly api: string | undefined;
  readonly version: number | undefined;
  readonly path: string;
};

export type Caller = {
  readonly identity: string;
  readonly id: string;
  readonly claims: Readonly<Record<string, Value>>;
  readonly policies?: CallerPolicies;
};

/** The last three at VPC endpoints only. */
export type EntryFacts = { readonly name: string; readonly vpce?: string; readonly vpc?: string; readonly vpcIp?: string };

export type Scene = Bound & {
  readonly route?: RouteFacts;
  /** As rules see it: `HEAD` on HEAD routes only. */
  readonly method?: string;
  readonly request?: {
    /** Canonical text. */
    readonly client: string;
    readonly path: string;
    readonly host: string;
    readonly fields: readonly HeaderField[];
    readonly query: readonly QueryField[];
    readonly parameters: Readonly<Record<string, Value>>;
    /** Milliseconds since 1970 UTC. */
    readonly now: number;
    /** Whether the client came by TLS, as far as the gateway can tell. */
    readonly secure?: boolean;
  };
  /** Absent at the gateway's own door. */
  readonly entry?: EntryFacts;
  /** One for each identity that was asked for, in the order of `accept`. */
  readonly callers?: readonly Caller[];
  readonly body?: Value;
  /** The body of the backend's answer, while that is mapped. */
  readonly answer?: Value;
  /** Elements of lists that are being mapped, the outermost first. */
  readonly items?: readonly Value[];
};

/** What the parameters of a policy stand for: expressions, and in turn what *their* parameters stand for. */
export type Arguments = { readonly values: Readonly<Record<string, Expr>>; readonly around: Arguments } | undefined;
