/**
 * The gateway's side of the opening handshake with a server (RFC 6455 section 4.1). Promises: a server that does not prove that it speaks this protocol,
 * or agrees to what nobody offered, gets no frame; what it answers instead of agreeing is an answer like any other.
 */
import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Agent as TlsAgent } from "node:https";
import type { Socket } from "node:net";
import type { Answer } from "../../../contract/gateway.ts";
import type { HttpTimeouts } from "../../../contract/http-traffic.ts";
import { lowerAscii, trimBlanks } from "../../../kernel/characters.ts";
import { stallTimer } from "../stall-timer.ts";
import type { Endpoint } from "../upstream/endpoint.ts";
import { always, type TlsSettings } from "../upstream/http1.ts";
import { readableBody } from "../upstream/readable-body.ts";
import type { Incoming, Trouble } from "../upstream/transport.ts";
import { upstreamRequest } from "../upstream-request.ts";

export type WebsocketAnswer = Extract<Answer, { kind: "websocket" }>;

/** What the server agreed to. */
export type Agreed = {
  readonly socket: Socket;
  readonly rawHeaders: readonly string[];
  readonly protocol?: string;
  readonly extensions?: string;
};
export type Handshake =
  | { readonly kind: "agreed"; readonly agreed: Agreed }
  | { readonly kind: "answered"; readonly incoming: Incoming }
  | { readonly kind: "trouble"; readonly trouble: Trouble | "timeout" }
  | { readonly kind: "left" };

/** `onLeave` is told how to give up: the client is gone, or the time for all attempts is over. */
export type Asking = {
  readonly answer: WebsocketAnswer;
  readonly endpoint: Endpoint;
  readonly timeouts: HttpTimeouts;
  readonly tls: (() => TlsSettings) | undefined;
  readonly onStart: (giveUp: (why: "left" | "timeout") => void) => void;
};

export function handshake({ answer, endpoint, timeouts, tls, onStart }: Asking): Promise<Handshake> {
  const key = randomBytes(16).toString("base64");
  const agent = endpoint.target.isTls ? new TlsAgent({ ...tls?.(), ...always }) : false;
  return new Promise((resolve) => {
    let isSettled = false;
    let isConnected = false;
    const settle = (result: Handshake): void => {
      if (isSettled) return;
      isSettled = true;
      connecting.hold();
      waiting.hold();
      if (result.kind === "trouble" || result.kind === "left") request.destroy();
      resolve(result);
    };
    const trouble = (why: Trouble | "timeout"): void => settle({ kind: "trouble", trouble: why });
    const connecting = stallTimer(timeouts.connect, () => trouble("timeout"));
    const waiting = stallTimer(timeouts.firstByte, () => trouble("timeout"));
    const request = upstreamRequest(asked(answer, key), endpoint, agent);
    connecting.touch();
    request.on("socket", (socket) =>
      socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
        isConnected = true;
        connecting.hold();
        if (!isSettled) waiting.touch();
      }),
    );
    request.on("error", (error: NodeJS.ErrnoException) =>
      trouble(!isConnected ? "connect" : error.code?.startsWith("HPE_") === true ? "malformed" : "reset"),
    );
    request.on("close", () => trouble(isConnected ? "reset" : "connect"));
    request.on("response", (incoming) => {
      const { statusCode: status = 0, rawHeaders } = incoming;
      settle({ kind: "answered", incoming: { status, rawHeaders, body: readableBody(incoming, () => incoming.complete) } });
    });
    request.on("upgrade", (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
      const agreed = agreement(incoming, socket, key, answer);
      if (isSettled || agreed === undefined) {
        socket.on("error", () => {}).destroy();
        return trouble("malformed");
      }
      if (head.length > 0) socket.unshift(head);
      settle({ kind: "agreed", agreed });
    });
    onStart((why) => settle(why === "left" ? { kind: "left" } : { kind: "trouble", trouble: "timeout" }));
    request.end();
  });
}

/** The request as one to be forwarded, with a key that only this connection has. */
function asked(
  { backend, target, headers, extensions, responseHeaders }: WebsocketAnswer,
  key: string,
): Extract<Answer, { kind: "forward" }> {
  const fields: [string, string][] = [
    ["connection", "Upgrade"],
    ["upgrade", "websocket"],
    ["sec-websocket-version", "13"],
    ["sec-websocket-key", key],
  ];
  if (extensions !== undefined) fields.push(["sec-websocket-extensions", extensions]);
  return { kind: "forward", backend, method: "GET", target, headers: [...headers, ...fields], body: "none", responseHeaders };
}

/** Undefined: the answer agrees to something else. */
function agreement(
  { statusCode, headers, rawHeaders }: IncomingMessage,
  socket: Socket,
  key: string,
  answer: WebsocketAnswer,
): Agreed | undefined {
  const {
    upgrade = "",
    "sec-websocket-accept": accept,
    "sec-websocket-protocol": protocol,
    "sec-websocket-extensions": extensions,
  } = headers;
  if (statusCode !== 101 || lowerAscii(upgrade) !== "websocket" || accept !== acceptOf(key)) return undefined;
  if (protocol !== undefined && !offered(answer).includes(protocol)) return undefined;
  if (extensions !== undefined && (answer.extensions === undefined || !/^permessage-deflate(?:[ \t]*;[^,]*)?$/i.test(extensions)))
    return undefined;
  return {
    socket,
    rawHeaders,
    ...(protocol === undefined ? {} : { protocol }),
    ...(extensions === undefined ? {} : { extensions }),
  };
}

function offered({ headers }: WebsocketAnswer): readonly string[] {
  return headers.flatMap(([name, value]) => (name === "sec-websocket-protocol" ? value.split(",").map(trimBlanks) : []));
}

/** RFC 6455 section 4.2.2. */
export function acceptOf(key: string): string {
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}
