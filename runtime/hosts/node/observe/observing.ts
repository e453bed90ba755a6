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
import { workerFiguresOf } from "./worker-figures.ts";

export type Observing = {
  readonly observers: readonly Observer[];
  /** This process's own figures. */
  readonly families: () => Promise<readonly Family[]>;
  /** To be called once, before the gateway's own doors open. */
  readonly open: (host: Host) => Promise<readonly OpenDoor[]>;
  /** The gateway's doors are open. */
  readonly started: () => void;
  /** The last call has ended. */
  readonly close: () => Promise<void>;
};

/** What the server brings. */
export type ObservingParts = { readonly prometheus?: Prometheus | undefined };

export function observing({ observe, backends }: HostSettings, { prometheus }: ObservingParts): Observing {
  const counted = observe?.metrics === undefined ? undefined : metrics(observe.measured, observe.metrics);
  const ofProcess = counted && prometheus?.measureProcess();
  const families = async (): Promise<readonly Family[]> => [...(counted?.families() ?? []), ...((await ofProcess?.()) ?? [])];
  const workers = counted === undefined ? undefined : workerFiguresOf(families);
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
        const own = await families();
        const { contentType, text } = await prometheus.exposition([own, ...((await workers?.gather(own)) ?? [])]);
        return { status: 200, contentType, text };
      };
      const pages = new Map([...health, ...(counted === undefined ? [] : [["/metrics", figures] as const])]);
      return [await openObserveDoor(observe.door, pages, (error) => fault("", error))];
    },
    started: () => {
      hasStarted = true;
    },
    close: async () => workers?.farewell(),
  };
}
