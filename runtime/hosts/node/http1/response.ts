/**
 * An answer of HTTP/1.1 as it is said. Promises: its body is as long as its head says or the connection breaks, and nothing is sent behind its end. What is
 * said in one go leaves in one piece.
 */
import { EventEmitter } from "node:events";
import type { ClientResponse } from "../client-call.ts";
import { type AnswerFraming, answerHead, fieldLine, shapeOf } from "./answer-head.ts";
import type { Request } from "./request.ts";

/** From so many bytes on a piece is not copied to stand behind another. */
const large = 16 * 1024;

export class Response extends EventEmitter implements ClientResponse {
  readonly request: Request;
  /** Milliseconds. */
  readonly idleTimeout: number;
  shouldKeepAlive: boolean;
  statusCode = 0;
  headersSent = false;
  destroyed = false;
  writableEnded = false;
  writableFinished = false;
  framing: AnswerFraming = "none";
  /** Bytes of the body that are still to come, where the head says how many. */
  left = 0;
  trailers = "";
  /** A piece that was passed is with the kernel. */
  onLeft: ((error?: Error | null) => void) | undefined;
  /** What was said and has not left. */
  said: (string | Uint8Array)[] = [];

  constructor(request: Request, isKept: boolean, idleTimeout: number) {
    super();
    this.request = request;
    this.shouldKeepAlive = isKept;
    this.idleTimeout = idleTimeout;
  }

  get writable(): boolean {
    return this.request.carrier?.socket.writable === true;
  }

  get writableNeedDrain(): boolean {
    return this.request.carrier?.socket.writableNeedDrain === true;
  }

  hasLeft(): boolean {
    return this.said.length === 0 && this.request.carrier?.socket.writableLength === 0;
  }

  writeContinue(): void {
    if (!this.headersSent) this.request.carrier?.socket.write("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
  }

  writeHead(status: number, fields: readonly string[]): void {
    if (this.headersSent) throw new Error("an answer has one head");
    const shape = shapeOf(this.request, status, fields);
    if (!shape.isKept || shape.framing === "close") this.shouldKeepAlive = false;
    this.say(answerHead(status, fields, shape, this.shouldKeepAlive ? this.idleTimeout : 0));
    this.statusCode = status;
    this.headersSent = true;
    this.framing = shape.framing;
    this.left = shape.length;
  }

  flushHeaders(): void {
    this.send();
  }

  /** False: more than the client takes at once waits for it. */
  write(chunk: Uint8Array): boolean {
    if (this.writableEnded || this.framing === "none" || chunk.length === 0) return true;
    if (this.framing === "length") this.left -= chunk.length;
    if (this.left < 0) {
      this.request.cut();
      return true;
    }
    // One of many pieces is written as it is.
    if (this.framing !== "chunked" && chunk.length >= large && this.said.length === 0) return this.pass(chunk);
    if (this.framing === "chunked") this.say(`${chunk.length.toString(16)}\r\n`);
    this.say(chunk);
    if (this.framing === "chunked") this.say("\r\n");
    if (chunk.length >= large) this.send();
    return !this.writableNeedDrain;
  }

  /** As `write`, of what needs nothing before or behind it. False where any of it waits: for one more piece there would be one more to wait. */
  pass(chunk: Uint8Array): boolean {
    const socket = this.request.carrier?.socket;
    if (socket === undefined || !socket.writable) return true;
    this.onLeft ??= (error) => void (error ?? this.emit("drain"));
    socket.write(chunk, this.onLeft);
    return socket.writableLength === 0;
  }

  addTrailers(trailers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(trailers)) this.trailers += fieldLine(name, value);
  }

  end(chunk?: Uint8Array): void {
    if (this.writableEnded) return;
    if (chunk !== undefined) this.write(chunk);
    this.writableEnded = true;
    const { carrier } = this.request;
    if (carrier === undefined) return;
    if (this.left > 0) return carrier.reset();
    if (this.framing === "chunked") this.say(`0\r\n${this.trailers}\r\n`);
    this.send();
    const { socket } = carrier;
    if (socket.writableLength === 0) this.finish();
    // It is told by what stands behind it.
    else socket.write("", "latin1", () => this.finish());
  }

  say(piece: string | Uint8Array): void {
    // What ends in the same go sends it; else it leaves behind it.
    if (this.said.push(piece) === 1) process.nextTick(send, this);
  }

  send(): void {
    const { said } = this;
    const socket = this.request.carrier?.socket;
    if (said.length === 0) return;
    this.said = [];
    if (socket === undefined || !socket.writable) return;
    const size = said.reduce((sum, piece) => sum + piece.length, 0);
    if (size < large) return void socket.write(joined(said, size));
    socket.cork();
    for (const piece of said) {
      if (typeof piece === "string") socket.write(piece, "latin1");
      else socket.write(piece);
    }
    socket.uncork();
  }

  finish(): void {
    const { carrier } = this.request;
    // Its connection may have broken on the way.
    if (carrier === undefined || this.writableFinished) return;
    this.writableFinished = true;
    this.emit("finish");
    // What goes on behind it as another protocol is the call still.
    if (this.statusCode === switching) return;
    this.close();
    carrier.answered();
  }

  /** Nothing more can be said. */
  close(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit("close");
  }
}

const switching = 101;

function send(response: Response): void {
  response.send();
}

function joined(pieces: readonly (string | Uint8Array)[], size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === "string") bytes.write(piece, at, "latin1");
    else bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
