/**
 * One request on a connection, and its answer. Promises: an answer is whole only where it is as long as its head said, each end is told once, and what is
 * done with a call that is over reaches no other call.
 */
import type { Socket } from "node:net";
import type { AnswerBody, AnswerSink } from "../answer-body.ts";
import type { TransportWatch, Trouble, UpstreamCall } from "../transport.ts";
import { type Framing, untilClose } from "../../http1/framing.ts";
import { firstBytes, largestHead, mayBecomeHead, readResponseHead } from "./response-head.ts";

/** A connection, as the call on it sees it. */
export type Carrier = {
  readonly socket: Socket;
  /** Nothing more is read, until `resume`; what was on its way may still come. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** The call is over; after how many idle milliseconds the connection ends, 0: now. */
  readonly release: (keepFor: number) => void;
};

/** `head`: as it is sent. `isChunked`: the body behind it. `isOfHead`: the answer has no body, whatever its head says. */
export type CallRequest = { readonly head: string; readonly isChunked: boolean; readonly isOfHead: boolean };

/** One object for the call and the body of its answer: a process holds thousands of them. */
export class Call implements UpstreamCall, AnswerBody {
  readonly request: CallRequest;
  readonly watch: TransportWatch;
  /** Undefined: all was said, or nobody wants more; the connection is another call's, or gone. */
  connection: Carrier | undefined;
  /** Of the request; empty once it is on its way. */
  head: string;
  isEnded = false;
  wasSent = false;
  /** Bytes of heads so far. */
  headSize = 0;
  isAnswered = false;
  framing: Framing | undefined;
  keepFor = 0;
  /** What has come and was not read: of a head, or of a body that nobody takes. */
  held: Buffer | undefined;
  sink: AnswerSink | undefined;
  isPaused = false;
  fate: "whole" | "broken" | undefined;

  constructor(request: CallRequest, watch: TransportWatch) {
    this.request = request;
    this.head = request.head;
    this.watch = watch;
  }

  write(chunk: Uint8Array): boolean {
    const socket = this.connection?.socket;
    if (socket === undefined || chunk.length === 0) return true;
    const { isChunked } = this.request;
    // One write for the kernel.
    socket.cork();
    this.say(socket, isChunked ? `${chunk.length.toString(16)}\r\n` : "");
    socket.write(chunk);
    this.say(socket, isChunked ? "\r\n" : "");
    socket.uncork();
    return !socket.writableNeedDrain;
  }

  end(chunk?: Uint8Array): void {
    const socket = this.connection?.socket;
    if (socket === undefined) return;
    if (chunk !== undefined) this.write(chunk);
    this.say(socket, this.request.isChunked ? "0\r\n\r\n" : "");
    this.isEnded = true;
  }

  /** Behind the head, where that has not gone. */
  say(socket: Socket, framing: string): void {
    const text = this.head + framing;
    this.head = "";
    if (text !== "") socket.write(text, "latin1");
  }

  isSent(): boolean {
    return this.connection === undefined ? this.wasSent : this.isEnded && this.connection.socket.writableLength === 0;
  }

  destroy(): void {
    this.takeBreak(undefined);
  }

  flow(sink: AnswerSink): void {
    this.sink = sink;
    if (this.fate === "broken") sink.onBroken();
    else this.resume();
  }

  pause(): void {
    this.isPaused = true;
    this.connection?.pause();
  }

  resume(): void {
    this.isPaused = false;
    this.pass();
    if (!this.isPaused) this.connection?.resume();
    this.tellEnd();
  }

  isBroken(): boolean {
    return this.fate === "broken";
  }

  /** The connection has brought something. True: nothing of it is kept. */
  take(chunk: Buffer): boolean {
    this.held = this.held === undefined ? chunk : Buffer.concat([this.held, chunk]);
    if (this.isAnswered) return this.pass();
    this.readHeads(chunk);
    return false;
  }

  /** The server says no more. */
  takeEnd(): void {
    if (this.framing === untilClose) this.whole(false);
    else this.takeBreak("reset");
    this.tellEnd();
  }

  /** `why`: undefined where nobody wants the answer, or to know. */
  takeBreak(why: Trouble | undefined): void {
    const { sink } = this;
    this.leave(false);
    // What is whole can break only for who has not heard of its end.
    if (this.fate === "broken" || (this.fate === "whole" && sink === undefined)) return;
    this.fate = "broken";
    this.sink = undefined;
    if (this.isAnswered) sink?.onBroken();
    else if (why !== undefined) this.watch.onTrouble(why);
  }

  /** Up to the one that is the answer: those before it only inform. */
  readHeads(latest: Buffer): void {
    for (;;) {
      const { held } = this;
      if (held === undefined) return;
      const end = held.indexOf(emptyLine);
      if (this.headSize + (end < 0 ? held.length : end) > largestHead) return this.takeBreak("malformed");
      if (end < 0) {
        // The first bytes and lines that have ended are looked at, so that nobody waits for the rest of what is no head.
        const isNews = held.length - latest.length < firstBytes || latest.includes(lineFeed);
        return isNews && !mayBecomeHead(held.toString("latin1")) ? this.takeBreak("malformed") : undefined;
      }
      const size = end + emptyLine.length;
      const head = readResponseHead(held.toString("latin1", 0, size), this.request.isOfHead);
      // What would begin to speak another protocol was not asked to.
      if (head === undefined || head.status === 101) return this.takeBreak("malformed");
      this.headSize += size;
      this.held = size === held.length ? undefined : held.subarray(size);
      if (head.status < 200) continue;
      const { status, rawHeaders, framing, keepFor } = head;
      this.isAnswered = true;
      this.framing = framing;
      this.keepFor = keepFor;
      if (framing === undefined) this.whole(this.held !== undefined);
      this.watch.onAnswer({ status, rawHeaders, body: this, isBodiless: framing === undefined });
      return;
    }
  }

  /** Hands over what is held. True: nothing of it is kept. */
  pass(): boolean {
    const { held, framing, sink } = this;
    if (held === undefined || framing === undefined || this.fate !== undefined) return false;
    if (sink === undefined || this.isPaused) {
      this.connection?.pause();
      return false;
    }
    this.held = undefined;
    const { bytes, state, surplus } = framing(held);
    if (state === "whole") this.whole(surplus > 0);
    if (bytes.length > 0) sink.onData(bytes);
    const isUsedUp = sink.hasUsedUp?.() === true;
    if (state === "malformed") this.takeBreak("malformed");
    this.tellEnd();
    return isUsedUp;
  }

  /** All has come. `hasSurplus`: and more, for which nobody asked. */
  whole(hasSurplus: boolean): void {
    this.fate = "whole";
    this.held = undefined;
    this.leave(!hasSurplus);
  }

  tellEnd(): void {
    const { sink } = this;
    if (this.fate !== "whole" || this.isPaused || sink === undefined) return;
    this.sink = undefined;
    sink.onEnd();
  }

  leave(isClean: boolean): void {
    const { connection } = this;
    if (connection === undefined) return;
    this.wasSent = this.isSent();
    this.connection = undefined;
    connection.release(isClean && this.wasSent ? this.keepFor : 0);
  }
}

const emptyLine = Buffer.from("\r\n\r\n");
const lineFeed = 10;
