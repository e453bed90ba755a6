/** A program with all that its start settles: what every request then shares. */
import type { HostSettings } from "../../runtime/contract/gateway.ts";
import type { Gateway, Program } from "../model/program.ts";
import type { BoundBackend } from "./backend.ts";
import type { AddressTest } from "./membership.ts";
import type { RequestRules } from "./canonical-request.ts";
import type { BoundEntry } from "./entry.ts";
import type { BoundIdentity } from "./identity.ts";
import type { PlacedRoute } from "./placed-route.ts";
import type { Bound } from "./scene.ts";
import type { Ledger } from "./traffic.ts";

export type BoundProgram = {
  readonly program: Program;
  readonly gateway: Gateway;
  readonly bound: Bound;
  readonly requestRules: RequestRules;
  readonly isTrusted: AddressTest;
  /** Peers that may say the id of a call, and its trace. */
  readonly saysIds: AddressTest;
  readonly saysTraces: AddressTest;
  readonly identities: readonly BoundIdentity[];
  readonly backends: readonly BoundBackend[];
  readonly entries: readonly BoundEntry[];
  readonly routes: readonly PlacedRoute[];
  readonly settings: HostSettings;
  /** What its limits have counted since the start: the one thing here that changes. */
  readonly ledger: Ledger;
};
