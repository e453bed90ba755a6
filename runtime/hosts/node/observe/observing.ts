/** What a gateway that says how it is observed has beside the others: observers of its calls, and a door where they are told. */
import type { HostSettings } from "../../../contract/gateway.ts";
import type { Family } from "../../../observe/metrics/families.ts";
import { metrics } from "../../../observe/metrics/metrics.ts";
import type { Observer } from "../../../observe/observer.ts";
import type { Host } from "../host.ts";
import type { OpenDoor } from "../listener.ts";
import { backendChecks } from "./backend-checks.ts";
import { healthPages } from "./health-pages.ts";
import { openObserveDoor, type Page } from "./observe-door.ts";
import type { Prometheus } from "./prometheus.ts";

export type Observing = {
  readonly observers: readonly Observer[];
  /** This process's own figures. */
  readonly families: () => Promise<readonly Family[]>;
  /** To be called once, before the gateway's own doors open. */
  readonly open: (host: Host) => Promise<readonly OpenDoor[]>;
  /** The gateway's doors are open. */
  readonly started: () => void;
};

/** What the server brings. `gather`: the figures of the other processes that serve the same gateway. */
export type ObservingParts = {
  readonly prometheus?: Prometheus | undefined;
  readonly gather?: () => Promise<readonly (readonly Family[])[]>;
};

export function observing({ observe, backends }: HostSettings, { prometheus, gather = alone }: ObservingParts): Observing {
  const counted = observe?.metrics === undefined ? undefined : metrics(observe.measured, observe.metrics);
  const ofProcess = counted && prometheus?.measureProcess();
  const families = async (): Promise<readonly Family[]> => [...(counted?.families() ?? []), ...((await ofProcess?.()) ?? [])];
  let hasStarted = false;
  return {
    observers: counted === undefined ? [] : [counted],
    families,
    open: async ({ readiness, isStopping, fault }) => {
      for (const check of backendChecks(backends)) readiness.add(check);
      if (observe?.door === undefined) return [];
      const health = healthPages({ hasStarted: () => hasStarted, isStopping, readiness });
      const figures = async (): Promise<Page> => {
        if (prometheus === undefined) throw new Error("the server brings nothing that could write figures");
        const { contentType, text } = await prometheus.exposition([await families(), ...(await gather())]);
        return { status: 200, contentType, text };
      };
      const pages = new Map([...health, ...(counted === undefined ? [] : [["/metrics", figures] as const])]);
      return [await openObserveDoor(observe.door, pages, (error) => fault("", error))];
    },
    started: () => {
      hasStarted = true;
    },
  };
}

const alone = (): Promise<readonly []> => Promise.resolve([]);
