/**
 * A request and its answer as the host works with them, whatever version of HTTP brought them: of what `node:http` has, the part that is used. Knows no
 * connection but as far as it can be broken.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { LocalAnswer } from "../../contract/gateway.ts";
import type { Http2Head } from "../../contract/request.ts";

export type ClientRequest = {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersion: string;
  /** Names and values in turn, as received. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  /** Of HTTP/2: such a request is a stream, which can be ended without its connection. */
  readonly http2?: Http2Head;
  /** All of it has come. */
  readonly complete: boolean;
  readonly destroyed: boolean;
  readonly readableEnded: boolean;
  readonly on: (event: "data" | "end" | "close" | "error", listener: (chunk: Uint8Array) => void) => ClientRequest;
  readonly off: (event: "data" | "end" | "close" | "error", listener: (chunk: Uint8Array) => void) => ClientRequest;
  readonly pause: () => unknown;
  readonly resume: () => unknown;
  readonly socket: { readonly resetAndDestroy: () => unknown; readonly destroySoon: () => unknown };
};

export type ClientResponse = {
  statusCode: number;
  /** False: the connection ends with this answer. */
  shouldKeepAlive: boolean;
  readonly headersSent: boolean;
  readonly destroyed: boolean;
  /** `end` was called. */
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  readonly writableNeedDrain: boolean;
  readonly socket: { readonly writable: boolean } | null;
  readonly writeContinue: () => void;
  /** `fields`: names and values in turn. */
  readonly writeHead: (status: number, fields: string[]) => unknown;
  readonly flushHeaders: () => void;
  readonly write: (chunk: Uint8Array) => boolean;
  readonly addTrailers: (trailers: Readonly<Record<string, string>>) => void;
  readonly end: (chunk?: string | Uint8Array) => unknown;
  readonly on: (event: "close" | "drain" | "finish", listener: () => void) => ClientResponse;
  readonly once: (event: "close" | "drain" | "finish", listener: () => void) => ClientResponse;
  readonly off: (event: "close" | "drain" | "finish", listener: () => void) => ClientResponse;
  /** How this client is told of a refusal, where that is another way than by the answer itself. */
  readonly asRefusal?: (answer: LocalAnswer) => LocalAnswer;
};
