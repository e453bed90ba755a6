/** A door of bare connections on loopback: no gateway behind it, only what the test says to each request. Ends with its test. */
import { type AddressInfo, createServer } from "node:net";
import { onTestFinished } from "vitest";
import { Connection, type ConnectionDoor } from "../../../../runtime/hosts/node/http1/connection.ts";
import type { Request } from "../../../../runtime/hosts/node/http1/request.ts";
import type { Response } from "../../../../runtime/hosts/node/http1/response.ts";

/** Gives its port. */
export async function served(says: (request: Request, response: Response) => void): Promise<number> {
  const door: ConnectionDoor = {
    headBytes: 1_000,
    headerTimeout: 1_000,
    idleTimeout: 5_000,
    upgrades: false,
    leaving: () => "no",
    onRequest: (_connection, request, response) => says(request, response),
    refusal: () => "HTTP/1.1 400 Bad Request\r\n\r\n",
    onClose: (connection) => open.delete(connection),
  };
  const open = new Set<Connection>();
  const server = createServer({ allowHalfOpen: true }, (socket) => void open.add(new Connection(socket, door)));
  onTestFinished(() => {
    server.close();
    for (const { socket } of open) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
