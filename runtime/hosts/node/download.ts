/** The backend's answer on its way to the client. Promises: an answer that was cut short is never passed as complete. */
import type { ClientResponse } from "./client-call.ts";
import type { AnswerChanges, CompressPlan } from "../../contract/gateway.ts";
import { responseFields } from "../../kernel/response-fields.ts";
import { whenDrained } from "./client-drained.ts";
import type { Exchange } from "./exchange.ts";
import type { StallTimer } from "./stall-timer.ts";
import type { AnswerBody, AnswerSink } from "./upstream/answer-body.ts";
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
  exchange.encoder = encoding?.encoder;
  const head: string[] = [];
  for (const [name, value] of encoding?.fields ?? fields) if (status !== 204 || name !== "content-length") head.push(name, value);
  response.writeHead(status, head);
  return true;
}

/** Moves the body. `stall` watches the backend while it is waited for; the client gets a deadline of its own. */
export function download(exchange: Exchange, incoming: Incoming, stall: StallTimer, watch: DownloadWatch): void {
  const { encoder } = exchange;
  const body = encoder === undefined ? incoming.body : encoder.encoded(incoming.body, () => stall.touch());
  const one = new Download(exchange, body, incoming.trailers, stall, watch);
  stall.touch();
  body.flow(one);
  // Of an answer that ends with its head, gRPC wants head and end at once.
  if (!one.isOver && incoming.isBodiless !== true) setImmediate(sendWaitingHead, exchange.response);
}

class Download implements AnswerSink {
  readonly exchange: Exchange;
  readonly body: AnswerBody;
  readonly trailers: Incoming["trailers"];
  readonly stall: StallTimer;
  readonly watch: DownloadWatch;
  isOver = false;

  constructor(exchange: Exchange, body: AnswerBody, trailers: Incoming["trailers"], stall: StallTimer, watch: DownloadWatch) {
    this.exchange = exchange;
    this.body = body;
    this.trailers = trailers;
    this.stall = stall;
    this.watch = watch;
  }

  onData(chunk: Uint8Array): void {
    const { exchange, body, stall } = this;
    exchange.bytesOut += chunk.length;
    if (exchange.response.write(chunk)) return stall.touch();
    body.pause();
    stall.hold();
    whenDrained(exchange, () => {
      stall.touch();
      body.resume();
    });
  }

  hasUsedUp(): boolean {
    return this.exchange.response.hasLeft?.() === true;
  }

  onEnd(): void {
    const { exchange, trailers, stall, watch } = this;
    this.isOver = true;
    stall.hold();
    if (trailers !== undefined && exchange.request.takesTrailers) exchange.response.addTrailers(trailers());
    watch.onEnd();
    // Of HTTP/1.1 the end leaves with the last piece; a stream of HTTP/2 that ends both ways is gone at once, and this call not over.
    if (exchange.request.http2 === undefined && exchange.body.isComplete()) exchange.response.end();
  }

  onBroken(): void {
    this.isOver = true;
    this.watch.onBroken();
  }
}

/** A head whose body lets one wait goes alone; others go with their body, in one piece. */
function sendWaitingHead(response: ClientResponse): void {
  if (!response.writableEnded && !response.destroyed) response.flushHeaders();
}
