/**
 * One stream of HTTP/2 as a request and its answer (RFC 9113, section 8.1). Promises that a request of which the end did not come is never whole, that an
 * answer that breaks off is told as broken and never by an end, and that nothing is sent but what the host says.
 */
import { constants, type ServerHttp2Stream } from "node:http2";
import type { IncomingHttpHeaders } from "node:http";
import { firstRaw } from "../../../kernel/raw-field.ts";
import type { ClientRequest, ClientResponse } from "../client-call.ts";
import type { RequestHead } from "./request-head.ts";
import { streamResponse } from "./stream-response.ts";

export type StreamCall = {
  readonly request: ClientRequest;
  readonly response: ClientResponse;
  /** Whether it was us who broke it off, or ended it before its request had come. */
  readonly isCutByUs: () => boolean;
};

export function streamCall(stream: ServerHttp2Stream, head: RequestHead): StreamCall {
  let hasEnded = head.http2.isWhole;
  let isCutByUs = false;
  // Node ends a body that was reset as one that ended, but says before that the stream was aborted.
  stream.once("end", () => {
    hasEnded = !stream.aborted;
  });
  const cut = (): void => {
    if (stream.closed || stream.destroyed) return;
    isCutByUs = true;
    // `close` would end the answer before it resets the stream, and half of one would be taken for the whole.
    stream.destroy(new Error("cut"));
  };
  const request = requestOf(stream, head, () => hasEnded, cut);
  const response = streamResponse(stream, request);
  // A client that is still sending is told to stop (RFC 9113, section 8.1). What has come and nobody reads would keep the stream.
  stream.once("finish", () => {
    if (hasEnded || stream.closed) return;
    isCutByUs = true;
    stream.close(constants.NGHTTP2_NO_ERROR);
    stream.resume();
  });
  return { request, response, isCutByUs: () => isCutByUs };
}

function requestOf(stream: ServerHttp2Stream, head: RequestHead, isComplete: () => boolean, cut: () => void): ClientRequest {
  const { method, target, rawHeaders, http2 } = head;
  const request: ClientRequest = {
    method,
    url: target,
    httpVersion: "2.0",
    rawHeaders,
    headers: framing(rawHeaders, http2.isWhole),
    http2,
    get complete() {
      return isComplete();
    },
    get destroyed() {
      return stream.destroyed || (stream.closed && !isComplete());
    },
    get readableEnded() {
      return stream.readableEnded;
    },
    on: (event, listener) => {
      stream.on(event, listener);
      return request;
    },
    off: (event, listener) => {
      stream.off(event, listener);
      return request;
    },
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    socket: { resetAndDestroy: cut, destroySoon: () => {} },
  };
  return request;
}

/** What the host asks of a request's fields, as HTTP/1.1 would say it. */
function framing(rawHeaders: readonly string[], isWhole: boolean): IncomingHttpHeaders {
  const [length, te, expect] = ["content-length", "te", "expect"].map((name) => firstRaw(rawHeaders, name));
  return {
    ...(length === undefined ? {} : { "content-length": length }),
    ...(length === undefined && !isWhole ? { "transfer-encoding": "chunked" } : {}),
    ...(te === undefined ? {} : { te }),
    ...(expect === undefined ? {} : { expect }),
  };
}
