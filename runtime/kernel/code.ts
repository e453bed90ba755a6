/**
 * What emitted code gives the kernel: functions by number, in the order of the tables' rows. Everything else about a
 * gateway is data.
 */
import type { Answer } from "../contract/gateway.ts";
import type { HostObserve } from "../contract/observe.ts";
import type { Bound, Call } from "./call.ts";
import type { StartNames } from "./call-names.ts";
import type { StartCaching } from "./caching.ts";
import type { Predicate, Subject } from "./diagram.ts";
import type { AnswerReading } from "./answer-reading.ts";
import type { StartPolicies } from "./policies.ts";
import type { BackendKinds, Passing, PlanCall } from "./running-backend.ts";
import type { IdentityKinds } from "./running-identity.ts";
import type { RouteReleaseCode, StartReleases } from "./releases.ts";
import type { StartShaping } from "./shaping.ts";
import type { Validity } from "./validity.ts";
import type { StartTraffic } from "./traffic.ts";
import type { StartVersions } from "./versions.ts";

export type GatewayCode = {
  readonly predicates: readonly Predicate[];
  /** What lookups look up, each once. */
  readonly subjects: readonly Subject[];
  /** Each once: the data of a route says which is its own. */
  readonly routes: readonly RouteCode[];
  /** How each kind of identity that the tables have is started. */
  readonly identities: IdentityKinds;
  /** The same for backends. */
  readonly backends: BackendKinds;
  /** Where the program has IAM documents. */
  readonly policies?: StartPolicies;
  /** Where the program says more of its answers than routes and rules do. */
  readonly shaping?: StartShaping;
  /** Where the program limits traffic. */
  readonly traffic?: StartTraffic;
  /** Where the program keeps answers. */
  readonly caching?: StartCaching;
  /** Where the program says something of ids or traces. */
  readonly names?: StartNames;
  /** Where the program divides calls between versions of backends. */
  readonly releases?: StartReleases;
  /** Where requests choose between versions of an api. */
  readonly versions?: StartVersions;
  /** Where the program says how it is observed. */
  readonly observe?: StartObserve;
  readonly start: StartCode;
};

export type StartObserve = (bound: Bound, start: StartCode, problems: string[]) => HostObserve | undefined;

export type RouteCode = {
  /** For each parameter of the path how its text is read; none: as it is. */
  readonly parameters: readonly (ReadParameter | undefined)[];
  readonly body?: ValidateBody;
  /** In the order of the names in the tables. */
  readonly requestHeaders: readonly Subject[];
  readonly responseHeaders: readonly Subject[];
  /** What its backend shares calls out by, where it does. */
  readonly backendKey?: Subject;
  /** In the order of the limits in the tables; none: the limit has no key. */
  readonly limitKeys?: readonly (Subject | undefined)[];
  /** What is asked of header fields, query and media types. */
  readonly validate?: (call: Call) => Validity;
  /** The call as the backend gets it, where path or query are others. */
  readonly reshape?: (call: Call) => Call;
  /** What the backend gets as body, where that is made of the request. Undefined: it is larger than bodies may be. */
  readonly mapBody?: (call: Call) => Uint8Array | undefined;
  /** How answers of the backend are read, where the route says what they are. */
  readonly readAnswer?: (call: Call) => AnswerReading;
  /** What a call comes to that several backends answer together; `plans`: how each part's is asked. */
  readonly compose?: (call: Call, passing: Passing, plans: readonly PlanCall[]) => Answer | undefined;
  /** Whether limits of plans hold, in their order in the tables. */
  readonly planWheres?: readonly Predicate[];
  readonly release?: RouteReleaseCode;
  /** What answers that are kept are told apart by, beside the request. */
  readonly cacheKey?: readonly Subject[];
};

/** The value of a decoded segment, or undefined where it does not fit the parameter's type. */
export type ReadParameter = (text: string, bound: Bound) => unknown;
export type ValidateBody = (body: unknown) => boolean;
export type StartValue = (bound: Bound) => unknown;

/** What is known when the gateway starts; each list in the order of the tables. */
export type StartCode = {
  /** Undefined where the gateway has entries only. */
  readonly listen: StartValue;
  /** What IAM documents call the API: partition, region, account, id. Empty: what is usual. */
  readonly api: readonly StartValue[];
  readonly hosts: readonly StartValue[];
  /** Of an environment value that has none in the program: undefined. */
  readonly environment: readonly StartValue[];
  readonly identities: readonly LateCode[];
  readonly entries: readonly LateCode[];
  /** Absent: there are none. */
  readonly stores?: readonly LateCode[];
  readonly backends: readonly LateCode[];
  /** The origins of each level that has `cors`. */
  readonly cors?: readonly StartValue[];
  /** Of each release; undefined where nobody is drawn. */
  readonly shares?: readonly StartValue[];
};
/** By setting. */
export type LateCode = Readonly<Record<string, readonly StartValue[]>>;
