/**
 * An answer of a function that comes in pieces: frames of the Invoke API, of which the payloads begin with a head as JSON and eight zero bytes, as
 * AWS API Gateway takes it. Promises: an answer is complete only if the service says that the function ended well.
 */
import type { IncomingMessage } from "node:http";
import { crc32 } from "node:zlib";
import type { LambdaHostBackend } from "../../../contract/host-backend.ts";
import { type Frame, frameReader } from "../../../backends/event-stream.ts";
import { readHead } from "../../../backends/lambda-output.ts";
import { sendHead } from "../download.ts";
import type { Exchange } from "../exchange.ts";
import type { HostFault } from "../host-fault.ts";
import type { InvokeAnswer, Passed } from "./invoke-answer.ts";
import { faultOf, withoutLength } from "./pass-whole.ts";
import { openPieces, type Pieces } from "./pieces.ts";

/** Bytes of the head, before its zero bytes. */
const longestHead = 64 * 1024;
const headEnd = Buffer.alloc(8);

export async function passStream(
  exchange: Exchange,
  answer: InvokeAnswer,
  { timeout }: LambdaHostBackend,
  reply: IncomingMessage,
): Promise<Passed> {
  // What passes while it comes cannot be judged; a program says so of no route, but a release may lead here.
  const fault = answer.read === undefined ? faultOf(reply, undefined) : "invalid-answer";
  if (fault !== undefined) {
    reply.destroy();
    return fault;
  }
  const passing = passingOf(exchange, answer);
  let isLate = false;
  reply.setTimeout(timeout, () => {
    isLate = true;
    reply.destroy();
  });
  const broken = (why: HostFault): Passed => (exchange.response.headersSent || exchange.response.destroyed ? "cut" : why);
  try {
    const read = frameReader(crc32);
    for await (const piece of reply as AsyncIterable<Uint8Array>) {
      const frames = read(piece);
      if (frames === undefined) return broken("bad-gateway");
      for (const frame of frames) {
        const end = endOf(frame);
        if (end === "well") return await passing.ended();
        if (end !== undefined) return broken(end);
        if (!passing.take(frame.payload)) return broken("bad-gateway");
      }
      await passing.ready();
    }
  } catch {
    return broken(isLate ? "backend-timeout" : "bad-gateway");
  } finally {
    passing.over();
    reply.destroy();
  }
  return broken("bad-gateway");
}

/** Undefined: more is to come. A frame of a kind that is not known ends it too. */
function endOf({ headers, payload }: Frame): "well" | HostFault | undefined {
  const event = headers.get(":event-type");
  if (headers.get(":message-type") !== "event") return "bad-gateway";
  if (event === "PayloadChunk") return undefined;
  if (event !== "InvokeComplete") return "bad-gateway";
  const code = errorCode(payload);
  if (code === undefined) return "well";
  return code.includes("Timedout") || code.includes("TimedOut") ? "backend-timeout" : "bad-gateway";
}

function errorCode(payload: Uint8Array): string | undefined {
  if (payload.length === 0) return undefined;
  try {
    const { ErrorCode: code } = JSON.parse(Buffer.from(payload).toString("utf8")) as { readonly ErrorCode?: unknown };
    return typeof code === "string" && code !== "" ? code : undefined;
  } catch {
    return "unreadable";
  }
}

type Passing = {
  /** False: what should be a head is none. */
  readonly take: (piece: Uint8Array) => boolean;
  /** Resolves when more may come. */
  readonly ready: () => Promise<void> | undefined;
  /** The function ended well. */
  readonly ended: () => Promise<Passed>;
  /** Nothing more comes, for whatever reason. */
  readonly over: () => void;
};

function passingOf(exchange: Exchange, answer: InvokeAnswer): Passing {
  let head = Buffer.alloc(0);
  let pieces: Pieces | undefined;
  let isWhole = false;
  const pass = (piece: Uint8Array): boolean => {
    if (piece.length > 0 && answer.method !== "HEAD") pieces?.write(piece);
    return true;
  };
  return {
    ready: () => pieces?.ready(),
    ended: async () => {
      await pieces?.end();
      isWhole = pieces !== undefined;
      return isWhole ? "passed" : "bad-gateway";
    },
    over: () => {
      if (!isWhole) pieces?.abandon();
    },
    take: (piece) => {
      if (pieces !== undefined) return pass(piece);
      head = Buffer.concat([head, piece]);
      const end = head.indexOf(headEnd);
      if (end < 0) return head.length <= longestHead;
      if (!sendStreamHead(exchange, answer, head.subarray(0, end))) return false;
      pieces = openPieces(exchange);
      return pass(head.subarray(end + headEnd.length));
    },
  };
}

function sendStreamHead(exchange: Exchange, answer: InvokeAnswer, text: Uint8Array): boolean {
  const output = parsed(text);
  const head = output && readHead("2.0", output);
  if (head === undefined) return false;
  const { status, rawHeaders } = head;
  if (!sendHead(exchange, answer, { status, rawHeaders: withoutLength(rawHeaders) })) return false;
  exchange.response.flushHeaders();
  return true;
}

function parsed(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
