/** A request of HTTP/1.1: what its head says, and its body as it comes. Promises that a body which breaks off is never whole for anybody. */
import type { Socket } from "node:net";
import type { ClientRequest, RequestSink } from "../client-call.ts";
import type { RequestHead } from "./request-head.ts";

/** The connection, as the request on it sees it. */
export type Carrier = {
  readonly socket: Socket;
  readonly reset: () => void;
  /** The answer has left. */
  readonly answered: () => void;
  /** Hands the connection over as it is. */
  readonly leave: () => Socket;
};

export class Request implements ClientRequest {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  readonly rawHeaders: readonly string[];
  readonly length: number | undefined;
  readonly awaitsContinue: boolean;
  readonly takesTrailers: boolean;
  complete: boolean;
  /** Undefined: the call is over, or its connection gone. */
  carrier: Carrier | undefined;
  sink: RequestSink | undefined;
  isPaused = false;
  /** The end was told. */
  isTold = false;
  /** What has come of the body and nobody took. */
  waiting: Uint8Array | undefined;

  constructor(head: RequestHead, carrier: Carrier) {
    this.method = head.method;
    this.target = head.target;
    this.httpVersion = head.httpVersion;
    this.rawHeaders = head.rawHeaders;
    this.length = head.length;
    this.awaitsContinue = head.awaitsContinue;
    this.takesTrailers = head.takesTrailers;
    this.complete = head.length === 0;
    this.carrier = carrier;
  }

  flow(sink: RequestSink | undefined): void {
    this.sink = sink;
    if (sink === undefined) this.pause();
    else if (this.carrier === undefined && !this.complete) sink.onGone();
    else this.resume();
  }

  pause(): void {
    this.isPaused = true;
    // Of a body that has come nothing is held up; that the client leaves is still to be seen.
    if (!this.complete) this.carrier?.socket.pause();
  }

  resume(): void {
    this.isPaused = false;
    this.give();
    if (!this.isPaused && this.waiting === undefined) this.carrier?.socket.resume();
  }

  cut(): void {
    this.carrier?.reset();
  }

  endSoon(): void {
    this.carrier?.socket.destroySoon();
  }

  takeOver(): Socket {
    if (this.carrier === undefined) throw new Error("a connection that is no longer the request's");
    return this.carrier.leave();
  }

  /** A piece of the body has come. `isLast`: with it, all. */
  take(bytes: Uint8Array, isLast: boolean): void {
    this.complete = isLast;
    if (bytes.length > 0) this.waiting = this.waiting === undefined ? bytes : Buffer.concat([this.waiting, bytes]);
    this.give();
    if (this.waiting !== undefined && !isLast) this.carrier?.socket.pause();
  }

  give(): void {
    const { waiting } = this;
    if (this.sink === undefined || this.isPaused) return;
    if (waiting !== undefined) {
      this.waiting = undefined;
      this.sink.onData(waiting);
    }
    // Whoever takes it may have had enough of it.
    if (!this.complete || this.isTold || this.isPaused || this.sink === undefined) return;
    this.isTold = true;
    this.sink.onEnd();
  }

  /** The call is over, or its connection gone: nothing that is done with it reaches another call. */
  forget(): void {
    this.carrier = undefined;
    this.waiting = undefined;
    if (!this.complete) this.sink?.onGone();
    this.sink = undefined;
  }
}
