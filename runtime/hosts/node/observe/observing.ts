/** What a gateway that says how it is observed has beside the others: observers of its calls, and a door where they are told. */
import { createHmac, randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { HostSettings } from "../../../contract/gateway.ts";
import { callLog } from "../../../observe/log/call-log.ts";
import type { Family } from "../../../observe/metrics/families.ts";
import { metrics } from "../../../observe/metrics/metrics.ts";
import { nobody, type Observer } from "../../../observe/observer.ts";
import { spansOf } from "../../../observe/spans.ts";
import type { Host } from "../host.ts";
import type { OpenDoor } from "../listener.ts";
import { backendChecks } from "./backend-checks.ts";
import { keyChecks } from "./key-checks.ts";
import { healthPages } from "./health-pages.ts";
import { listChecks } from "./list-checks.ts";
import { openObserveDoor, type Page } from "./observe-door.ts";
import type { Collector, Otlp } from "./otlp.ts";
import type { Prometheus } from "./prometheus.ts";
import { storeChecks } from "./store-checks.ts";
import { workerFiguresOf } from "./worker-figures.ts";

export type Observing = {
  readonly observers: readonly Observer[];
  /** In place of the usual log. */
  readonly log?: Observer;
  /** To be called once, before the gateway's own doors open. */
  readonly open: (host: Host) => Promise<readonly OpenDoor[]>;
  /** The gateway's doors are open. */
  readonly started: () => void;
  /** The last call has ended. */
  readonly close: () => Promise<void>;
};

/** What the server brings. */
export type ObservingParts = { readonly prometheus?: Prometheus | undefined; readonly otlp?: Otlp | undefined };
/** What the process knows: `file:line` of each site, and where lines of the log and faults go. */
export type ObservingAround = {
  readonly sites: readonly string[];
  readonly write: (line: object | string) => void;
  readonly fault: (id: string, error: unknown) => void;
};

export function observing(settings: HostSettings, { prometheus, otlp }: ObservingParts, around: ObservingAround): Observing {
  const { observe, backends } = settings;
  const counted = observe?.metrics === undefined ? undefined : metrics(observe.measured, observe.metrics);
  const ofProcess = counted && prometheus?.measureProcess();
  const families = async (): Promise<readonly Family[]> => [...(counted?.families() ?? []), ...((await ofProcess?.()) ?? [])];
  const workers = counted === undefined ? undefined : workerFiguresOf(families);
  const collector = (url: string): Collector => ({ url, attributes: resource(settings), fault: (error) => around.fault("", error) });
  const to = observe?.metrics?.to;
  const reports = to && brought(otlp).figures({ ...collector(to.url), every: to.every }, families);
  const tracesTo = observe?.tracesTo;
  const spans = tracesTo === undefined ? undefined : brought(otlp).spans(collector(tracesTo));
  let hasStarted = false;
  return {
    ...(observe?.log === undefined ? {} : { log: callLog({ settings: observe.log, ...around, digest: digests() }) }),
    observers: [...(counted === undefined ? [] : [counted]), ...(spans === undefined ? [] : [tracer(spans.send, around.sites)])],
    open: async ({ world, readiness, isStopping, fault }) => {
      const checks = [
        ...backendChecks(backends),
        ...keyChecks(observe?.keys ?? [], world),
        ...storeChecks(settings.stores ?? [], world),
        ...listChecks(settings.lists ?? [], world),
      ];
      for (const check of checks) readiness.add(check);
      if (observe?.door === undefined) return [];
      const health = healthPages({ hasStarted: () => hasStarted, isStopping, readiness });
      const figures = async (): Promise<Page> => {
        const own = await families();
        const { contentType, text } = await brought(prometheus).exposition([own, ...((await workers?.gather(own)) ?? [])]);
        return { status: 200, contentType, text };
      };
      const pages = new Map([...health, ...(counted === undefined ? [] : [["/metrics", figures] as const])]);
      return [await openObserveDoor(observe.door, pages, (error) => fault("", error))];
    },
    started: () => {
      hasStarted = true;
    },
    close: async () => {
      await Promise.race([Promise.allSettled([workers?.farewell(), reports?.close(), spans?.close()]), later(longestFarewell)]);
    },
  };
}

/** Milliseconds: a collector that is away does not hold the process. */
const longestFarewell = 3_000;

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function brought<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error("the server does not bring what the gateway is observed with");
  return part;
}

/** Texts by a key that is gone with the process: equal ones are told apart from others, and nobody finds out what they were. */
function digests(): (text: string) => string {
  const key = randomBytes(32);
  return (text) => createHmac("sha256", key).update(text).digest("hex").slice(0, 16);
}

function tracer(send: (spans: ReturnType<typeof spansOf>) => void, sites: readonly string[]): Observer {
  const freshId = (): string => randomBytes(8).toString("hex");
  return { ...nobody, wantsPhases: true, ended: (record) => send(spansOf(record, { sites, freshId })) };
}

/** Of this process (OpenTelemetry semantic conventions for resources). */
function resource({ name, observe }: HostSettings): Readonly<Record<string, string>> {
  const stage = observe?.measured.stage;
  return {
    "service.name": name,
    "service.instance.id": `${hostname()}:${process.pid}`,
    ...(stage === undefined ? {} : { "deployment.environment.name": stage }),
  };
}
