/** A gateway compiled from GWL, served on loopback before WebSocket servers that the test gives. */
import type { AddressInfo } from "node:net";
import { WebSocket, type ClientOptions, WebSocketServer, type ServerOptions } from "ws";
import { managedHttpBackend } from "../../../runtime/hosts/node/upstream/managed-backend.ts";
import { compress } from "../../../runtime/hosts/node/compress.ts";
import type { Serving } from "../../../runtime/hosts/node/serve.ts";
import { websocketBackend } from "../../../runtime/hosts/node/websocket/open-websocket.ts";
import type { AccessEntry } from "../../../runtime/observe/access-entry.ts";
import { type HostEvent, nobody } from "../../../runtime/observe/observer.ts";
import { serveText } from "../../emit/serve-text.ts";

export type Before = {
  readonly port: number;
  readonly log: readonly AccessEntry[];
  readonly faults: readonly unknown[];
  readonly events: readonly HostEvent[];
  readonly serving: Serving;
};

export async function gatewayBefore(text: string, variables: Readonly<Record<string, string>> = {}): Promise<Before> {
  const events: HostEvent[] = [];
  const options = {
    port: 0,
    backends: { http: managedHttpBackend, websocket: websocketBackend },
    compress,
    observers: [{ ...nobody, happened: (event: HostEvent) => void events.push(event) }],
  };
  const served = await serveText(text, { variables, options });
  return { ...served, port: served.serving.port, events };
}

export type Chat = {
  readonly port: number;
  readonly server: WebSocketServer;
  /** What came, of all connections: messages as text, closes as `close CODE REASON`. */
  readonly heard: string[];
  readonly sockets: WebSocket[];
  readonly close: () => void;
};

/** A server of the field's own library that says again what it hears. */
export async function chatServer(options: ServerOptions = {}, onConnection?: (socket: WebSocket) => void): Promise<Chat> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, ...options });
  await new Promise((resolve) => server.once("listening", resolve));
  const heard: string[] = [];
  const sockets: WebSocket[] = [];
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    socket.on("message", (data, isBinary) => {
      heard.push(isBinary ? `${(data as Buffer).length} bytes` : (data as Buffer).toString("utf8").slice(0, 100));
      socket.send(data as Buffer, { binary: isBinary });
    });
    socket.on("close", (code, reason) => heard.push(`close ${code} ${reason.toString("utf8")}`.trimEnd()));
    onConnection?.(socket);
  });
  const close = (): void => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, server, heard, sockets, close };
}

export type Client = {
  readonly socket: WebSocket;
  /** Rejects with the status, where there is one, when it is refused. */
  readonly opened: Promise<WebSocket>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly next: () => Promise<Buffer>;
};

export function connect(url: string, options: ClientOptions = {}, protocols: string[] = []): Client {
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false, ...options });
  const messages: Buffer[] = [];
  const waiting: ((message: Buffer) => void)[] = [];
  socket.on("message", (data) => {
    const wanted = waiting.shift();
    if (wanted === undefined) messages.push(data as Buffer);
    else wanted(data as Buffer);
  });
  const opened = new Promise<WebSocket>((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.on("unexpected-response", (request, response) => {
      reject(new Error(String(response.statusCode)));
      request.destroy();
    });
    socket.on("error", reject);
  });
  opened.catch(() => {});
  const closed = new Promise<{ readonly code: number; readonly reason: string }>((resolve) =>
    socket.once("close", (code, reason) => resolve({ code, reason: reason.toString("utf8") })),
  );
  const next = (): Promise<Buffer> => {
    const message = messages.shift();
    return message === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(message);
  };
  return { socket, opened, closed, next };
}
