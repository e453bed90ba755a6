/** One request from its head to its line in the log. Promises: whatever happens here, the client gets no half truth and no detail. */
import { performance } from "node:perf_hooks";
import type { GatewayRequest, Phase } from "../../contract/request.ts";
import type { Outcome } from "../../contract/gateway.ts";
import type { Arrived } from "./door.ts";
import type { ClientRequest, ClientResponse } from "./client-call.ts";
import { callRecord, cut, type Exchange, newExchange } from "./exchange.ts";
import { answeredHealth } from "./health.ts";
import type { Host } from "./host.ts";
import { answerLocally, answerWithFault } from "./local-answer.ts";
import { refusedByHost } from "./refused-by-host.ts";
import { answeredVersion } from "./version.ts";

/** Answers what is asked of the process itself, and serves all else. Never rejects. */
export function answer(
  host: Host,
  arrived: () => Arrived,
  request: ClientRequest,
  response: ClientResponse,
  awaitsContinue: boolean,
): Promise<void> | undefined {
  if (answeredHealth(request, response, host.isStopping())) return;
  if (host.shownArtefact !== undefined && answeredVersion(request, response, host.shownArtefact)) return;
  return serveRequest(newExchange(host, arrived(), request, response, awaitsContinue));
}

/** Resolves when the connection may carry the next request. */
async function serveRequest(exchange: Exchange): Promise<void> {
  const { host } = exchange;
  host.observer.begun();
  const waiting: (() => void)[] = [];
  try {
    exchange.outcome = await host.gateway.handle(gatewayRequest(exchange, waiting), host.world);
    if (exchange.outcome.decision.isDeprecated) exchange.notes.isDeprecated = true;
    if (exchange.outcome.decision.release !== undefined) exchange.notes.release = exchange.outcome.decision.release;
    await carryOut(exchange, exchange.outcome);
  } catch (error) {
    await answerFault(exchange, error);
  }
  for (const tell of waiting) tell();
  host.observer.ended(callRecord(exchange));
}

/** `waiting`: who wants to know when the call is over. */
function gatewayRequest({ request, body, arrived, phases, begun }: Exchange, waiting: (() => void)[]): GatewayRequest {
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    httpVersion: request.httpVersion,
    rawHeaders: request.rawHeaders,
    ...(request.http2 === undefined ? undefined : { http2: request.http2 }),
    ...arrived,
    readBody: body.read,
    whenOver: (tell) => void waiting.push(tell),
    ...(phases === undefined ? {} : { onPhase: (phase: Phase) => (phases[phase] = performance.now() - begun) }),
  };
}

/** Refusals of how the request is written: what follows it on the connection cannot be trusted either. */
const untrustworthy: ReadonlySet<string> = new Set(["malformed", "headers-too-large", "target-too-long", "incomplete-body"]);

function carryOut(exchange: Exchange, { answer, decision }: Outcome): Promise<void> {
  if (answer.kind === "local") return answerLocally(exchange, answer, untrustworthy.has(decision.cause));
  const backend = exchange.host.backends.get(answer.backend);
  return backend === undefined ? answerWithFault(exchange, "backend-unavailable") : backend.carry(exchange, answer);
}

async function answerFault(exchange: Exchange, error: unknown): Promise<void> {
  const id = exchange.outcome?.requestId ?? exchange.host.world.requestId();
  exchange.host.fault(id, error);
  exchange.fault = "internal";
  if (exchange.response.headersSent) cut(exchange);
  else await answerLocally(exchange, refusedByHost(exchange, "internal", id), true).catch(() => cut(exchange));
}
