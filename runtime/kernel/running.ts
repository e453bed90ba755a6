/** A started gateway, as the phases of a request use it. Made once, never changed. */
import type { RequestRules } from "../contract/request-rules.ts";
import type { ResponseData } from "../contract/backend-data.ts";
import type { RouteData } from "../contract/table-data.ts";
import type { Bound } from "./call.ts";
import type { CallNames } from "./call-names.ts";
import type { Caching } from "./caching.ts";
import type { RouteCode } from "./code.ts";
import type { DiagramWalker } from "./diagram.ts";
import type { Address } from "./ip.ts";
import type { LoneNow } from "./lone-networks.ts";
import type { PeerOf } from "./peer-memory.ts";
import type { FindEntry } from "./entries.ts";
import type { HeaderSetters } from "./header-setters.ts";
import type { MatchRoute } from "./route-match.ts";
import type { AdmitUpgrade, PlanCall } from "./running-backend.ts";
import type { Releases } from "./releases.ts";
import type { RunningIdentity } from "./running-identity.ts";
import type { Shaping } from "./shaping.ts";
import type { Tables } from "./table-views.ts";
import type { RouteLimits, Traffic } from "./traffic.ts";
import type { Versions } from "./versions.ts";

export type Running = {
  readonly bound: Bound;
  readonly tables: Tables;
  readonly rules: RequestRules;
  /** Whether it is a trusted proxy. */
  readonly isTrusted: (address: Address) => boolean;
  readonly peerOf: PeerOf;
  readonly loneNow: LoneNow;
  readonly matchRoute: MatchRoute;
  readonly diagram: DiagramWalker;
  readonly findEntry: FindEntry;
  /** By number, made when it is first asked for. */
  readonly routeAt: (route: number) => RunningRoute;
  readonly identities: readonly RunningIdentity[];
  readonly shaping: Shaping | undefined;
  /** Absent: each call has a fresh id, and no trace. */
  readonly names?: CallNames;
  /** Absent: nothing is limited. */
  readonly traffic?: Traffic;
  /** Absent: no answer is kept. */
  readonly caching?: Caching;
  /** Absent: no backend has a next version. */
  readonly releases?: Releases;
  /** Absent: no request chooses a version. */
  readonly versions?: Versions;
  /** Targets by backend, where there are releases. */
  readonly backends: readonly RunningTarget[];
  readonly backendNames: readonly string[];
};

export type RunningRoute = {
  readonly data: RouteData;
  readonly code: RouteCode;
  readonly target: RunningTarget;
  readonly limits: RouteLimits;
  readonly onRequest: HeaderSetters;
  readonly onResponse: HeaderSetters;
};
export type RunningTarget =
  | { readonly kind: "backend"; readonly plan: PlanCall; readonly admit?: AdmitUpgrade }
  | { readonly kind: "respond"; readonly response: ResponseData }
  /** In the order of the parts. */
  | { readonly kind: "compose"; readonly plans: readonly PlanCall[] };
