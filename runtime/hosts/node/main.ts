/**
 * A built gateway as a process that serves: `worker.js` calls this. Promises: it serves, or says in plain lines why not and exits with 78
 * (`EX_CONFIG` of sysexits); on SIGTERM and SIGINT calls in flight end first.
 */
import { flushCompileCache } from "node:module";
import type { HostSettings, Start } from "../../contract/gateway.ts";
import { announce } from "./announce.ts";
import type { ListScripts } from "./lists/open-lists.ts";
import { logWriter } from "./log-writer.ts";
import type { NodeParts } from "./parts.ts";
import { readCacheSize } from "./cache-size.ts";
import { overload } from "./overload.ts";
import { readOverloadLimits } from "./overload-limits.ts";
import { readBundle } from "./read-bundle.ts";
import { readableStack } from "./readable-stack.ts";
import { type ServeOptions, type Serving, serve } from "./serve.ts";
import { obeySupervisor, partFromSupervisor, tellReleaseStopped } from "./supervisor/obey-supervisor.ts";
import { supervised } from "./supervisor/messages.ts";
import { changeTicketKeys, freshTicketKeys, ticketKeysLast } from "./ticket-keys.ts";
import { watchers } from "./watchers.ts";
import { nodeWorld } from "./world.ts";

export type ServerParts = NodeParts & {
  readonly createGateway: (tables: Uint8Array) => Start;
  /** The files beside the server. */
  readonly tables: URL;
  readonly manifest: URL;
  /** Where `openLists` is brought. */
  readonly listScripts?: ListScripts;
};

const isSupervised = process.argv[2] === supervised;
const badConfiguration = 78;
const cannotListen = 1;
/** Milliseconds that calls in flight get when the process is asked to stop. */
const grace = 10_000;

/** Reads `PORT`, `STAGE`, `CACHE_MIB`, `SHOW_VERSION` and the declared variables from the environment. */
export async function startServer({ createGateway, tables, manifest, listScripts, ...parts }: ServerParts): Promise<void> {
  const bundle = readBundle(tables, manifest);
  if (!bundle.ok) return refuse([bundle.problem], badConfiguration);
  const { PORT, STAGE, SHOW_VERSION, LISTS } = process.env;
  const started = createGateway(bundle.tables)({ stage: STAGE, variables: process.env });
  const limits = readOverloadLimits(process.env);
  const cacheSize = readCacheSize(process.env);
  const port = PORT === undefined ? undefined : readPort(PORT);
  const problems = [
    ...("problems" in started ? started.problems : []),
    ...(port !== undefined && "settings" in started && started.settings.port === undefined
      ? ["`PORT` is set, but the gateway has no `listen` of its own: its entries say where they listen"]
      : []),
    ...(SHOW_VERSION === undefined || SHOW_VERSION === "on" || SHOW_VERSION === "off" ? [] : ["`SHOW_VERSION` must be `on` or `off`"]),
    ...("problems" in limits ? limits.problems : []),
    ...("problems" in cacheSize ? cacheSize.problems : []),
    ...(port === null ? ["`PORT` must be a number from 0 to 65535"] : []),
  ];
  if ("problems" in started || "problems" in limits || "problems" in cacheSize || port === null || problems.length > 0)
    return refuse(problems, badConfiguration);
  const lines = logWriter(process.stdout);
  const opened = listScripts && parts.openLists?.(started.settings.lists ?? [], { place: LISTS, scripts: listScripts, tell: lines.write });
  if (opened?.ok === false) return refuse([opened.problem], badConfiguration);
  const lists = opened?.lists;
  const fault = (id: string, error: unknown): void => void process.stderr.write(`${faultLine(id, error)}\n`);
  let serving: Serving | undefined;
  try {
    const observing = parts.observing?.(started.settings, parts, { sites: bundle.sites, write: lines.write, fault });
    const watching = watchers(parts, started.settings, lines.write, (release) => {
      serving?.happened({ kind: "release-stopped", release });
      if (isSupervised) tellReleaseStopped(release);
    });
    const options = {
      overload: overload(limits.limits, (shed) => lines.write({ time: new Date().toISOString(), event: "overload", ...shed })),
      sites: bundle.sites,
      log: lines.write,
      fault,
      observers: watching.observers,
      ...(SHOW_VERSION === "on" ? { shownArtefact: bundle.artefact } : {}),
      ...servingParts(parts, started.settings, cacheSize.bytes),
      ...(observing && { observing }),
      ...(port === undefined ? {} : { port }),
    };
    // Whoever the list of the build does not know yet is not let in for a moment.
    await lists?.first;
    const listed = lists && { networks: lists.networks };
    serving = await serve(started, { ...nodeWorld(parts, started.settings.stores), ...watching.world, ...listed }, options);
    const leave = stopOnSignals(serving, () => {
      watching.flush();
      return lines.flush();
    });
    const reloadLists = lists?.reload ?? (() => Promise.resolve([]));
    if (isSupervised) obeySupervisor(started.settings.name, serving, { leave, endRelease: watching.endRelease, reloadLists });
    else servesAlone(started.settings.name, serving.doors);
    lists?.observe(serving.happened, !isSupervised && !process.stdout.isTTY);
    // Where `NODE_COMPILE_CACHE` says so: else it would be written at a kind end only, which containers seldom have.
    flushCompileCache();
  } catch (error) {
    refuse([`cannot listen: ${error instanceof Error ? error.message : String(error)}`], cannotListen);
  }
}

/** Serving takes its parts as they are, and looks at no others; what observes is opened before. */
function servingParts(parts: Omit<NodeParts, "observing">, { stores = [], name }: HostSettings, cacheBytes: number): Partial<ServeOptions> {
  const { caching, redisAnswers } = parts;
  return { ...parts, ...(caching && { cache: caching(cacheBytes, redisAnswers?.(stores, name), isSupervised) }) };
}

/** Nobody tells it when to change the keys of tickets. */
function servesAlone(gateway: string, doors: Serving["doors"]): void {
  announce(gateway, doors);
  setInterval(() => changeTicketKeys(doors, freshTicketKeys()), ticketKeysLast).unref();
}

function refuse(problems: readonly string[], code: number): void {
  for (const problem of problems) process.stderr.write(`cannot start: ${problem}\n`);
  process.exitCode = code;
  // The channel to its supervisor would keep it, and so would a store that it has reached.
  process.exit();
}

/** Null: not a port. */
function readPort(text: string): number | null {
  return /^[0-9]{1,5}$/.test(text) && Number(text) < 65_536 ? Number(text) : null;
}

function faultLine(id: string, error: unknown): string {
  const what = error instanceof Error ? readableStack(error.stack ?? error.message) : String(error);
  return JSON.stringify({ time: new Date().toISOString(), event: "fault", id, what });
}

export type Leave = (how: "retire" | "stop") => Promise<void>;

/** The first signal stops kindly, a second one at once. Gives what ends this process. */
function stopOnSignals(serving: Serving, flush: () => Promise<void>): Leave {
  let isStopping = false;
  const leave: Leave = async (how) => {
    await (how === "stop" ? serving.stop(grace) : serving.retire());
    await flush();
    if (isSupervised) await partFromSupervisor();
    process.exit(0);
  };
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    await leave("stop");
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  return leave;
}
