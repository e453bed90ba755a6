/** How requests come to a host: what each connection is known by, whatever the door. Knows no sockets' bytes. */
import type { Socket } from "node:net";
import type { ClientCertificate, EntryArrival } from "../../contract/request.ts";

/** What the gateway is told of the other end. */
export type Arrived = {
  readonly peer: string;
  readonly secure: boolean;
  readonly entry?: EntryArrival;
  readonly certificate?: ClientCertificate;
};
export type ArrivedBy = (socket: Socket) => Arrived;

/** Peers of a socket in the file system have no address: they are processes of this machine. */
export const ownMachine = "127.0.0.1";

export const byOwnDoor: ArrivedBy = (socket) => ({ peer: socket.remoteAddress ?? "", secure: false });
