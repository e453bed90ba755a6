/** A server of HTTP/2 in clear that writes frames by hand (RFC 9113, section 4.1), for what Node's own server would never send. */
import { type AddressInfo, createServer, type Socket } from "node:net";

const preface = 24;
const HEADERS = 1;

export function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** `:status: 200` from the static table of HPACK (RFC 7541, appendix A). */
export const ok = (stream: number): Buffer => frame(HEADERS, 0x4, stream, Buffer.from([0x88]));
export const data = (stream: number, text: string, isLast = false): Buffer => frame(0, isLast ? 1 : 0, stream, Buffer.from(text));
export function reset(stream: number, code: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(code);
  return frame(3, 0, stream, payload);
}

/** `does`: what follows a request on `stream`. `sees`: told of every frame. */
export async function frameServer(
  does: (socket: Socket, stream: number) => void,
  sees: (type: number, flags: number, stream: number) => void = () => {},
): Promise<{ readonly port: number; readonly close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    let bytes = Buffer.alloc(0);
    let isBegun = false;
    socket.write(frame(4, 0, 0));
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!isBegun && bytes.length < preface) return;
      if (!isBegun) bytes = bytes.subarray(preface);
      isBegun = true;
      while (bytes.length >= 9 && bytes.length >= 9 + bytes.readUIntBE(0, 3)) {
        const type = bytes.readUInt8(3);
        const stream = bytes.readUInt32BE(5);
        sees(type, bytes.readUInt8(4), stream);
        bytes = bytes.subarray(9 + bytes.readUIntBE(0, 3));
        if (type === HEADERS) does(socket, stream);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
