/**
 * Carries out a call to an `http` backend: attempts, one after the other, until one of them is the answer. Promises exactly one end for every call,
 * that no attempt follows where some of the client's body is gone, and a time for the whole where there is one.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpHostBackend } from "../../contract/host-backend.ts";
import { cut, type Exchange } from "./exchange.ts";
import type { HostedBackend } from "./host.ts";
import { onlyOfKind } from "./hosted-backend.ts";
import type { HostFault } from "./host-fault.ts";
import { drain, ended, fail } from "./local-answer.ts";
import { attempt, type AttemptResult } from "./upstream/attempt.ts";
import { type Ask, type AttemptEnd, type Dispatch, plainDispatch } from "./upstream/dispatch.ts";
import { type Endpoint, readTarget } from "./upstream/endpoint.ts";
import { endpointSource, resolveBySystem } from "./upstream/endpoint-source.ts";
import { http1 } from "./upstream/http1.ts";
import type { Transport } from "./upstream/transport.ts";
import type { ForwardAnswer } from "./upstream-request.ts";

export type Upstream = { readonly backend: HttpHostBackend; readonly dispatch: Dispatch; readonly transport: Transport };

/** Methods that may be sent twice without harm (RFC 9110 section 9.2.2). */
const repeatable: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/** What the program says no more of than where its servers are and how long to wait. */
export function httpBackend(backend: HttpHostBackend): HostedBackend {
  const source = endpointSource(backend.targets.map(readTarget), resolveBySystem, ({ isAddress }) => isAddress);
  return hosted({ backend, dispatch: plainDispatch(source), transport: http1() });
}

export function hosted(upstream: Upstream): HostedBackend {
  return {
    carry: (exchange, answer) => forward(exchange, onlyOfKind(answer, "forward"), upstream),
    close: () => {
      upstream.dispatch.close();
      upstream.transport.close();
    },
  };
}

async function forward(exchange: Exchange, answer: ForwardAnswer, upstream: Upstream): Promise<void> {
  const begun = performance.now();
  exchange.backend = answer.backend;
  const result = await call(exchange, answer, upstream);
  exchange.backendTime = performance.now() - begun;
  switch (result) {
    case "passed":
      if (!exchange.body.isComplete() && !exchange.body.isHeldBack()) await drain(exchange);
      return ended(exchange);
    case "held":
      return undefined;
    case "cut":
      return cut(exchange);
    default:
      return fail(exchange, result);
  }
}

/** With a time for the whole, where there is one. */
function call(exchange: Exchange, answer: ForwardAnswer, upstream: Upstream): Promise<CallResult> {
  const { total } = upstream.backend.traffic.timeouts;
  return total === undefined ? attempts(exchange, answer, upstream, undefined) : limited(exchange, answer, upstream, total);
}

async function limited(exchange: Exchange, answer: ForwardAnswer, upstream: Upstream, total: number): Promise<CallResult> {
  const limit: Limit = { isOver: false, expire: undefined };
  const timer = setTimeout(() => expired(limit), total);
  try {
    return await attempts(exchange, answer, upstream, limit);
  } finally {
    clearTimeout(timer);
  }
}

type CallResult = "passed" | "held" | "cut" | HostFault;
/** The time of the whole call, which ends the attempt under way. */
type Limit = { isOver: boolean; expire: (() => void) | undefined };

function expired(limit: Limit): void {
  limit.isOver = true;
  limit.expire?.();
}

async function attempts(exchange: Exchange, answer: ForwardAnswer, upstream: Upstream, limit: Limit | undefined): Promise<CallResult> {
  const { dispatch, transport, backend } = upstream;
  const { timeouts } = backend.traffic;
  const tried: Endpoint[] = [];
  const ask: Ask = { key: answer.key, method: answer.method, tried };
  for (;;) {
    const entered = dispatch.enter(ask);
    const place = entered instanceof Promise ? await entered : entered;
    if (typeof place === "string") return place;
    const { endpoint } = place;
    tried.push(endpoint);
    let pause: number | undefined;
    const isGivenUp = (status: number): boolean => {
      // A body that streams is on its way, and gone.
      if (limit?.isOver === true || answer.body === "stream") return false;
      pause = dispatch.again(ask, { kind: "status", status });
      return pause !== undefined;
    };
    const what = { exchange, answer, endpoint, transport, timeouts, isGivenUp, ...(limit && { onStart: expiring(limit) }) };
    let result = await attempt({ ...what, fresh: false });
    // A kept connection that the server had just closed costs a second one, where that does no harm.
    if (isStale(result) && limit?.isOver !== true && answer.body !== "stream" && repeatable.has(answer.method))
      result = await attempt({ ...what, fresh: true });
    const end = endOf(result);
    dispatch.done(place, end);
    if (end.kind === "trouble" && result.kind === "trouble" && !result.tookBody && limit?.isOver !== true) pause = dispatch.again(ask, end);
    if (pause === undefined) return told(result);
    exchange.notes.attempts = tried.length + 1;
    if (pause > 0) await sleep(pause);
  }
}

function expiring(limit: Limit): (expire: () => void) => void {
  return (expire) => {
    limit.expire = expire;
    if (limit.isOver) expire();
  };
}

function isStale(result: AttemptResult): boolean {
  return result.kind === "trouble" && result.trouble === "stale";
}

function endOf(result: AttemptResult): AttemptEnd {
  switch (result.kind) {
    case "passed":
      return result;
    case "held":
      return { kind: "passed", status: result.status };
    case "cut":
      return { kind: "broken" };
    case "misfit":
      return { kind: "passed", status: result.status };
    case "given-up":
      return { kind: "status", status: result.status };
    case "trouble":
      return { kind: "trouble", trouble: result.trouble };
    case "left":
    case "client":
      return { kind: "left" };
    default:
      return result satisfies never;
  }
}

function told(result: AttemptResult): CallResult {
  switch (result.kind) {
    case "passed":
    case "held":
      return result.kind;
    case "cut":
    case "left":
      return "cut";
    case "client":
      return result.fault;
    case "misfit":
      return "invalid-answer";
    case "given-up":
      return "bad-gateway";
    case "trouble":
      return result.trouble === "timeout" ? "backend-timeout" : "bad-gateway";
    default:
      return result satisfies never;
  }
}
