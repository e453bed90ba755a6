import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Listens on loopback at `port`, or at a free one, and gives the port. */
export function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", () => resolve((server.address() as AddressInfo).port));
  });
}
