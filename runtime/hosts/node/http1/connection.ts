/**
 * One connection of HTTP/1.1 at a door: its requests, one after the other, and its time. Promises: a request is not looked at before the answer to the one
 * before it has left, and not at all once an answer has said that the connection ends (so what is smuggled behind a refused request reaches no backend);
 * deadlines for heads and for silence; a bound on all that is kept unread; and that who breaks the grammar is told once, and never in the middle of an answer.
 */
import type { Socket } from "node:net";
import { type StallTimer, stallTimer } from "../stall-timer.ts";
import { chunked } from "./chunked-framing.ts";
import { type Framing, ofLength } from "./framing.ts";
import { type Carrier, Request } from "./request.ts";
import { begunHead, readRequestHead } from "./request-head.ts";
import { Response } from "./response.ts";

/** What a client did wrong where there is no request to answer. */
export type ClientFault = "malformed" | "headers-too-large" | "incomplete-head";

/** The door, as its connections see it. Times in milliseconds, `headBytes` for all of a head. */
export type ConnectionDoor = {
  readonly headBytes: number;
  readonly headerTimeout: number;
  readonly idleTimeout: number;
  /** Whether clients may go on as another protocol. */
  readonly upgrades: boolean;
  /** Connections end with the next answer; `stopping`: and those on which nobody waits for one, now. */
  readonly leaving: () => "no" | "retiring" | "stopping";
  /** A request has come. */
  readonly onRequest: (connection: Connection, request: Request, response: Response) => void;
  /** The refusal, as it is sent. `request`: whose body it is that is at fault. */
  readonly refusal: (connection: Connection, fault: ClientFault, request: Request | undefined) => string;
  readonly onClose: (connection: Connection) => void;
};

/** Bytes that may wait behind the request that is being answered. */
const mostAhead = 64 * 1024;
/** How long a client may take to read the last that it is told. */
const lingering = 1_000;
const emptyLine = "\r\n\r\n";

export class Connection implements Carrier {
  readonly socket: Socket;
  readonly door: ConnectionDoor;
  readonly deadline: StallTimer;
  request: Request | undefined;
  response: Response | undefined;
  /** Of the body that is coming. */
  framing: Framing | undefined;
  /** What has come of a head, and how much of it was looked at. */
  head = "";
  checked = 0;
  /** What has come behind the request that is being answered. */
  ahead: Buffer | undefined;
  /** Nothing that comes is looked at any more. */
  isOver = false;
  hasAnswered = false;

  constructor(socket: Socket, door: ConnectionDoor) {
    this.socket = socket;
    this.door = door;
    this.deadline = stallTimer(door.headerTimeout, () => this.late());
    this.deadline.touch();
    socket
      .on("data", (chunk: Buffer) => this.take(chunk))
      .on("drain", () => this.response?.emit("drain"))
      .on("end", () => this.takeEnd())
      .on("close", () => this.closed())
      // What follows is that it closes; an error that nobody listens to would end the process.
      .on("error", ignored);
  }

  /** An answer is under way. */
  isBusy(): boolean {
    return this.request !== undefined;
  }

  take(chunk: Buffer): void {
    if (this.isOver) return;
    if (this.framing !== undefined) this.takeBody(chunk, this.framing);
    else if (this.request === undefined && this.ahead === undefined) this.takeHead(chunk);
    else {
      this.ahead = this.ahead === undefined ? chunk : Buffer.concat([this.ahead, chunk]);
      if (this.ahead.length > mostAhead) this.socket.pause();
    }
  }

  takeHead(chunk: Buffer): void {
    const before = this.head.length;
    const text = this.head + chunk.toString("latin1");
    // Empty lines before a request are nothing (RFC 9112, section 2.2).
    const start = this.checked === 0 ? emptyLines(text) : 0;
    const end = text.indexOf(emptyLine, Math.max(start, before - emptyLine.length));
    if ((end < 0 ? text.length : end) - start > this.door.headBytes) return this.refuse("headers-too-large");
    if (end < 0) return this.wait(text.slice(start));
    this.head = "";
    this.checked = 0;
    const size = end + emptyLine.length;
    this.begin(text.slice(start, size), chunk.subarray(size - before));
  }

  /** For the rest of a head. */
  wait(text: string): void {
    const checked = begunHead(text, this.checked);
    if (checked < 0) return this.refuse("malformed");
    // Its time begins with its first byte, or with the connection.
    if (this.head === "" && text !== "" && this.hasAnswered) this.deadline.touch(this.door.headerTimeout);
    this.head = text;
    this.checked = checked;
  }

  /** `rest`: what stands behind the head. */
  begin(text: string, rest: Buffer): void {
    const head = readRequestHead(text);
    const { door } = this;
    if (head === undefined || head.method === "CONNECT") return this.refuse("malformed");
    this.deadline.hold();
    const request = new Request(head, this);
    const isUpgrade = door.upgrades && head.asksForUpgrade;
    const response = new Response(request, head.isKept && !isUpgrade && door.leaving() === "no", door.idleTimeout);
    this.request = request;
    this.response = response;
    if (isUpgrade) request.complete = true;
    else if (!request.complete) this.framing = head.length === undefined ? chunked() : ofLength(head.length);
    if (rest.length > 0) this.take(rest);
    if (this.request === request) door.onRequest(this, request, response);
  }

  takeBody(chunk: Buffer, framing: Framing): void {
    const { bytes, state, surplus } = framing(chunk);
    if (state === "malformed") return this.refuse("malformed");
    if (state === "whole") this.framing = undefined;
    if (surplus > 0) this.take(chunk.subarray(chunk.length - surplus));
    this.request?.take(bytes, state === "whole");
  }

  /** The answer has left. */
  answered(): void {
    const { request, response, door, socket } = this;
    if (request === undefined) return;
    this.release();
    // Of a body of which some is still to come nobody knows where it ends.
    if (response?.shouldKeepAlive !== true || !request.complete || door.leaving() === "stopping") {
      this.isOver = true;
      this.ahead = undefined;
      socket.destroySoon();
      return;
    }
    this.hasAnswered = true;
    this.deadline.touch(door.idleTimeout + closingTime);
    if (this.ahead !== undefined) setImmediate(goOn, this);
    else if (socket.isPaused()) socket.resume();
  }

  /** What came ahead of its turn. */
  goOn(): void {
    const { ahead, socket } = this;
    this.ahead = undefined;
    if (socket.destroyed) return;
    if (socket.isPaused()) socket.resume();
    if (ahead !== undefined) this.take(ahead);
  }

  /** The deadline has passed. */
  late(): void {
    if (this.isOver || (this.head === "" && this.hasAnswered)) this.socket.destroy();
    else this.refuse("incomplete-head");
  }

  /** Says what was wrong, and that it was the last. Where an answer has begun, it breaks instead. */
  refuse(fault: ClientFault): void {
    const { request, response, socket } = this;
    this.isOver = true;
    if (response?.headersSent === true) return this.reset();
    if (socket.writable) socket.end(this.door.refusal(this, fault, request));
    this.release();
    response?.close();
    this.deadline.touch(lingering);
    if (socket.isPaused()) socket.resume();
  }

  /** The client says no more, which it does when it leaves. */
  takeEnd(): void {
    while (this.request === undefined && this.ahead !== undefined) this.goOn();
    const { response, socket } = this;
    if (this.isOver) socket.end();
    else if (this.head !== "" || this.framing !== undefined) this.refuse("malformed");
    else if (response === undefined) socket.destroySoon();
    else if (response.writableEnded) response.shouldKeepAlive = false;
    else socket.destroy();
  }

  closed(): void {
    this.isOver = true;
    this.deadline.hold();
    this.head = "";
    this.ahead = undefined;
    const { response } = this;
    this.release();
    response?.close();
    this.door.onClose(this);
  }

  release(): void {
    const { request } = this;
    this.request = undefined;
    this.response = undefined;
    this.framing = undefined;
    request?.forget();
  }

  /** A plain end closes some answers; only TCP can do otherwise. */
  reset(): void {
    const { socket } = this;
    this.isOver = true;
    if (socket.remotePort === undefined || "encrypted" in socket) socket.destroy();
    else socket.resetAndDestroy();
  }

  /** Ends now, or with the answer that is under way. */
  retire(): void {
    if (this.response === undefined) this.socket.destroy();
    else this.response.shouldKeepAlive = false;
  }

  leave(): Socket {
    const { socket, ahead } = this;
    this.isOver = true;
    this.ahead = undefined;
    for (const event of ["data", "drain", "end"]) socket.removeAllListeners(event);
    // Only one that is paused can be made to give again what it has given.
    socket.pause();
    if (ahead !== undefined) socket.unshift(ahead);
    // Whoever takes it listens before the next tick.
    return socket.resume();
  }
}

/** Milliseconds for which a connection stays beyond what its client was told: a request may be on its way. */
const closingTime = 1_000;

function goOn(connection: Connection): void {
  connection.goOn();
}

/** Where the first line begins that is not empty. */
function emptyLines(text: string): number {
  let at = 0;
  while (text.startsWith("\r\n", at)) at += 2;
  return at;
}

function ignored(): void {}
