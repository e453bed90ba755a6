/** Makes a server listen on a port or on a socket of the file system. */
import { unlinkSync } from "node:fs";
import { connect, type Server } from "node:net";
import type { HostListener } from "../../contract/gateway.ts";

/** `port`: 0 for a socket, whose path is the address. */
export type Listening = { readonly address: string; readonly port: number };

/** `address`: of a port; without one: all. Rejects where listening is not possible. */
export async function listening(server: Server, at: HostListener["at"], address: string | undefined): Promise<Listening> {
  if (at.kind === "socket") {
    await listen(server, { path: at.path }).catch(async (error: NodeJS.ErrnoException) => {
      // What a process that was killed has left behind; one that lives keeps it.
      if (error.code !== "EADDRINUSE" || (await isAnswered(at.path))) throw error;
      unlinkSync(at.path);
      await listen(server, { path: at.path });
    });
    return { address: at.path, port: 0 };
  }
  await listen(server, { port: at.port, backlog, ...(address === undefined ? {} : { host: address }) });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the server has no port");
  return { address: bound.family === "IPv6" ? `[${bound.address}]` : bound.address, port: bound.port };
}

type Where = { readonly path: string } | { readonly port: number; readonly backlog: number; readonly host?: string };

/** Connections that may wait to be taken, where the system allows as many: a burst must not be told that nobody is there. */
const backlog = 4_096;

function listen(server: Server, where: Where): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
