/**
 * A backend of a started gateway, whatever its kind. A kind is a function from its row in the tables to one of these; the kernel
 * knows no kind, and handlers bring those that they use.
 */
import type { BackendData } from "../contract/backend-data.ts";
import type { Answer, Cause } from "../contract/gateway.ts";
import type { HostBackend } from "../contract/host-backend.ts";
import type { ReadAnswer } from "../contract/read-answer.ts";
import type { Configuration } from "../contract/world.ts";
import type { Call } from "./call.ts";
import type { CanonicalRequest } from "./canonical-request.ts";

export type RunningBackend = {
  /** How the host reaches it; absent: it is asked for nothing. */
  readonly host?: HostBackend;
  readonly plan: PlanCall;
  readonly admit?: AdmitUpgrade;
};

/** Of a backend whose routes are for upgrades alone: why a request is none that may be. `isNamed`: whether the route lets pages of an origin call. */
export type AdmitUpgrade = (request: CanonicalRequest, isNamed: (origin: string) => boolean) => Cause | undefined;

/** What an allowed request gets. Undefined: a part of it could not stand where it has to, and the request must be refused. */
export type PlanCall = (call: Call, passing: Passing) => Answer | undefined;

/** Beside the call. Names lower-case, sorted by name; a set header without a value is removed. */
export type Passing = {
  readonly protocol: "http" | "https";
  readonly requestId: string;
  /** The bytes, where the gateway has read them; `none`: the request has no body. */
  readonly body: "stream" | "none" | Uint8Array;
  /** DER of the certificates that the caller showed, its own first; empty: none. */
  readonly certificates: readonly Uint8Array[];
  /** What the backend shares its calls out by. */
  readonly key: string | undefined;
  readonly onRequest: readonly SetHeader[];
  readonly onResponse: readonly SetHeader[];
  /** Names of the answer that get the values of other fields. */
  readonly moved: readonly MovedHeader[] | undefined;
  /** How the answer is read; absent: it passes as it comes. */
  readonly read?: ReadAnswer;
  /** Fields that the answer does not have. */
  readonly unsaid?: readonly string[];
};
export type MovedHeader = readonly [to: string, from: string];
export type SetHeader = readonly [name: string, value: string | undefined];

/** What the start brings: the late values of the backend by setting, the environment, and the ARN of the API. Undefined: reported already. */
export type BackendBrought = {
  readonly late: Readonly<Record<string, readonly unknown[]>>;
  readonly variables: Configuration["variables"];
  readonly api: string;
};

export type StartBackend<Data extends BackendData> = (data: Data, brought: BackendBrought, problems: string[]) => RunningBackend;
export type BackendKinds = { readonly [Kind in BackendData["kind"]]?: StartBackend<Extract<BackendData, { kind: Kind }>> };

export function startBackend(data: BackendData, kinds: BackendKinds, brought: BackendBrought, problems: string[]): RunningBackend {
  // INVARIANT: each kind starts its own rows, which the type of the table grants.
  const start = kinds[data.kind] as StartBackend<BackendData> | undefined;
  if (start === undefined) throw new Error(`the handler brings no backends of kind ${data.kind}`);
  return start(data, brought, problems);
}
