/**
 * Answers that the host writes itself. Promises that a body which nobody read never becomes the next request: it is
 * drained within a budget, or the connection ends.
 */
import { cut, type Exchange } from "./exchange.ts";
import type { HostFault, LocalAnswer } from "./host-fault.ts";
import { refusedByHost } from "./refused-by-host.ts";
import { stallTimer } from "./stall-timer.ts";

/** Of what is still to come from the client, so much and so long is thrown away. */
const drainedBytes = 256 * 1024;
const drainedTime = 1_000;
/** A body with less than this still to come does not cost the client its connection. */
const patience = 64 * 1024;

/** Resolves when the answer has left or the connection is gone. `isLast`: the connection ends with it. */
export async function answerLocally(exchange: Exchange, given: LocalAnswer, isLast: boolean): Promise<void> {
  const { response, request, body } = exchange;
  if (response.destroyed || response.headersSent) return;
  const answer = isRefusal(exchange) ? (response.asRefusal?.(given) ?? given) : given;
  const text = Buffer.from(answer.body, "utf8");
  const isBodiless = answer.status === 204 || answer.status === 304;
  const fields = answer.headers.filter(([name]) => name !== "content-length");
  if (!isBodiless) fields.push(["content-length", `${text.length}`]);
  const isEmpty = isBodiless || request.method === "HEAD" || text.length === 0;
  const encoding = isEmpty ? undefined : answer.compress && exchange.host.compress?.(answer.compress, answer.status, fields);
  const headers = (encoding?.fields ?? fields).flat();
  const isUnread = !body.isComplete();
  if (isLast || exchange.host.isLeaving() || (isUnread && !isSoonDone(exchange))) response.shouldKeepAlive = false;
  // RFC 9110 section 7.8: who says `Upgrade` says so in `Connection`.
  if (headers.includes("upgrade")) headers.push("connection", response.shouldKeepAlive ? "upgrade" : "close, upgrade");
  response.writeHead(answer.status, headers);
  if (isEmpty) response.flushHeaders();
  else if (encoding !== undefined) await encoding.encoder.whole(exchange, text);
  else {
    response.write(text);
    exchange.bytesOut = text.length;
  }
  if (isUnread && !body.isHeldBack()) await drain(exchange);
  await ended(exchange);
}

function isRefusal({ fault, outcome }: Exchange): boolean {
  return fault !== undefined || outcome?.decision.effect === "deny";
}

/** What a call to a backend, or the client's body on its way there, came to. */
export function answerWithFault(exchange: Exchange, fault: HostFault): Promise<void> {
  exchange.fault = fault;
  return answerLocally(exchange, refusedByHost(exchange, fault, exchange.outcome?.requestId ?? ""), fault === "incomplete-body");
}

function isSoonDone({ body }: Exchange): boolean {
  return !body.isHeldBack() && body.declared !== undefined && body.declared - body.received() <= patience;
}

/** A call to a backend came to nothing: whoever watches is told in the client's place. */
export function fail(exchange: Exchange, fault: HostFault): Promise<void> {
  if (exchange.watch === undefined) return answerWithFault(exchange, fault);
  exchange.watch.failed(fault);
  return Promise.resolve();
}

/** Throws away what comes; a connection that is to live on but has more than that ends after all. A stream of HTTP/2 ends alone, and with its answer. */
export function drain({ request, response, body }: Exchange): Promise<void> {
  return new Promise((resolve) => {
    if (request.http2 !== undefined) return resolve();
    let size = 0;
    const done = (): void => {
      clearTimeout(timer);
      request.flow(undefined);
      if (!body.isComplete() && response.shouldKeepAlive) request.endSoon();
      resolve();
    };
    const onData = (chunk: Uint8Array): void => {
      size += chunk.length;
      if (size > drainedBytes) done();
    };
    const timer = setTimeout(done, drainedTime);
    if (response.destroyed || body.isComplete()) return done();
    request.flow({ onData, onEnd: done, onGone: done });
  });
}

/** Ends the answer, and waits until it has left or cannot leave; a client that takes nothing for the idle time is cut off. */
export function ended(exchange: Exchange): Promise<void> {
  const { response, host } = exchange;
  return new Promise((resolve) => {
    if (response.destroyed || response.writableFinished) return resolve();
    const stall = stallTimer(host.settings.limits.idleTimeout, () => cut(exchange));
    const done = (): void => {
      stall.hold();
      resolve();
    };
    stall.touch();
    response.on("finish", done).on("close", done);
    response.end();
  });
}
