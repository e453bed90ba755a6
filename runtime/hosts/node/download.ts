/** The backend's answer on its way to the client. Promises: an answer that was cut short is never passed as complete. */
import { responseFields } from "../../kernel/response-fields.ts";
import { cut, type Exchange } from "./exchange.ts";
import { type StallTimer, stallTimer } from "./stall-timer.ts";
import type { Incoming } from "./upstream/transport.ts";
import type { ForwardAnswer } from "./upstream-request.ts";

export type DownloadWatch = {
  readonly onEnd: () => void;
  /** The answer broke off. */
  readonly onBroken: () => void;
};

/** Sends the head. False: the backend's head cannot be passed on, and nothing was sent. */
export function sendHead(exchange: Exchange, answer: ForwardAnswer, { status, rawHeaders }: Incoming): boolean {
  const { response } = exchange;
  const fields = status < 200 || status > 599 ? undefined : responseFields(rawHeaders, answer);
  if (fields === undefined) return false;
  if (exchange.host.isLeaving()) response.shouldKeepAlive = false;
  response.writeHead(
    status,
    fields.flatMap(([name, value]) => (status === 204 && name === "content-length" ? [] : [name, value])),
  );
  return true;
}

/** Moves the body. `stall` watches the backend while it is waited for; the client gets a deadline of its own. */
export function download(exchange: Exchange, { body, isWhole, trailers }: Incoming, stall: StallTimer, watch: DownloadWatch): void {
  const { response, host } = exchange;
  const client = stallTimer(host.settings.limits.idleTimeout, () => cut(exchange));
  const flush = setImmediate(() => response.flushHeaders());
  stall.touch();
  body.on("data", (chunk: Uint8Array) => {
    exchange.bytesOut += chunk.length;
    if (response.write(chunk)) return stall.touch();
    body.pause();
    stall.hold();
    client.touch();
  });
  response.on("drain", () => {
    client.hold();
    stall.touch();
    body.resume();
  });
  response.once("close", () => {
    clearImmediate(flush);
    client.hold();
  });
  body.once("end", () => {
    stall.hold();
    client.hold();
    if (!isWhole()) return watch.onBroken();
    if (trailers !== undefined && takesTrailers(exchange)) response.addTrailers(trailers());
    watch.onEnd();
  });
  body.once("error", watch.onBroken);
  body.once("close", () => {
    if (!body.readableEnded) watch.onBroken();
  });
}

/** Who did not say so may not look behind the body (RFC 9110, section 6.5.1). */
function takesTrailers({ request }: Exchange): boolean {
  return /(?:^|[,\s])trailers(?:$|[,;\s])/i.test(String(request.headers.te ?? ""));
}
