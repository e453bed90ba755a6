/**
 * A gateway behind its doors. Promises strict parsing, deadlines on every phase, and that all a request may do is what its
 * outcome says. Knows no rule of any gateway.
 */
import type { Gateway, HostListener, HostSettings } from "../../contract/gateway.ts";
import type { World } from "../../contract/world.ts";
import { accessLog, type LogSink } from "../../observe/access-entry.ts";
import { type Observer, together } from "../../observe/observer.ts";
import { readiness } from "../../observe/readiness.ts";
import { byOwnDoor } from "./door.ts";
import type { Host, HostCache } from "./host.ts";
import { httpBackend } from "./forward.ts";
import { type BackendOpeners, openBackend } from "./hosted-backend.ts";
import { closed, httpServer, retired } from "./http-server.ts";
import type { OpenDoor } from "./listener.ts";
import { listening } from "./listening.ts";
import type { Observing } from "./observe/observing.ts";
import type { Overload } from "./overload.ts";
import type { NodeParts } from "./parts.ts";
import { limitConnections } from "./shed.ts";

export type ServeOptions = {
  /** Instead of the settings' port; 0: any free one. */
  readonly port?: number;
  /** The address to listen on; without one: all. */
  readonly address?: string;
  /** `file:line` of each site. */
  readonly sites: readonly string[];
  readonly log: LogSink;
  /** Told beside the log. */
  readonly observers?: readonly Observer[];
  /** Where the gateway says how it is observed. */
  readonly observing?: Observing | undefined;
  readonly fault: (id: string, error: unknown) => void;
  /** What `/-/version` says; without it there is no such thing. */
  readonly shownArtefact?: string;
  /** Without it whatever comes is taken. */
  readonly overload?: Overload;
  /** How answers are compressed. */
  readonly compress?: NodeParts["compress"];
  /** How answers are read whole. */
  readonly readWhole?: NodeParts["readWhole"];
  /** How answers are made that several backends give together. */
  readonly compose?: NodeParts["compose"];
  /** Where answers are kept. */
  readonly cache?: HostCache;
  /** How entries that listen are opened. */
  readonly openListener?: NodeParts["openListener"];
  /** How doors speak HTTP/2. */
  readonly http2Doors?: NodeParts["http2Doors"];
  /** How kinds of backends are reached that few gateways have. */
  readonly backends?: BackendOpeners;
};
export type Serving = {
  /** Of the first door. */
  readonly address: string;
  readonly port: number;
  /** The gateway's own, if it has one, then its entries in their order, then that of those who look after it. */
  readonly doors: readonly OpenDoor[];
  /** Takes no more connections, lets calls in flight end for at most `grace` milliseconds, then breaks them. */
  readonly stop: (grace: number) => Promise<void>;
  /** Tells whoever observes. */
  readonly happened: Observer["happened"];
  /** Takes no more connections, and ends each that is there with its next answer or after its idle time. Breaks none. */
  readonly retire: () => Promise<void>;
};

/** Resolves when listening at all doors; rejects where that is not possible. */
export async function serve(
  started: { readonly gateway: Gateway; readonly settings: HostSettings },
  world: World,
  options: ServeOptions,
): Promise<Serving> {
  const { gateway, settings } = started;
  let leaving: "no" | "retiring" | "stopping" = "no";
  const openers: BackendOpeners = { http: httpBackend, ...options.backends };
  const { sites, log, observers = [], observing, fault } = options;
  const observer = together([observing?.log ?? accessLog(log, sites), ...(observing?.observers ?? []), ...observers]);
  const ready = readiness(() => performance.now());
  const around = { world, observer, readiness: ready };
  const backends = new Map(settings.backends.map((backend) => [backend.name, openBackend(backend, openers, around)]));
  const { shownArtefact, overload } = options;
  const state = {
    ...(shownArtefact === undefined ? {} : { shownArtefact }),
    ...(overload === undefined ? {} : { overload }),
    isStopping: () => leaving === "stopping",
    isLeaving: () => leaving !== "no",
    ...partsOf(options),
  };
  const host: Host = { gateway, settings, world, backends, observer, readiness: ready, fault, ...state };
  const doors: OpenDoor[] = [];
  let observed: readonly OpenDoor[] = [];
  const stop = async (grace: number): Promise<void> => {
    leaving = "stopping";
    overload?.close();
    const drained = Array.from(backends.values(), (backend) => backend.drain?.(grace));
    await Promise.all([...drained, ...[...doors, ...observed].map((door) => door.stop(grace))]);
    await observing?.close();
    for (const pool of backends.values()) pool.close();
  };
  const retire = async (): Promise<void> => {
    if (leaving === "no") leaving = "retiring";
    const drained = Array.from(backends.values(), (backend) => backend.drain?.(undefined));
    await Promise.all([...drained, ...[...doors, ...observed].map((door) => door.retire())]);
    await observing?.close();
    for (const pool of backends.values()) pool.close();
  };
  try {
    observed = (await observing?.open(host)) ?? [];
    if (settings.port !== undefined) doors.push(await openOwn(host, options.port ?? settings.port, options.address));
    for (const entry of settings.entries) if (entry.kind === "listener") doors.push(await opened(host, entry, options));
    observing?.started();
  } catch (error) {
    await stop(0);
    throw error;
  }
  const [first] = doors;
  return {
    address: first?.address ?? "",
    port: first?.port ?? 0,
    doors: [...doors, ...observed],
    happened: observer.happened,
    stop,
    retire,
  };
}

function opened(host: Host, entry: HostListener, { openListener, address }: ServeOptions): Promise<OpenDoor> {
  if (openListener === undefined) throw new Error(`the server brings nothing that could open the entry \`${entry.name}\``);
  return openListener(host, entry, address);
}

async function openOwn(host: Host, port: number, address: string | undefined): Promise<OpenDoor> {
  const http = httpServer(host, "", byOwnDoor, { http2: host.settings.http2 });
  if (host.overload !== undefined) limitConnections(http.server, host.overload);
  const bound = await listening(http.server, { kind: "port", port }, address);
  return { ...bound, isTls: false, stop: (grace) => closed(http, grace), retire: () => retired(http) };
}

function partsOf({ compress, readWhole, http2Doors, cache, compose }: ServeOptions): Partial<Host> {
  return {
    ...(compress && { compress }),
    ...(readWhole && { readWhole }),
    ...(http2Doors && { http2Doors }),
    ...(cache && { cache }),
    ...(compose && { compose }),
  };
}
