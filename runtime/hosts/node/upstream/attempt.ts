/**
 * One attempt to have a call answered by one server. Promises exactly one end: the whole answer, a reason why there is none, or a connection that is
 * broken for both sides; deadlines on every phase; and that whoever leaves takes the other side's call along.
 */
import type { HttpTimeouts } from "../../../contract/http-traffic.ts";
import { download, sendHead } from "../download.ts";
import type { Exchange } from "../host.ts";
import type { HostFault } from "../host-fault.ts";
import { type StallTimer, stallTimer } from "../stall-timer.ts";
import { upload } from "../upload.ts";
import type { ForwardAnswer } from "../upstream-request.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Incoming, Transport, Trouble } from "./transport.ts";

export type Attempt = {
  readonly exchange: Exchange;
  readonly answer: ForwardAnswer;
  readonly endpoint: Endpoint;
  readonly transport: Transport;
  readonly timeouts: HttpTimeouts;
  /** A connection for this attempt alone. */
  readonly fresh: boolean;
  /** Whether an answer with this status is given up for another attempt. */
  readonly isGivenUp: (status: number) => boolean;
  /** Told how the attempt is ended from outside: the call has had its time. */
  readonly onStart: (expire: () => void) => void;
};

/** `cut`: by the server, after its head had gone to the client. `left`: by the client. */
export type AttemptResult =
  | { readonly kind: "passed"; readonly status: number }
  | { readonly kind: "cut" }
  | { readonly kind: "left" }
  | { readonly kind: "given-up"; readonly status: number }
  /** `tookBody`: bytes of a streamed body are gone. */
  | { readonly kind: "trouble"; readonly trouble: Trouble | "timeout"; readonly tookBody: boolean }
  | { readonly kind: "client"; readonly fault: HostFault };

export function attempt(what: Attempt): Promise<AttemptResult> {
  const { exchange, answer, endpoint, transport, timeouts, fresh } = what;
  const { response, body, host } = exchange;
  return new Promise((resolve) => {
    // A refusal that the parser's fault brought may already be on its way.
    if (response.destroyed || response.socket?.writable !== true) return resolve({ kind: "left" });
    let isSettled = false;
    let stopUpload: (() => void) | undefined;
    let drained = (): void => {};
    let stall = stallTimer(timeouts.connect, () => trouble("timeout"));
    const phase = (milliseconds: number): StallTimer => {
      stall.hold();
      stall = stallTimer(milliseconds, () => trouble("timeout"));
      return stall;
    };
    const settle = (result: AttemptResult): void => {
      if (isSettled) return;
      isSettled = true;
      stall.hold();
      stopUpload?.();
      response.off("close", onGone);
      if (result.kind !== "passed" || !upstream.isSent()) upstream.destroy();
      resolve(response.headersSent && result.kind !== "passed" && result.kind !== "left" ? { kind: "cut" } : result);
    };
    const trouble = (why: Trouble | "timeout"): void =>
      settle({ kind: "trouble", trouble: why, tookBody: answer.body === "stream" && stopUpload !== undefined });
    const onGone = (): void => settle({ kind: "left" });
    const start = (): void => {
      if (isSettled || stopUpload !== undefined) return;
      phase(timeouts.firstByte);
      stopUpload = upload(answer, body, host.settings.limits.body, upstream, {
        onProgress: () => stall.touch(),
        onWaitForClient: () => stall.hold(),
        onFail: (why) => settle({ kind: "client", fault: why === "tooLarge" ? "body-too-large" : "incomplete-body" }),
        onResume: (resume) => {
          drained = resume;
        },
      });
    };
    const answered = (incoming: Incoming): void => {
      if (isSettled) return;
      if (what.isGivenUp(incoming.status)) return settle({ kind: "given-up", status: incoming.status });
      if (!sendHead(exchange, answer, incoming)) return trouble("malformed");
      const passed = (): void => settle({ kind: "passed", status: incoming.status });
      download(exchange, incoming, phase(timeouts.idle), { onEnd: passed, onBroken: () => settle({ kind: "cut" }) });
    };
    stall.touch();
    response.on("close", onGone);
    const upstream = transport.open(
      endpoint,
      { answer, length: body.declared, fresh },
      { onConnected: start, onDrain: () => drained(), onAnswer: answered, onTrouble: trouble },
    );
    what.onStart(() => trouble("timeout"));
  });
}
