/** One request and its answer on a connection, with what the access log will say of it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import type { Outcome } from "../../contract/gateway.ts";
import { type AccessEntry, loggedPath, loggedPrincipal, milliseconds, rulePlaces } from "../../observe/access-entry.ts";
import type { Arrived } from "./door.ts";
import type { Host } from "./host.ts";
import type { HostFault } from "./host-fault.ts";
import { type RequestBody, requestBody } from "./request-body.ts";

export type Exchange = {
  readonly host: Host;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: RequestBody;
  readonly arrived: Arrived;
  /** Wall clock and monotonic clock at the start, milliseconds. */
  readonly time: number;
  readonly begun: number;
  outcome: Outcome | undefined;
  fault: HostFault | undefined;
  backend: string | undefined;
  backendTime: number;
  bytesOut: number;
  /** The answer was broken off. */
  isCut: boolean;
};

export function newExchange(
  host: Host,
  arrived: Arrived,
  request: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
): Exchange {
  return {
    host,
    request,
    response,
    body: requestBody(request, response, awaitsContinue, host.settings.limits.bodyTimeout),
    arrived,
    time: host.world.now(),
    begun: performance.now(),
    outcome: undefined,
    fault: undefined,
    backend: undefined,
    backendTime: 0,
    bytesOut: 0,
    isCut: false,
  };
}

/** Breaks the connection so that no client takes what came for the whole: a reset, since a plain end closes some answers. */
export function cut(exchange: Exchange): void {
  exchange.isCut = true;
  exchange.request.socket.resetAndDestroy();
}

export function accessEntry(exchange: Exchange): AccessEntry {
  const { host, request, response, outcome, fault, backend } = exchange;
  const decision = outcome?.decision;
  return {
    time: new Date(exchange.time).toISOString(),
    id: outcome?.requestId ?? "",
    client: outcome?.client ?? exchange.arrived.peer,
    method: request.method ?? "",
    path: loggedPath(request.url ?? ""),
    ...(decision?.route === undefined ? {} : { route: decision.route }),
    ...(decision?.entry === undefined ? {} : { entry: decision.entry }),
    status: response.headersSent ? response.statusCode : 0,
    effect: decision?.effect ?? "none",
    cause: decision?.cause ?? "",
    rules: rulePlaces(decision?.rules ?? [], host.sites),
    ...(decision?.principal === undefined ? {} : { principal: loggedPrincipal(decision.principal) }),
    ...(backend === undefined ? {} : { backend }),
    ...(fault === undefined ? {} : { fault }),
    gateway_ms: milliseconds(performance.now() - exchange.begun - exchange.backendTime),
    backend_ms: milliseconds(exchange.backendTime),
    bytes_in: exchange.body.received(),
    bytes_out: exchange.bytesOut,
    ...(exchange.isCut || !response.writableFinished ? { cut: true as const } : {}),
  };
}
