/** What a server makes of the bytes of a client: ours, and the one of `node:http`. Both are given the same pieces by a stream in place of the socket. */
import { createServer } from "node:http";
import type { Socket } from "node:net";
import { Connection } from "../../../../runtime/hosts/node/http1/connection.ts";
import { type Said, Wire } from "../http1/wire.ts";

export type HeardRequest = {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  readonly rawHeaders: readonly string[];
  /** One character a byte. */
  readonly body: string;
};
/** `whole`: those that came to their end. `isRefused`: what came next was told to be no request, or its body none. `isOver`: nothing more is looked at. */
export type Heard = { readonly whole: readonly HeardRequest[]; readonly isRefused: boolean; readonly isOver: boolean };

/** Whole requests are answered at once. */
export async function heardByOurs(said: Said): Promise<Heard> {
  const whole: HeardRequest[] = [];
  let isRefused = false;
  const wire = new Wire();
  const connection = new Connection(wire as unknown as Socket, {
    headBytes: 64 * 1024,
    headerTimeout: 60_000,
    idleTimeout: 60_000,
    upgrades: false,
    leaving: () => "no",
    onRequest: (_connection, request, response) => {
      const { method, target, httpVersion, rawHeaders } = request;
      let body = "";
      request.flow({
        onData: (chunk) => {
          body += Buffer.from(chunk).toString("latin1");
        },
        onEnd: () => {
          whole.push({ method, target, httpVersion, rawHeaders, body });
          response.writeHead(200, ["content-length", "0"]);
          response.end();
        },
        onGone: () => {},
      });
    },
    refusal: () => {
      isRefused = true;
      return "HTTP/1.1 400 Bad Request\r\n\r\n";
    },
    onClose: () => {},
  });
  await wire.say(said);
  connection.deadline.hold();
  const heard = { whole: [...whole], isRefused, isOver: connection.isOver };
  wire.destroy();
  return heard;
}

export async function heardByNode(said: Said): Promise<Heard> {
  const whole: HeardRequest[] = [];
  let isRefused = false;
  const wire = new Wire();
  const server = createServer({ insecureHTTPParser: false, requireHostHeader: false, maxHeaderSize: 64 * 1024 });
  server.maxHeadersCount = 0;
  server.on("request", (request, response) => {
    const { method = "", url: target = "", httpVersion, rawHeaders } = request;
    let body = "";
    request.on("error", () => {});
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString("latin1");
    });
    request.on("end", () => {
      if (!request.complete) return;
      whole.push({ method, target, httpVersion, rawHeaders, body });
      response.writeHead(200, ["content-length", "0"]);
      response.end();
    });
  });
  server.on("connect", (_request, socket) => {
    isRefused = true;
    socket.destroy();
  });
  // The connection stays, so that what came whole before is still heard.
  server.on("clientError", () => {
    isRefused = true;
  });
  server.emit("connection", wire);
  await wire.say(said);
  const heard = { whole: [...whole], isRefused, isOver: wire.destroyed };
  wire.destroy();
  server.close();
  return heard;
}
