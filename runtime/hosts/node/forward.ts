/**
 * Carries out a call to a backend. Promises exactly one end for every call: the whole answer, a refusal, or a connection
 * that is broken for both; deadlines on every phase; and that whoever leaves takes the other side's call along.
 */
import type { Agent, IncomingMessage } from "node:http";
import { performance } from "node:perf_hooks";
import type { HttpHostBackend } from "../../contract/host-backend.ts";
import { type BackendPool, backendPool, type Target } from "./backend-pool.ts";
import { download, sendHead } from "./download.ts";
import { cut, type Exchange } from "./exchange.ts";
import type { HostedBackend } from "./host.ts";
import type { HostFault } from "./host-fault.ts";
import { answerWithFault, drain, ended } from "./local-answer.ts";
import { stallTimer } from "./stall-timer.ts";
import { upload } from "./upload.ts";
import { type ForwardAnswer, upstreamRequest } from "./upstream-request.ts";

/** `stale`: the backend had closed the kept connection before it saw the call. */
type Attempt = "passed" | "cut" | "stale" | HostFault;

/** Methods that may be sent twice without harm (RFC 9110 section 9.2.2). */
const repeatable: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

export function httpBackend(backend: HttpHostBackend): HostedBackend {
  const pool = backendPool(backend);
  return { carry: (exchange, answer) => forward(exchange, answer, pool), close: pool.close };
}

async function forward(exchange: Exchange, answer: ForwardAnswer, pool: BackendPool): Promise<void> {
  const result = await call(exchange, answer, pool);
  switch (result) {
    case "passed":
      if (!exchange.body.isComplete()) await drain(exchange);
      return ended(exchange);
    case "cut":
      return cut(exchange);
    default:
      return answerWithFault(exchange, result);
  }
}

async function call(exchange: Exchange, answer: ForwardAnswer, pool: BackendPool): Promise<Exclude<Attempt, "stale">> {
  const target = pool.enter();
  if (target === undefined) return "backend-unavailable";
  const begun = performance.now();
  exchange.backend = answer.backend;
  try {
    const first = await attempt(exchange, answer, pool, target, pool.agent);
    const second = first === "stale" ? await attempt(exchange, answer, pool, target, false) : first;
    return second === "stale" ? "bad-gateway" : second;
  } finally {
    exchange.backendTime = performance.now() - begun;
    pool.leave();
  }
}

function attempt(exchange: Exchange, answer: ForwardAnswer, pool: BackendPool, target: Target, agent: Agent | false): Promise<Attempt> {
  const { response, body, host } = exchange;
  return new Promise((resolve) => {
    // A refusal that the parser's fault brought may already be on its way.
    if (response.destroyed || response.socket?.writable !== true) return resolve("cut");
    let isSettled = false;
    const settle = (result: Attempt): void => {
      if (isSettled) return;
      isSettled = true;
      stall.hold();
      stopUpload();
      response.off("close", onGone);
      if (result !== "passed" || !upstream.writableFinished) upstream.destroy();
      resolve(response.headersSent && result !== "passed" ? "cut" : result);
    };
    const onGone = (): void => settle("cut");
    const stall = stallTimer(pool.timeout, () => settle("backend-timeout"));
    const upstream = upstreamRequest(answer, target, agent, body.declared);
    let answered: IncomingMessage | undefined;
    upstream.on("error", (error) => {
      // A backend may answer and close before it has read everything.
      if (answered?.complete !== true) settle(isStale(error, upstream.reusedSocket, answer) ? "stale" : "bad-gateway");
    });
    upstream.on("close", () => {
      if (answered === undefined) settle("bad-gateway");
    });
    upstream.on("upgrade", (_incoming, socket) => {
      socket.on("error", () => {}).destroy();
      settle("bad-gateway");
    });
    upstream.on("response", (incoming: IncomingMessage) => {
      answered = incoming;
      incoming.on("error", onGone);
      if (isSettled || !sendHead(exchange, answer, incoming)) return settle("bad-gateway");
      download(exchange, incoming, stall, { onEnd: () => settle("passed"), onBroken: onGone });
    });
    response.on("close", onGone);
    const stopUpload = upload(answer, body, host.settings.limits.body, upstream, {
      onProgress: stall.touch,
      onWaitForClient: stall.hold,
      onFail: (why) => settle(why === "tooLarge" ? "body-too-large" : "incomplete-body"),
    });
  });
}

function isStale(error: NodeJS.ErrnoException, isReused: boolean, { method, body }: ForwardAnswer): boolean {
  return isReused && body !== "stream" && repeatable.has(method) && (error.code === "ECONNRESET" || error.code === "EPIPE");
}
