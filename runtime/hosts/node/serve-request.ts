/** One request from its head to its line in the log. Promises: whatever happens here, the client gets no half truth and no detail. */
import type { GatewayRequest } from "../../contract/request.ts";
import type { Outcome } from "../../contract/gateway.ts";
import type { Arrived } from "./door.ts";
import type { ClientRequest, ClientResponse } from "./client-call.ts";
import { callRecord, cut, type Exchange, newExchange } from "./exchange.ts";
import { answeredHealth } from "./health.ts";
import type { ComposedAnswer, Host } from "./host.ts";
import { answerLocally, answerWithFault } from "./local-answer.ts";
import { refusedByHost } from "./refused-by-host.ts";
import { answeredVersion } from "./version.ts";

/** Answers what is asked of the process itself, and serves all else. Never rejects. */
export function answer(host: Host, arrived: () => Arrived, request: ClientRequest, response: ClientResponse): Promise<void> | undefined {
  if (answeredHealth(request, response, host.isStopping())) return undefined;
  if (host.shownArtefact !== undefined && answeredVersion(request, response, host.shownArtefact)) return undefined;
  return serveRequest(newExchange(host, arrived(), request, response));
}

/** Resolves when the connection may carry the next request. */
async function serveRequest(exchange: Exchange): Promise<void> {
  const { host } = exchange;
  host.observer.begun();
  const waiting: (() => void)[] = [];
  try {
    const deciding = host.gateway.handle(gatewayRequest(exchange, waiting), host.world);
    const outcome = deciding instanceof Promise ? await deciding : deciding;
    exchange.outcome = outcome;
    const { isDeprecated, release } = outcome.decision;
    if (isDeprecated) exchange.notes.isDeprecated = true;
    if (release !== undefined) exchange.notes.release = release;
    await carryOut(exchange, outcome);
  } catch (error) {
    await answerFault(exchange, error);
  }
  for (const tell of waiting) tell();
  host.observer.ended(callRecord(exchange));
}

/** `waiting`: who wants to know when the call is over. */
function gatewayRequest({ request, body, arrived, phases, begun }: Exchange, waiting: (() => void)[]): GatewayRequest {
  const { peer, secure, entry, certificate } = arrived;
  // What there is not is absent, not undefined.
  const given: Given = {
    method: request.method,
    target: request.target,
    httpVersion: request.httpVersion,
    rawHeaders: request.rawHeaders,
    peer,
    secure,
    readBody: (limit) => body.read(limit),
    whenOver: (tell) => void waiting.push(tell),
  };
  if (request.http2 !== undefined) given.http2 = request.http2;
  if (entry !== undefined) given.entry = entry;
  if (certificate !== undefined) given.certificate = certificate;
  if (phases !== undefined) given.onPhase = (phase) => (phases[phase] = performance.now() - begun);
  return given;
}

type Given = { -readonly [Part in keyof GatewayRequest]: GatewayRequest[Part] };

/** Refusals of how the request is written: what follows it on the connection cannot be trusted either. */
const untrustworthy: ReadonlySet<string> = new Set(["malformed", "headers-too-large", "target-too-long", "incomplete-body"]);

function carryOut(exchange: Exchange, { answer, decision }: Outcome): Promise<void> {
  if (answer.kind === "local") return answerLocally(exchange, answer, untrustworthy.has(decision.cause));
  const { backends, cache } = exchange.host;
  if (answer.kind === "compose") return composed(exchange, answer);
  const backend = backends.get(answer.backend);
  if (backend === undefined) return answerWithFault(exchange, "backend-unavailable");
  if (cache === undefined || answer.kind === "websocket") return backend.carry(exchange, answer);
  const isOfCache = answer.cache !== undefined || answer.changes !== undefined;
  return isOfCache ? cache.carry(exchange, answer, backend) : backend.carry(exchange, answer);
}

function composed(exchange: Exchange, answer: ComposedAnswer): Promise<void> {
  const { compose } = exchange.host;
  if (compose === undefined) throw new Error("the server brings nothing that makes one answer of several");
  return compose(exchange, answer);
}

async function answerFault(exchange: Exchange, error: unknown): Promise<void> {
  const id = exchange.outcome?.requestId ?? exchange.host.world.requestId();
  exchange.host.fault(id, error);
  exchange.fault = "internal";
  if (exchange.response.headersSent) cut(exchange);
  else await answerLocally(exchange, refusedByHost(exchange, "internal", id), true).catch(() => cut(exchange));
}
