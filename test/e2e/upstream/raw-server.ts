/** A backend that speaks bytes: it reads requests whole, writes down what came, and answers as the test says. */
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

export type Seen = { readonly connection: number; readonly method: string; readonly path: string; readonly body: string };
/** `socket` has read the request; what it says next is up to the test. */
export type Behave = (socket: Socket, seen: Seen) => void;

export type RawServer = {
  readonly port: number;
  readonly seen: readonly Seen[];
  readonly connections: () => number;
  readonly close: () => void;
};

/** `early`: asked when a connection comes; true: it is the test's from then on. */
export async function rawServer(
  behave: Behave,
  early: (socket: Socket) => boolean = () => false,
  host = "127.0.0.1",
  port = 0,
): Promise<RawServer> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((socket) => {
    const connection = ++count;
    sockets.add(socket.on("error", () => {}));
    socket.on("close", () => sockets.delete(socket));
    if (early(socket)) return;
    let bytes = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let request = readRequest(bytes); request !== undefined; request = readRequest(bytes)) {
        bytes = bytes.subarray(request.length);
        const one = { connection, method: request.method, path: request.path, body: request.body };
        seen.push(one);
        behave(socket, one);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    connections: () => count,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

type Request = { readonly method: string; readonly path: string; readonly body: string; readonly length: number };

function readRequest(bytes: Buffer): Request | undefined {
  const text = bytes.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [method = "", path = ""] = text.split(" ");
  const head = text.slice(0, end).toLowerCase();
  const start = end + 4;
  if (head.includes("\r\ntransfer-encoding:")) {
    const last = text.indexOf("0\r\n\r\n", start);
    return last < 0 ? undefined : { method, path, body: text.slice(start, last), length: last + 5 };
  }
  const size = Number(/\r\ncontent-length: *(\d+)/.exec(head)?.[1] ?? 0);
  return text.length < start + size ? undefined : { method, path, body: text.slice(start, start + size), length: start + size };
}
