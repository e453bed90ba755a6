/** What every part of a running Node host shares. Made once at start, never changed. */
import type { Gateway, HostSettings } from "../../contract/gateway.ts";
import type { World } from "../../contract/world.ts";
import type { Observer } from "../../observe/observer.ts";
import type { Readiness } from "../../observe/readiness.ts";
import type { BackendPool } from "./backend-pool.ts";

export type Host = {
  readonly gateway: Gateway;
  readonly settings: HostSettings;
  readonly world: World;
  readonly backends: ReadonlyMap<string, BackendPool>;
  /** Told of every call, and of what else happens. */
  readonly observer: Observer;
  /** Parts that need something from outside add a check. */
  readonly readiness: Readiness;
  /** Something that must not happen did; `id` of the request. */
  readonly fault: (id: string, error: unknown) => void;
  readonly isStopping: () => boolean;
};
