/**
 * HTTP/2 to servers (RFC 9113): by TLS with ALPN, or in clear where the program says that they speak nothing else. Promises: what a server did not
 * take up is told from what it may have done, an answer of which the end did not come is never whole, and trailers are passed on.
 */
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants, type IncomingHttpHeaders } from "node:http2";
import { connect as connectInClear, type Socket } from "node:net";
import { connect as connectByTls } from "node:tls";
import type { Endpoint } from "./endpoint.ts";
import type { TlsSettings } from "./http1.ts";
import { fieldsOf, requestHeaders, trailersOf } from "./http2-fields.ts";
import { readableBody } from "./readable-body.ts";
import type { Incoming, Request, Transport, TransportWatch, UpstreamCall } from "./transport.ts";

/** Milliseconds that a connection without calls is kept. */
const idleTime = 4_000;
const usualStreams = 100;
/** Fields that came twice go on twice, as by HTTP/1.1. */
const spoken = { settings: { enablePush: false }, strictSingleValueFields: false };

type Line = { readonly session: ClientHttp2Session; readonly ready: Promise<boolean>; streams: number; isUsable: boolean };

export function http2(tls: () => TlsSettings = () => ({})): Transport {
  const lines = new Map<string, Line[]>();
  const lineTo = (endpoint: Endpoint): Line => {
    const key = `${endpoint.address} ${endpoint.port}`;
    const open = (lines.get(key) ?? []).filter(({ isUsable }) => isUsable);
    const free = open.find(({ session, streams }) => streams < (session.remoteSettings?.maxConcurrentStreams ?? usualStreams));
    const line = free ?? newLine(endpoint, tls());
    lines.set(key, free === undefined ? [...open, line] : open);
    return line;
  };
  return {
    open: (endpoint, request, watch) => opened(lineTo(endpoint), endpoint, request, watch),
    close: () => {
      for (const line of [...lines.values()].flat()) line.session.destroy();
    },
  };
}

function newLine({ target, address, port }: Endpoint, settings: TlsSettings): Line {
  const name = settings.servername ?? (target.isAddress ? "" : target.hostname);
  const socket: Socket = target.isTls
    ? connectByTls({
        ...settings,
        host: address,
        port,
        servername: name,
        minVersion: "TLSv1.2",
        rejectUnauthorized: true,
        ALPNProtocols: ["h2"],
      })
    : connectInClear({ host: address, port });
  socket.setNoDelay(true);
  const session = connect(`${target.isTls ? "https" : "http"}://${target.authority}`, {
    createConnection: () => socket,
    ...spoken,
  });
  const line: Line = { session, ready: readiness(session, socket), streams: 0, isUsable: true };
  const retire = (): void => {
    line.isUsable = false;
  };
  session.on("error", retire).on("goaway", retire).on("close", retire);
  session.setTimeout(idleTime, () => {
    if (line.streams === 0) session.close();
  });
  return line;
}

/** A server that speaks TLS must have chosen HTTP/2. */
function readiness(session: ClientHttp2Session, socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (isReady: boolean): void => {
      if (!isReady) session.destroy();
      resolve(isReady);
    };
    session.once("connect", () => done(!("alpnProtocol" in socket) || socket.alpnProtocol === "h2"));
    session.once("error", () => done(false)).once("close", () => done(false));
  });
}

function opened(line: Line, endpoint: Endpoint, request: Request, watch: TransportWatch): UpstreamCall {
  const headers = requestHeaders(request, endpoint);
  let stream: ClientHttp2Stream | undefined;
  let isGone = false;
  // Closed or destroyed in any other way a stream says before that the body was whole, or not that the call is of no interest.
  const leaving = new AbortController();
  line.streams++;
  const begin = async (): Promise<void> => {
    const isReady = await line.ready;
    if (isGone || !isReady || line.session.destroyed || line.session.closed) {
      line.streams--;
      if (!isGone) watch.onTrouble(isReady ? "stale" : "connect");
      return;
    }
    try {
      stream = line.session.request(headers, { endStream: false, signal: leaving.signal });
    } catch {
      // Node has an opinion of what may be sent, and nobody else would hear of it.
      line.streams--;
      return watch.onTrouble("malformed");
    }
    stream.once("close", () => line.streams--);
    listen(stream, watch);
    watch.onConnected(call);
  };
  const call: UpstreamCall = {
    write: (chunk) => stream?.write(chunk) ?? false,
    end: (chunk) => void stream?.end(chunk),
    isSent: () => stream?.writableFinished === true,
    destroy: () => {
      isGone = true;
      leaving.abort();
    },
  };
  void begin();
  return call;
}

function listen(stream: ClientHttp2Stream, watch: TransportWatch): void {
  const isEnded = watchEnd(stream);
  let isAnswered = false;
  let trailers: Readonly<Record<string, string>> = {};
  const trouble = (): void => {
    if (!isAnswered) watch.onTrouble(stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ? "stale" : "reset");
  };
  stream.on("drain", () => watch.onDrain());
  stream.on("error", trouble).on("close", trouble);
  stream.on("trailers", (headers) => {
    trailers = trailersOf(headers);
  });
  stream.on("response", (headers, flags) => {
    isAnswered = true;
    const isBodiless = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    watch.onAnswer({ ...incomingOf(stream, headers, isEnded, () => trailers), isBodiless });
  });
}

type Head = IncomingHttpHeaders & { readonly ":status"?: number | undefined };

/**
 * Whether the server has said that this was all. Node ends a body where the stream was reset without an error, just as where its end came; only the
 * latter does so before the stream is closed.
 */
function watchEnd(stream: ClientHttp2Stream): () => boolean {
  let hasEnded = false;
  const push = stream.push.bind(stream);
  stream.push = (chunk, encoding) => {
    if (chunk === null && !stream.closed) hasEnded = true;
    return push(chunk, encoding);
  };
  return () => hasEnded;
}

function incomingOf(
  stream: ClientHttp2Stream,
  headers: Head,
  isEnded: () => boolean,
  trailers: NonNullable<Incoming["trailers"]>,
): Incoming {
  const declared = headers["content-length"];
  const isWhole = (size: number): boolean =>
    isEnded() &&
    (stream.rstCode ?? 0) === constants.NGHTTP2_NO_ERROR &&
    (declared === undefined || size === Number(declared) || size === 0);
  return { status: headers[":status"] ?? 0, rawHeaders: fieldsOf(headers), body: readableBody(stream, isWhole), trailers };
}
