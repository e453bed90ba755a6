/**
 * What rules and transforms are asked about: one request on its way through the phases, beside what the gateway was bound
 * to when it started. Emitted code gets one of these and reads it through `facts.ts`.
 */
import type { HeaderField } from "../contract/gateway.ts";
import type { CallerPolicies, SideAction } from "../contract/iam.ts";
import type { BodyRead } from "../contract/request.ts";
import type { Withheld } from "../contract/verification.ts";
import type { TableData } from "../contract/table-data.ts";
import type { ClassOf } from "./table-views.ts";
import type { CanonicalRequest } from "./canonical-request.ts";
import type { Address } from "./ip.ts";
import type { LoneNetwork } from "./lone-networks.ts";
import type { RouteList } from "./route-list.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** Fixed when the gateway starts. */
export type Bound = {
  readonly data: TableData;
  readonly routes: RouteList;
  readonly patterns: readonly RegExp[];
  /** `data.values` of which the members are asked for. */
  readonly members: readonly ReadonlySet<unknown>[];
  /** Networks that are asked by themselves, as they were when the gateway was built. */
  readonly lone: readonly LoneNetwork[];
  readonly classOf: ClassOf;
  /** By declaration. */
  readonly environment: readonly unknown[];
  readonly stage: string | undefined;
  readonly zones: ZoneClock;
  readonly policies: Policies;
};

/** What asks the IAM documents of the program. */
export type Policies = {
  /** Numbers of statements that apply, of those that ask about the caller or of all others. */
  readonly applying: (call: Call, document: number, asksCaller: boolean) => readonly number[];
  /** Whether AWS would let the call in, by the table for how the caller is known. */
  readonly awsAllows: (call: Call, document: number, orDenied: boolean) => boolean;
  /** The same where rules stand for the resource policy. */
  readonly awsTable: (call: Call, allows: boolean, orDenied: boolean) => boolean;
  /** Whether IAM lets the caller do more than call: by the same tables, and never where nothing says so. */
  readonly mayAct: (call: Call, asked: SideAction) => boolean;
};

export type Call = {
  readonly bound: Bound;
  readonly request: CanonicalRequest;
  readonly client: Address;
  /** Networks that are asked by themselves, the same for the whole request. */
  readonly lone: readonly LoneNetwork[];
  readonly clientText: string;
  /** Whether the client came by TLS, as far as the gateway can tell. */
  readonly secure: boolean;
  /** After HEAD = GET. */
  readonly method: string;
  /** `Route.key` */
  readonly route: string;
  /** Milliseconds since 1970 UTC, the same for the whole request. */
  readonly now: number;
  /** Names and values side by side. */
  readonly parameterNames: readonly string[];
  readonly parameters: readonly unknown[];
  /** The parameters as they stand in the path, decoded. */
  readonly shown: readonly (string | number)[];
  /** Decoded once where a route reads queries. */
  readonly queries: readonly (readonly [name: string, value: string])[];
  /** Undefined at the gateway's own door. */
  readonly entry: CallEntry | undefined;
  /** What a backend is told of the call's trace; undefined: what the client says of it goes on. */
  readonly traceFields: readonly HeaderField[] | undefined;
  /** One for each identity that was asked for, in the order of `accept`; empty: nobody yet. */
  principals: readonly CallPrincipal[];
  /** The bytes of the body, once somebody asked for them. */
  bytes: Promise<BodyRead> | undefined;
  body: unknown;
  /** The body came in a coding, and goes on without it. */
  isDecoded: boolean;
  /** The body of the backend's answer, while that is mapped. */
  readonly answer?: unknown;
};

/** The last three at VPC endpoints only. */
export type CallEntry = { readonly name: string; readonly vpce?: string; readonly vpc?: string; readonly vpcIp?: string };

/** `identity` is an index into `data.identities`. `withheld`: what of the credential the backend must not get. */
export type CallPrincipal = {
  readonly identity: number;
  readonly id: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly withheld: Withheld | undefined;
  readonly policies: CallerPolicies | undefined;
};
