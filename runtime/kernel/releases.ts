/** Releases as the kernel knows them: a handler whose program has some brings what chooses. */
import type { Outcome } from "../contract/gateway.ts";
import type { TableData } from "../contract/table-data.ts";
import type { World } from "../contract/world.ts";
import type { Call } from "./call.ts";
import type { Predicate, Subject } from "./diagram.ts";

/** `when`: whoever one of these is true for goes to the next version. `key`: what equal callers are drawn by. */
export type RouteReleaseCode = { readonly when: readonly Predicate[]; readonly key?: Subject };

/** The backend that a call goes to, by its index. `release`: that of the route. */
export type Releases = (release: number, code: RouteReleaseCode, call: Call, world: World) => Side;
export type Side = { readonly release: string; readonly backend: number };

/** `shares`: percent, by release. */
export type StartReleases = (data: TableData, shares: readonly unknown[]) => Releases;

export function releasedOutcome(outcome: Outcome, name: string, side: string): Outcome {
  return { ...outcome, decision: { ...outcome.decision, release: { name, side } } };
}
