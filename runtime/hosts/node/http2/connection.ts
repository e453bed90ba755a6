/**
 * One connection of HTTP/2: its limits, its time, and its end. Promises that a connection which does nothing ends, that resetting, pinging and setting
 * without measure end it (CVE-2023-44487, CVE-2019-9512, CVE-2019-9515), and that a connection which is to go ends without losing a call.
 */
import { constants, performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { Duplex } from "node:stream";
import type { HostLimits } from "../../../contract/gateway.ts";
import { budget } from "./budget.ts";
import { requestHead, type RequestHead } from "./request-head.ts";
import { type StreamCall, streamCall } from "./stream-call.ts";

/** Calls at once. */
const mostStreams = 100;
/** Node's own limits stand above ours, so that it is ours which answer: of the target, and 32 bytes for each field (RFC 9113, section 6.5.2). */
const roomForTarget = 48 * 1024;
const mostFields = 1_100;
/** Resets by Node's count, which is there before ours can be: of streams that come and go in one read. */
const nodeResets = { streamResetBurst: 400, streamResetRate: 40 };
/** Browsers reset what a page no longer needs; libraries of gRPC ping as often as an echo can come while they take data, to measure the way. */
const budgets = {
  resets: { burst: 200, aSecond: 20 },
  pings: { burst: 20_000, aSecond: 10_000 },
  settings: { burst: 100, aSecond: 5 },
} as const;
const mostInvalidFrames = 100;
const mostRefusedStreams = 200;
/** Milliseconds for the last frames to leave. */
const lingering = 1_000;

export type Connection = {
  /** Takes no more calls, and ends when those that are here have ended. `whenAsked`: if none is, with the next one, so that no call crosses the notice. */
  readonly leave: (how: "now" | "whenAsked") => void;
  readonly destroy: () => void;
};

/** Told of a connection. */
export type ConnectionWatch = {
  readonly onCall: (call: StreamCall, head: RequestHead) => void;
  /** It ends for what it did; once at most. */
  readonly onFault: (fault: "http2-protocol" | `too-many-${keyof typeof budgets}`) => void;
};

export function connection(socket: Duplex, limits: HostLimits, watch: ConnectionWatch): Connection {
  const session = performServerHandshake(socket, {
    settings: {
      maxConcurrentStreams: mostStreams,
      maxHeaderListSize: limits.headers + roomForTarget + mostFields * 32,
      enablePush: false,
    },
    maxHeaderListPairs: mostFields,
    maxSessionInvalidFrames: mostInvalidFrames,
    maxSessionRejectedStreams: mostRefusedStreams,
    strictSingleValueFields: false,
    ...nodeResets,
  });
  const rest = restTimer(session, limits);
  let [isLeaving, isEnded] = [false, false];
  const measured = (what: keyof typeof budgets): (() => void) => {
    const left = budget(budgets[what], () => performance.now());
    return () => {
      if (session.destroyed || left.take()) return;
      isEnded = true;
      watch.onFault(`too-many-${what}`);
      session.destroy(new Error(what), constants.NGHTTP2_ENHANCE_YOUR_CALM);
    };
  };
  const wasReset = measured("resets");
  session.on("error", (error: NodeJS.ErrnoException) => {
    // What the client did against the protocol, and not that it is gone.
    if (!isEnded && error.code?.startsWith("ERR_HTTP2_") === true) watch.onFault("http2-protocol");
    isEnded = true;
  });
  session.on("ping", measured("pings"));
  session.on("remoteSettings", measured("settings"));
  session.on("stream", (stream: ServerHttp2Stream, _headers, _flags, raw: readonly string[]) => {
    // An error that nobody listens to would end the process.
    stream.on("error", () => {});
    if (stream.destroyed || stream.closed) return wasReset();
    const head = requestHead(raw, stream.endAfterHeaders);
    const call = streamCall(stream, head);
    rest.begin();
    stream.once("close", () => {
      rest.done();
      if (stream.rstCode !== constants.NGHTTP2_NO_ERROR && !call.isCutByUs()) wasReset();
    });
    if (isLeaving) rest.end();
    watch.onCall(call, head);
  });
  return {
    leave: (how) => {
      isLeaving = true;
      if (how === "now" || rest.isBusy()) rest.end();
    },
    destroy: () => session.destroy(),
  };
}

type Rest = { readonly begin: () => void; readonly done: () => void; readonly isBusy: () => boolean; readonly end: () => void };

/** Ends connections on which no call is under way: bytes alone do not keep one. */
function restTimer(session: ServerHttp2Session, { headerTimeout, idleTimeout }: HostLimits): Rest {
  let calls = 0;
  /** Says which call was the last (`GOAWAY`), and closes behind it. A client that reads nothing would keep what is still to be sent, and itself. */
  const end = (): void => {
    if (session.destroyed) return;
    if (!session.closed) session.close();
    clearTimeout(timer);
    if (calls === 0) timer = setTimeout(() => session.destroy(), lingering);
  };
  let timer = setTimeout(end, headerTimeout);
  session.once("close", () => clearTimeout(timer));
  return {
    isBusy: () => calls > 0,
    begin: () => {
      calls++;
      clearTimeout(timer);
    },
    done: () => {
      if (--calls > 0 || session.destroyed) return;
      if (session.closed) end();
      else timer = setTimeout(end, idleTimeout);
    },
    end,
  };
}
