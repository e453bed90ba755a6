/**
 * A request and its answer as the host works with them, whatever version of HTTP brought them. Knows no connection but as far as it can be broken.
 */
import type { Socket } from "node:net";
import type { LocalAnswer } from "../../contract/gateway.ts";
import type { Http2Head } from "../../contract/request.ts";

/** Where the body of a request goes. */
export type RequestSink = {
  readonly onData: (chunk: Uint8Array) => void;
  /** All has come that the head announced. */
  readonly onEnd: () => void;
  /** It will never be whole. */
  readonly onGone: () => void;
};

export type ClientRequest = {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  /** Of HTTP/2: such a request is a stream, which can be ended without its connection. */
  readonly http2?: Http2Head;
  /** Bytes of the body; undefined: they are not said beforehand. */
  readonly length: number | undefined;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly awaitsContinue: boolean;
  /** The client looks behind the body of its answer (RFC 9110, section 6.5.1). */
  readonly takesTrailers: boolean;
  /** All of it has come. */
  readonly complete: boolean;
  /** Gives the body to this sink from now on, at once where there is something to give; nothing of it is lost before. Without one it waits. */
  readonly flow: (sink: RequestSink | undefined) => void;
  /** Nothing more is given until `resume` or `flow`. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Breaks the answer, so that nobody takes it for whole. */
  readonly cut: () => void;
  /** The connection ends with what was said on it. */
  readonly endSoon: () => void;
  /** The bare connection, once it was answered that it is upgraded. Absent: there is none that could be. */
  readonly takeOver?: () => Socket;
};

export type ClientResponse = {
  readonly statusCode: number;
  /** False: the connection ends with this answer. */
  shouldKeepAlive: boolean;
  readonly headersSent: boolean;
  /** Nothing more can be said. */
  readonly destroyed: boolean;
  /** Something can be said to this client. */
  readonly writable: boolean;
  /** `end` was called. */
  readonly writableEnded: boolean;
  /** All of it was handed to the kernel. */
  readonly writableFinished: boolean;
  readonly writableNeedDrain: boolean;
  /** The kernel has all that was said so far. Absent: that is not known. */
  readonly hasLeft?: () => boolean;
  readonly writeContinue: () => void;
  /** `fields`: names and values in turn. Throws where one cannot be sent. */
  readonly writeHead: (status: number, fields: readonly string[]) => unknown;
  readonly flushHeaders: () => void;
  readonly write: (chunk: Uint8Array) => boolean;
  readonly addTrailers: (trailers: Readonly<Record<string, string>>) => void;
  readonly end: (chunk?: Uint8Array) => unknown;
  readonly on: (event: "close" | "drain" | "finish", listener: () => void) => ClientResponse;
  readonly once: (event: "close" | "drain" | "finish", listener: () => void) => ClientResponse;
  readonly off: (event: "close" | "drain" | "finish", listener: () => void) => ClientResponse;
  /** How this client is told of a refusal, where that is another way than by the answer itself. */
  readonly asRefusal?: (answer: LocalAnswer) => LocalAnswer;
};
