/**
 * The answer of one stream of HTTP/2, as the host writes answers. Promises that an answer which ends with its head says so in it, and that nothing is
 * sent behind an end.
 */
import type { OutgoingHttpHeaders, ServerHttp2Stream } from "node:http2";
import type { LocalAnswer } from "../../../contract/gateway.ts";
import type { ClientRequest, ClientResponse } from "../client-call.ts";
import { grpcRefusal, isGrpc } from "./grpc-refusal.ts";

/** What is to be sent; `isRefusal`: as gRPC is told of one, while `status` stays what it means. */
type Written = { status: number; fields: readonly string[]; trailers: Readonly<Record<string, string>>; isRefusal: boolean };

export function streamResponse(stream: ServerHttp2Stream, { rawHeaders, takesTrailers }: ClientRequest): ClientResponse {
  const written: Written = { status: 200, fields: [], trailers: {}, isRefusal: false };
  const send = sending(stream, written, takesTrailers);
  let isWritten = false;
  const response: ClientResponse = {
    get statusCode() {
      return written.status;
    },
    shouldKeepAlive: true,
    get headersSent() {
      return isWritten;
    },
    get destroyed() {
      return stream.destroyed || (stream.closed && !stream.writableFinished);
    },
    get writableFinished() {
      return stream.writableFinished;
    },
    get writableEnded() {
      return stream.writableEnded;
    },
    get writableNeedDrain() {
      return stream.writableNeedDrain;
    },
    get writable() {
      return !stream.closed && !stream.destroyed && !stream.writableEnded;
    },
    writeContinue: () => {
      if (!isWritten && !stream.closed) stream.additionalHeaders({ ":status": 100 });
    },
    writeHead: (status, fields) => {
      if (!written.isRefusal) written.status = status;
      written.fields = fields;
      isWritten = true;
    },
    flushHeaders: () => {
      if (!written.isRefusal) send(false);
    },
    write: (chunk) => {
      send(false);
      // An answer to HEAD, and one that has no body, ended with its head.
      return stream.writableEnded || stream.closed || stream.write(chunk);
    },
    addTrailers: (trailers) => {
      written.trailers = trailers;
    },
    end: (chunk) => {
      send(chunk === undefined && Object.keys(written.trailers).length === 0);
      if (!stream.writableEnded && !stream.closed) stream.end(chunk);
    },
    ...events(stream, () => response),
    ...(isGrpc(rawHeaders) ? { asRefusal: refusing(written) } : {}),
  };
  return response;
}

function refusing(written: Written): (answer: LocalAnswer) => LocalAnswer {
  return (answer) => {
    written.isRefusal = true;
    written.status = answer.status;
    return grpcRefusal(answer);
  };
}

/** Sends the head, once. `isAll`: nothing follows. */
function sending(stream: ServerHttp2Stream, written: Written, takesTrailers: boolean): (isAll: boolean) => void {
  let isSent = false;
  return (isAll) => {
    if (isSent || stream.closed || stream.destroyed) return;
    isSent = true;
    const waitForTrailers = !isAll && takesTrailers;
    if (waitForTrailers) stream.once("wantTrailers", () => stream.sendTrailers({ ...written.trailers }));
    stream.respond(headersOf(written), { endStream: isAll, waitForTrailers });
  };
}

/** What refusals say of a connection: that it may be upgraded, which one of HTTP/2 may not (RFC 9113, section 8.2.2). */
const ofConnections: ReadonlySet<string> = new Set(["connection", "upgrade"]);

function headersOf({ status, fields, isRefusal }: Written): OutgoingHttpHeaders {
  const headers = new Map<string, string[]>();
  for (let at = 0; at < fields.length; at += 2) {
    const [name = "", value = ""] = [fields[at], fields[at + 1]];
    // A refusal of gRPC has no body to measure.
    if (ofConnections.has(name) || (isRefusal && name === "content-length")) continue;
    const values = headers.get(name);
    if (values === undefined) headers.set(name, [value]);
    else values.push(value);
  }
  const single = [...headers].map(([name, values]) => [name, values.length === 1 ? values[0] : values] as const);
  return { ":status": isRefusal ? 200 : status, ...Object.fromEntries(single) };
}

function events(stream: ServerHttp2Stream, response: () => ClientResponse): Pick<ClientResponse, "on" | "once" | "off"> {
  return {
    on: (event, listener) => {
      stream.on(event, listener);
      return response();
    },
    once: (event, listener) => {
      stream.once(event, listener);
      return response();
    },
    off: (event, listener) => {
      stream.off(event, listener);
      return response();
    },
  };
}
