/**
 * HTTP/2 beside HTTP/1.1 at one door: by ALPN where it speaks TLS, by the first bytes of a connection in clear. Promises that a connection of HTTP/1.1 is
 * handled as at any door, and that all that holds there for a call holds for a stream. Servers of gateways with such doors hand it over (`parts.ts`).
 */
import type { Server, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { ArrivedBy } from "../door.ts";
import type { Host, Http2Sessions } from "../host.ts";
import { takeCall } from "../take-call.ts";
import { type Connection, connection } from "./connection.ts";
import { takePreface } from "./preface.ts";

/** Before the server listens, and before anybody else comes before its connections. `door`: the entry's name; empty for the gateway's own. */
export function http2Doors(host: Host, door: string, arrivedBy: ArrivedBy, server: Server, isTls: boolean): Http2Sessions {
  const open = new Set<Connection>();
  const waiting = new Set<Socket>();
  const speak = (socket: Socket): void => {
    const { peer } = arrivedBy(socket);
    const { observer, world } = host;
    const one = connection(socket, host.settings.limits, {
      onCall: ({ request, response }) => takeCall(host, () => arrivedBy(socket), request, response),
      onFault: (fault) => observer.happened({ kind: "connection-refused", door, fault, client: peer, time: world.now() }),
    });
    open.add(one);
    observer.happened({ kind: "connection-opened", door });
    socket.once("close", () => {
      open.delete(one);
      observer.happened({ kind: "connection-closed", door });
    });
    if (host.isLeaving()) one.leave("whenAsked");
  };
  const event = isTls ? "secureConnection" : "connection";
  const listeners = server.listeners(event);
  server.removeAllListeners(event);
  const speakHttp1 = (socket: Socket): void => {
    for (const listener of listeners) listener.call(server, socket);
  };
  server.on(event, (socket: Socket) => {
    if (socket.destroyed) return;
    if (isTls) return (socket as TLSSocket).alpnProtocol === "h2" ? speak(socket) : speakHttp1(socket);
    waiting.add(socket);
    takePreface(socket, host.settings.limits.headerTimeout, (version) => {
      waiting.delete(socket);
      if (version === undefined) socket.destroy();
      else if (version === "2.0") speak(socket);
      else speakHttp1(socket);
    });
  });
  const all = (does: (one: Connection) => void) => (): void => {
    for (const socket of waiting) socket.destroy();
    for (const one of open) does(one);
  };
  return {
    close: all((one) => one.leave("now")),
    retire: all((one) => one.leave("whenAsked")),
    destroy: all((one) => one.destroy()),
  };
}
