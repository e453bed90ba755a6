/** One request and its answer on a connection, with what will be told of it. */
import type { ClientRequest, ClientResponse } from "./client-call.ts";
import type { CallRecord } from "../../observe/call-record.ts";
import type { Arrived } from "./door.ts";
import type { Exchange, Host } from "./host.ts";
import { requestBody } from "./request-body.ts";

export type { Exchange } from "./host.ts";

export function newExchange(host: Host, arrived: Arrived, request: ClientRequest, response: ClientResponse): Exchange {
  return {
    host,
    request,
    response,
    body: requestBody(request, response, host.settings.limits.bodyTimeout),
    arrived,
    time: host.world.now(),
    begun: performance.now(),
    outcome: undefined,
    fault: undefined,
    backend: undefined,
    backendTime: 0,
    bytesOut: 0,
    bytesIn: 0,
    isCut: false,
    notes: {},
    phases: host.observer.wantsPhases ? {} : undefined,
  };
}

/** Breaks the connection so that no client takes what came for the whole: a reset, since a plain end closes some answers. */
export function cut(exchange: Exchange): void {
  exchange.isCut = true;
  exchange.request.cut();
}

export function callRecord(exchange: Exchange): CallRecord {
  const { request, response, outcome, fault, backend, phases } = exchange;
  const entry = outcome?.decision.entry;
  const record: Told = {
    time: exchange.time,
    id: outcome?.requestId ?? "",
    client: outcome?.client ?? exchange.arrived.peer,
    method: request.method,
    target: request.target,
    httpVersion: request.httpVersion,
    rawHeaders: request.rawHeaders,
    status: response.headersSent ? response.statusCode : 0,
    duration: performance.now() - exchange.begun,
    backendTime: exchange.backendTime,
    bytesIn: exchange.body.received() + exchange.bytesIn,
    bytesOut: exchange.bytesOut,
    isCut: exchange.isCut || !response.writableFinished,
    notes: exchange.notes,
  };
  if (entry !== undefined) record.entry = entry;
  if (outcome !== undefined) record.outcome = outcome;
  if (fault !== undefined) record.fault = fault;
  if (backend !== undefined) record.backend = backend;
  if (phases !== undefined) record.phases = phases;
  return record;
}

type Told = { -readonly [Part in keyof CallRecord]: CallRecord[Part] };
