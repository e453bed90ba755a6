/**
 * Puts the PROXY header before a server: each connection begins with one, from a balancer that is known, or ends. Promises a deadline and
 * a budget of bytes, and that the server sees nothing of a connection whose header is not right.
 */
import type { Server, Socket } from "node:net";
import { readProxyHeader } from "../../entry/proxy-header.ts";
import { mostHeaderBytes, type ProxyHeader } from "../../entry/proxy-reading.ts";

export type Balanced = {
  readonly isBalancer: (peer: string) => boolean;
  /** Milliseconds for the whole header. */
  readonly deadline: number;
  readonly onRefused: (peer: string, fault: "untrusted-balancer" | "proxy-header") => void;
};
export type BehindBalancer = {
  /** Of the connection that has this peer and port, as the server sees it, through TLS too. */
  readonly headerOf: (socket: Socket) => ProxyHeader | undefined;
  /** Ends connections that have not told their header. */
  readonly closeWaiting: () => void;
};

/** Before the server listens. */
export function behindBalancer(server: Server, { isBalancer, deadline, onRefused }: Balanced): BehindBalancer {
  const listeners = server.listeners("connection");
  server.removeAllListeners("connection");
  const headers = new Map<string, ProxyHeader>();
  const waiting = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    const peer = socket.remoteAddress ?? "";
    const refuse = (fault: "untrusted-balancer" | "proxy-header"): void => {
      socket.resetAndDestroy();
      onRefused(peer, fault);
    };
    if (!isBalancer(peer)) return refuse("untrusted-balancer");
    waiting.add(socket);
    const key = keyOf(socket);
    socket.once("close", () => {
      waiting.delete(socket);
      headers.delete(key);
    });
    takeHeader(socket, deadline, (header) => {
      waiting.delete(socket);
      if (header === undefined) return refuse("proxy-header");
      headers.set(key, header);
      for (const listener of listeners) listener.call(server, socket);
    });
  });
  return {
    headerOf: (socket) => headers.get(keyOf(socket)),
    closeWaiting: () => {
      for (const socket of waiting) socket.destroy();
    },
  };
}

/** Two open connections to one door differ in it; a TLS connection has that of the one below. */
function keyOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}

/** What follows the header stays in the socket. `done` gets undefined, once, where none comes, or not a right one. */
function takeHeader(socket: Socket, deadline: number, done: (header: ProxyHeader | undefined) => void): void {
  let seen: Buffer = Buffer.alloc(0);
  const end = (header: ProxyHeader | undefined): void => {
    clearTimeout(timer);
    socket.off("readable", onReadable).off("close", onGone).off("end", onGone).off("error", onGone);
    done(header);
  };
  const onGone = (): void => end(undefined);
  const onReadable = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    seen = Buffer.concat([seen, chunk]);
    const reading = readProxyHeader(seen);
    if (reading.kind === "more" && seen.length < mostHeaderBytes) return;
    if (reading.kind !== "header") return onGone();
    const rest = seen.subarray(reading.header.length);
    if (rest.length > 0) socket.unshift(rest);
    end(reading.header);
  };
  const timer = setTimeout(onGone, deadline);
  socket.on("readable", onReadable).on("close", onGone).on("end", onGone).on("error", onGone);
}
