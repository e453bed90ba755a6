/**
 * One line of the access log. Promises that nothing secret is in it: no token, no field, no query, no claims. JSON escapes
 * whatever a client could use to forge a line.
 */
import type { Decision, Principal } from "../contract/gateway.ts";
import type { CacheResult, CallRecord, PartNote, WebsocketNote } from "./call-record.ts";
import type { HostEvent, Observer } from "./observer.ts";

export type AccessEntry = {
  /** ISO 8601, UTC, when the request's head had come. */
  readonly time: string;
  readonly id: string;
  readonly client: string;
  readonly method: string;
  /** As received, without query. */
  readonly path: string;
  /** The entry that it came by. */
  readonly entry?: string;
  readonly route?: string;
  /** 0 where the connection ended before an answer. */
  readonly status: number;
  readonly effect: Decision["effect"] | "none";
  readonly cause: string;
  /** `file:line` of each determining rule; of the uses that brought it before, outermost first, with `>`. */
  readonly rules: readonly string[];
  readonly principal?: LoggedPrincipal;
  readonly backend?: string;
  /** What went wrong after the decision, or before one could be made. */
  readonly fault?: string;
  /** The gateway's own part, and the part from calling the backend to its last byte; milliseconds. */
  readonly gateway_ms: number;
  readonly backend_ms: number;
  readonly bytes_in: number;
  readonly bytes_out: number;
  /** The answer was not delivered whole. */
  readonly cut?: true;
  /** The route says that it will go. */
  readonly deprecated?: true;
  /** The release that chose between backends, and the one that it chose. */
  readonly release?: { readonly name: string; readonly side: string };
  readonly mirrored?: true;
  /** Where the backend's answer is not what the route says: no value, only names that the program declares. */
  readonly misfit?: string;
  /** Of an answer that several backends give together, in the order of the program. */
  readonly parts?: readonly LoggedPart[];
  /** Of a WebSocket, once it has ended. */
  readonly websocket?: LoggedWebsocket;
  /** What was done with answers that are kept, on routes that keep some. */
  readonly cache?: CacheResult;
};

/** `status`: what the backend answered. `fault`: why there is nothing of it. */
export type LoggedPart = {
  readonly name: string;
  readonly backend: string;
  readonly status?: number;
  readonly fault?: string;
  readonly ms: number;
};

/** `code`: what it was closed with. `in`: from the client. */
export type LoggedWebsocket = {
  readonly by: WebsocketNote["by"];
  readonly code: number;
  readonly messages_in: number;
  readonly messages_out: number;
};

/** `and`: the caller's other identities. */
export type LoggedPrincipal = { readonly identity: string; readonly id: string; readonly and?: readonly LoggedPrincipal[] };

export function loggedPrincipal({ identity, id, and }: Principal): LoggedPrincipal {
  return { identity, id, ...(and === undefined ? {} : { and: and.map(loggedPrincipal) }) };
}

/** `sites[n]` is `file:line` of site `n`. Members in the order of the line. */
export function accessEntry(record: CallRecord, sites: readonly string[]): AccessEntry {
  const { outcome, fault, backend, duration, backendTime, notes } = record;
  const decision = outcome?.decision;
  const entry: Entry = {
    time: new Date(record.time).toISOString(),
    id: record.id,
    client: record.client,
    method: record.method,
    path: loggedPath(record.target),
  };
  // What is not known is left out. Written out: a spread for each costs more than all else here.
  if (decision?.route !== undefined) entry.route = decision.route;
  if (decision?.entry !== undefined) entry.entry = decision.entry;
  entry.status = record.status;
  entry.effect = decision?.effect ?? "none";
  entry.cause = decision?.cause ?? "";
  entry.rules = rulePlaces(decision?.rules ?? [], sites);
  if (decision?.principal !== undefined) entry.principal = loggedPrincipal(decision.principal);
  if (backend !== undefined) entry.backend = backend;
  if (fault !== undefined) entry.fault = fault;
  entry.gateway_ms = milliseconds(duration - backendTime);
  entry.backend_ms = milliseconds(backendTime);
  entry.bytes_in = record.bytesIn;
  entry.bytes_out = record.bytesOut;
  if (record.isCut) entry.cut = true;
  if (notes.isDeprecated !== undefined) entry.deprecated = true;
  if (notes.release !== undefined) entry.release = notes.release;
  if (notes.isMirrored !== undefined) entry.mirrored = true;
  if (notes.websocket !== undefined) entry.websocket = loggedWebsocket(notes.websocket);
  if (notes.parts !== undefined) entry.parts = notes.parts.map(loggedPart);
  if (notes.misfit !== undefined) entry.misfit = notes.misfit;
  if (notes.cache !== undefined) entry.cache = notes.cache;
  return entry as AccessEntry;
}

/** Half written. */
type Entry = { -readonly [Member in keyof AccessEntry]?: AccessEntry[Member] };

function loggedPart({ name, backend, status, fault, time }: PartNote): LoggedPart {
  const told = { ...(status === undefined ? {} : { status }), ...(fault === undefined ? {} : { fault }) };
  return { name, backend, ...told, ms: milliseconds(time) };
}

function loggedWebsocket({ by, code, messagesIn, messagesOut }: WebsocketNote): LoggedWebsocket {
  return { by, code, messages_in: messagesIn, messages_out: messagesOut };
}

/** What every gateway logs that does not say how. */
export function accessLog(write: LogSink, sites: readonly string[]): Observer {
  return {
    begun: () => {},
    ended: (record) => write(accessEntry(record, sites)),
    happened: (event) => {
      if (event.kind === "connection-refused") write(refusedConnection(event));
    },
    wantsPhases: false,
  };
}

function refusedConnection({ time, client, door, fault }: Extract<HostEvent, { kind: "connection-refused" }>): AccessEntry {
  return {
    time: new Date(time).toISOString(),
    id: "",
    client,
    method: "",
    path: "",
    ...(door === "" ? {} : { entry: door }),
    status: 0,
    effect: "deny",
    cause: "",
    rules: [],
    fault,
    gateway_ms: 0,
    backend_ms: 0,
    bytes_in: 0,
    bytes_out: 0,
    cut: true,
  };
}

export type LogSink = (entry: AccessEntry) => void;

const longestPath = 2048;

/** The target without query, cut to a length that a log can bear. */
export function loggedPath(target: string): string {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  return path.length > longestPath ? `${path.slice(0, longestPath)}...` : path;
}

/** `sites[n]` is `file:line` of site `n`; keys of rules are site numbers joined by `/`. */
export function rulePlaces(rules: readonly string[], sites: readonly string[]): readonly string[] {
  return rules.map((key) =>
    key.includes("/")
      ? key
          .split("/")
          .map((site) => placeOf(site, sites))
          .join(">")
      : placeOf(key, sites),
  );
}

function placeOf(site: string, sites: readonly string[]): string {
  return sites[Number(site)] ?? `site ${site}`;
}

/** To a thousandth. */
export function milliseconds(time: number): number {
  return Math.round(time * 1000) / 1000;
}
