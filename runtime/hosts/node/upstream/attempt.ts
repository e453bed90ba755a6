/**
 * One attempt to have a call answered by one server. Promises exactly one end: the whole answer, a reason why there is none, or a connection that is
 * broken for both sides; deadlines on every phase; and that whoever leaves takes the other side's call along.
 */
import type { HttpTimeouts } from "../../../contract/http-traffic.ts";
import type { ReadAnswer } from "../../../contract/read-answer.ts";
import { download, type DownloadWatch, sendHead } from "../download.ts";
import type { Exchange } from "../host.ts";
import type { HostFault } from "../host-fault.ts";
import { misfitPlace } from "../misfit-place.ts";
import { type StallTimer, stallTimer } from "../stall-timer.ts";
import { type Upload, upload } from "../upload.ts";
import type { ForwardAnswer } from "../upstream-request.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Seen, seenBy } from "./seen-by.ts";
import type { Incoming, Transport, TransportWatch, Trouble, UpstreamCall } from "./transport.ts";

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
  readonly onStart?: (expire: () => void) => void;
};

/** `cut`: by the server, after its head had gone to the client. `left`: by the client. */
export type AttemptResult =
  | { readonly kind: "passed"; readonly status: number }
  /** Whoever watches has it. */
  | { readonly kind: "held"; readonly status: number }
  | { readonly kind: "cut" }
  | { readonly kind: "left" }
  | { readonly kind: "given-up"; readonly status: number }
  /** It was read, and is none that the route says it has. */
  | { readonly kind: "misfit"; readonly status: number }
  /** `tookBody`: bytes of a streamed body are gone. */
  | { readonly kind: "trouble"; readonly trouble: Trouble | "timeout"; readonly tookBody: boolean }
  /** Nothing is learnt of the server: the client's body was no good, or the request could not be written. */
  | { readonly kind: "client"; readonly fault: HostFault };

export function attempt(what: Attempt): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const { response } = what.exchange;
    // The client is gone, or has been told already that its body is none.
    if (response.destroyed || !response.writable) resolve({ kind: "left" });
    else new RunningAttempt(what, resolve).begin();
  });
}

/** One object that is told of everything: thousands of them are held while backends are slow. */
class RunningAttempt implements TransportWatch, DownloadWatch {
  readonly what: Attempt;
  readonly resolve: (result: AttemptResult) => void;
  readonly stall: StallTimer;
  readonly onGone = (): void => this.settle({ kind: "left" });
  upstream: UpstreamCall | undefined;
  uploading: Upload | undefined;
  isSettled = false;
  /** Of the answer that is passed on. */
  status = 0;

  constructor(what: Attempt, resolve: (result: AttemptResult) => void) {
    this.what = what;
    this.resolve = resolve;
    this.stall = stallTimer(what.timeouts.connect, () => this.onTrouble("timeout"));
  }

  begin(): void {
    const { exchange, answer, endpoint, transport, fresh, onStart } = this.what;
    this.stall.touch();
    exchange.response.on("close", this.onGone);
    try {
      this.upstream = transport.open(endpoint, { answer, length: exchange.body.declared, fresh }, this);
    } catch (error) {
      exchange.host.fault(exchange.outcome?.requestId ?? "", error);
      return this.settle({ kind: "client", fault: "internal" });
    }
    onStart?.(() => this.onTrouble("timeout"));
  }

  settle(result: AttemptResult): void {
    if (this.isSettled) return;
    this.isSettled = true;
    const { response } = this.what.exchange;
    this.stall.hold();
    this.uploading?.stop();
    response.off("close", this.onGone);
    const isWhole = result.kind === "passed" || result.kind === "held";
    if (!isWhole || this.upstream?.isSent() !== true) this.upstream?.destroy();
    this.resolve(response.headersSent && !isWhole && result.kind !== "left" ? { kind: "cut" } : result);
  }

  onTrouble(why: Trouble | "timeout"): void {
    this.settle({ kind: "trouble", trouble: why, tookBody: this.what.answer.body === "stream" && this.uploading !== undefined });
  }

  onConnected(upstream: UpstreamCall): void {
    this.upstream = upstream;
    if (this.isSettled || this.uploading !== undefined) return;
    const { exchange, answer, timeouts } = this.what;
    this.stall.touch(timeouts.firstByte);
    this.uploading = upload(answer, exchange.body, exchange.host.settings.limits.body, upstream, this.stall, (why) =>
      this.settle({ kind: "client", fault: why === "tooLarge" ? "body-too-large" : "incomplete-body" }),
    );
  }

  onDrain(): void {
    this.uploading?.resume();
  }

  onAnswer(incoming: Incoming): void {
    if (this.isSettled) return;
    const { exchange, timeouts, isGivenUp } = this.what;
    const { status } = incoming;
    if (isGivenUp(status)) return this.settle({ kind: "given-up", status });
    if (exchange.watch === undefined) return this.read(incoming);
    this.stall.touch(timeouts.idle);
    void seenBy(exchange.watch, incoming, () => this.stall.touch()).then((left) => this.onSeen(left, status));
  }

  onSeen(left: Seen, status: number): void {
    if (left === "held") this.settle({ kind: "held", status });
    else if (left === "broken") this.onTrouble("reset");
    else if (!this.isSettled) this.read(left);
  }

  read(incoming: Incoming): void {
    const { read } = this.what.answer;
    const most = read?.mostBytes(incoming.status);
    if (read === undefined || most === undefined) this.pass(incoming);
    else this.judge(incoming, read, most);
  }

  /** Where the route says what the answer is: it is read whole first. */
  judge(incoming: Incoming, read: ReadAnswer, most: number): void {
    const { exchange, timeouts } = this.what;
    const { readWhole } = exchange.host;
    if (readWhole === undefined) throw new Error("the server brings nothing that reads answers");
    this.stall.touch(timeouts.idle);
    void readWhole(read, most, incoming, this.stall, {
      onAnswer: (given) => this.pass(given),
      onMisfit: (misfit) => {
        exchange.notes.misfit = misfitPlace(misfit);
        this.settle({ kind: "misfit", status: incoming.status });
      },
      onBroken: () => this.onTrouble("reset"),
    });
  }

  pass(incoming: Incoming): void {
    const { exchange, answer, timeouts } = this.what;
    if (this.isSettled || !sendHead(exchange, answer, incoming)) return this.onTrouble("malformed");
    this.status = incoming.status;
    this.stall.touch(timeouts.idle);
    download(exchange, incoming, this.stall, this);
  }

  onEnd(): void {
    this.settle({ kind: "passed", status: this.status });
  }

  onBroken(): void {
    this.settle({ kind: "cut" });
  }
}
