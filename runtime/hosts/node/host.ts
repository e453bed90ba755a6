/** What every part of a running Node host shares. Made once at start, never changed. */
import type { Gateway, HostSettings } from "../../contract/gateway.ts";
import type { World } from "../../contract/world.ts";
import type { LogSink } from "../../observe/access-entry.ts";
import type { BackendPool } from "./backend-pool.ts";

export type Host = {
  readonly gateway: Gateway;
  readonly settings: HostSettings;
  readonly world: World;
  readonly backends: ReadonlyMap<string, BackendPool>;
  /** `file:line` of each site. */
  readonly sites: readonly string[];
  readonly log: LogSink;
  /** Something that must not happen did; `id` of the request. */
  readonly fault: (id: string, error: unknown) => void;
  readonly isStopping: () => boolean;
};
