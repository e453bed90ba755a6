/** The backend's answer on its way to the client. Promises: an answer that was cut short is never passed as complete. */
import type { ClientResponse } from "./client-call.ts";
import type { Transform } from "node:stream";
import type { AnswerChanges, CompressPlan } from "../../contract/gateway.ts";
import { responseFields } from "../../kernel/response-fields.ts";
import { cut, type Exchange } from "./exchange.ts";
import { type StallTimer, stallTimer } from "./stall-timer.ts";
import type { Incoming } from "./upstream/transport.ts";

export type DownloadWatch = {
  readonly onEnd: () => void;
  /** The answer broke off. */
  readonly onBroken: () => void;
};

/** Sends the head. False: the backend's head cannot be passed on, and nothing was sent. */
export function sendHead(
  exchange: Exchange,
  answer: AnswerChanges & { readonly compress?: CompressPlan },
  { status, rawHeaders }: Pick<Incoming, "status" | "rawHeaders">,
): boolean {
  const { response } = exchange;
  const fields = status < 200 || status > 599 ? undefined : responseFields(rawHeaders, answer);
  if (fields === undefined) return false;
  if (exchange.host.isLeaving() || exchange.body.isHeldBack()) response.shouldKeepAlive = false;
  const encoding = answer.compress && exchange.host.compress?.(answer.compress, status, fields);
  if (encoding !== undefined) exchange.encoder = encoding.stream;
  const head: string[] = [];
  for (const [name, value] of encoding?.fields ?? fields) if (status !== 204 || name !== "content-length") head.push(name, value);
  response.writeHead(status, head);
  return true;
}

/** Moves the body. `stall` watches the backend while it is waited for; the client gets a deadline of its own. */
export function download(exchange: Exchange, incoming: Incoming, stall: StallTimer, watch: DownloadWatch): void {
  const { encoder } = exchange;
  const { body, isWhole, trailers } = encoder === undefined ? incoming : encoded(incoming, encoder, stall);
  const { response } = exchange;
  // Of an answer that ends with its head, gRPC wants head and end at once.
  if (incoming.isBodiless !== true) setImmediate(sendWaitingHead, response);
  stall.touch();
  body.on("data", (chunk: Uint8Array) => {
    exchange.bytesOut += chunk.length;
    if (response.write(chunk)) return stall.touch();
    body.pause();
    stall.hold();
    whenDrained(exchange, () => {
      stall.touch();
      body.resume();
    });
  });
  body.on("end", () => {
    stall.hold();
    if (!isWhole()) return watch.onBroken();
    if (trailers !== undefined && takesTrailers(exchange)) response.addTrailers(trailers());
    watch.onEnd();
  });
  body.on("error", () => watch.onBroken());
  body.on("close", () => {
    if (!body.readableEnded) watch.onBroken();
  });
}

/** A head whose body lets one wait goes alone; others go with their body, in one piece. */
function sendWaitingHead(response: ClientResponse): void {
  if (!response.writableEnded && !response.destroyed) response.flushHeaders();
}

/** Of a client that takes nothing for the idle time there is no hope. */
function whenDrained(exchange: Exchange, resume: () => void): void {
  const { response, host } = exchange;
  const client = stallTimer(host.settings.limits.idleTimeout, () => cut(exchange));
  const drained = (): void => {
    gone();
    resume();
  };
  const gone = (): void => {
    client.hold();
    response.off("drain", drained).off("close", gone);
  };
  client.touch();
  response.on("drain", drained).on("close", gone);
}

/** Who did not say so may not look behind the body (RFC 9110, section 6.5.1). */
function takesTrailers({ request }: Exchange): boolean {
  return /(?:^|[,\s])trailers(?:$|[,;\s])/i.test(String(request.headers.te ?? ""));
}

/** Through an encoder, which ends well only where what it is fed does. */
function encoded(incoming: Incoming, encoder: Transform, stall: StallTimer): Incoming {
  const { body, isWhole } = incoming;
  const giveUp = (): void => void encoder.destroy();
  let wasWhole = false;
  body.on("data", (chunk: Uint8Array) => {
    stall.touch();
    if (!encoder.write(chunk)) body.pause();
  });
  encoder.on("drain", () => body.resume());
  body.once("end", () => {
    wasWhole = isWhole();
    if (wasWhole) encoder.end();
    else giveUp();
  });
  body.once("error", giveUp);
  body.once("close", () => {
    if (!body.readableEnded) giveUp();
  });
  return { ...incoming, body: encoder, isWhole: () => wasWhole };
}
