/**
 * Requests to upgrade, as doors take them: Node hands over the bare connection, and the answer is made here. Promises: an answer that is no upgrade is the
 * last on its connection, and bytes that came behind the request are read by whoever goes on with it.
 */
import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Socket } from "node:net";
import type { Upgrades } from "../host.ts";

export const upgrades: Upgrades = (server: Server, { isBusy, take, refuse }) => {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    // Who sends this behind a request that is not answered yet does not know whether anything will be read after that.
    if (isBusy(socket)) return refuse(socket);
    if (head.length > 0) socket.unshift(head);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    response.once("finish", () => {
      if (response.statusCode !== 101) closeSoon(socket);
    });
    take(request, response);
  });
};

/** How long the client may take to read an answer. */
const lingering = 1_000;

function closeSoon(socket: Duplex): void {
  socket.end();
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), lingering);
  socket.once("close", () => clearTimeout(timer));
  socket.once("end", () => socket.end());
}
