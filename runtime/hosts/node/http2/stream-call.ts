/**
 * One stream of HTTP/2 as a request and its answer (RFC 9113, section 8.1). Promises that a request of which the end did not come is never whole, that an
 * answer that breaks off is told as broken and never by an end, and that nothing is sent but what the host says.
 */
import { constants, type ServerHttp2Stream } from "node:http2";
import { firstRaw } from "../../../kernel/raw-field.ts";
import type { ClientRequest, ClientResponse, RequestSink } from "../client-call.ts";
import { hasMember } from "../http1/members.ts";
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
  const [length, te, expect] = ["content-length", "te", "expect"].map((name) => firstRaw(rawHeaders, name));
  return {
    method,
    target,
    httpVersion: "2.0",
    rawHeaders,
    http2,
    // What a length says wrongly the gateway has refused before anybody relies on it.
    length: length === undefined ? (http2.isWhole ? 0 : undefined) : Number(length),
    awaitsContinue: expect !== undefined,
    takesTrailers: te !== undefined && hasMember(te, "trailers"),
    get complete() {
      return isComplete();
    },
    flow: flowing(stream, isComplete),
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    cut,
    endSoon: () => {},
  };
}

function flowing(stream: ServerHttp2Stream, isComplete: () => boolean): ClientRequest["flow"] {
  let sink: RequestSink | undefined;
  let isListening = false;
  /** Once: who heard of the end hears nothing more. */
  const ends = (isWhole: boolean): void => {
    const told = sink;
    sink = undefined;
    if (isWhole) told?.onEnd();
    else told?.onGone();
  };
  // Not before somebody wants it: Node ends streams by themselves whose bodies nobody ever asked for.
  const listen = (): void => {
    isListening = true;
    stream.on("data", (chunk: Uint8Array) => sink?.onData(chunk));
    stream.on("end", () => ends(isComplete()));
    stream.on("close", () => ends(false));
  };
  return (next) => {
    sink = next;
    if (next === undefined) return void (isListening && stream.pause());
    if (!isListening) listen();
    if (stream.destroyed && !stream.readableEnded) queueMicrotask(() => sink === next && ends(false));
    else stream.resume();
  };
}
