/** One request from its head to its line in the log. Promises: whatever happens here, the client gets no half truth and no detail. */
import { performance } from "node:perf_hooks";
import type { GatewayRequest, Phase } from "../../contract/request.ts";
import type { Outcome } from "../../contract/gateway.ts";
import { callRecord, cut, type Exchange } from "./exchange.ts";
import { answerLocally, answerWithFault } from "./local-answer.ts";
import { refusedByHost } from "./refused-by-host.ts";

/** Never rejects. Resolves when the connection may carry the next request. */
export async function serveRequest(exchange: Exchange): Promise<void> {
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
