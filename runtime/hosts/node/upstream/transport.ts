/** A way to call servers: what an attempt asks of HTTP/1.1 and HTTP/2 alike. */
import type { ForwardAnswer } from "../upstream-request.ts";
import type { AnswerBody } from "./answer-body.ts";
import type { Endpoint } from "./endpoint.ts";

/** `fresh`: a connection for this call alone. `length`: of a streamed body, where the client declared one. */
export type Request = { readonly answer: ForwardAnswer; readonly length: number | undefined; readonly fresh: boolean };

export type Transport = {
  /** Throws where a part of the request cannot be written: nothing of it is sent then. */
  readonly open: (endpoint: Endpoint, request: Request, watch: TransportWatch) => UpstreamCall;
  readonly close: () => void;
};

/** The request on its way. */
export type UpstreamCall = {
  /** False: no more is wanted until `onDrain`. */
  readonly write: (chunk: Uint8Array) => boolean;
  readonly end: (chunk?: Uint8Array) => void;
  readonly isSent: () => boolean;
  readonly destroy: () => void;
};

/**
 * Why there is no answer. `connect`: no connection was made, so nothing was sent. `stale`: the server had closed a kept connection, likely before it
 * saw the call. `malformed`: what came is no answer.
 */
export type Trouble = "connect" | "stale" | "reset" | "malformed";

export type TransportWatch = {
  /** A connection stands: the request goes out. One that stood already is told of before `open` returns. */
  readonly onConnected: (call: UpstreamCall) => void;
  readonly onDrain: () => void;
  readonly onAnswer: (incoming: Incoming) => void;
  /** Once at most, and never after `onAnswer`: what breaks later breaks the body. */
  readonly onTrouble: (trouble: Trouble) => void;
};

/** An answer of which the head has come. */
export type Incoming = {
  readonly status: number;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly body: AnswerBody;
  /** It is known that nothing follows the head. */
  readonly isBodiless?: boolean;
  /** What stands behind the body and may be passed on, by name; absent: nothing ever does. */
  readonly trailers?: () => Readonly<Record<string, string>>;
};
