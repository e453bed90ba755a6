/** A WebSocket client that says whatever it is told to, byte for byte. */
import { connect, type Socket } from "node:net";

export type RawWebsocket = {
  readonly socket: Socket;
  /** The head of the answer. */
  readonly head: string;
  /** All that came behind it so far. */
  readonly received: () => Buffer;
  /** What came behind the head when the connection had ended. */
  readonly ended: Promise<Buffer>;
};

export const KEY = "dGhlIHNhbXBsZSBub25jZQ==";
/** Of that key, as RFC 6455 section 1.3 has it. */
export const ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

export function handshakeText(
  path: string,
  fields: Readonly<Record<string, string | undefined>> = {},
  start = `GET ${path} HTTP/1.1`,
): string {
  const all = {
    Host: "shop.example",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": KEY,
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${[start, ...lines].join("\r\n")}\r\n\r\n`;
}

/** `behind`: bytes in the same write as the handshake. */
export function rawWebsocket(port: number, handshake: string, behind: Uint8Array = Buffer.alloc(0)): Promise<RawWebsocket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(Buffer.concat([Buffer.from(handshake, "latin1"), behind])));
    let all = Buffer.alloc(0);
    let headEnd = -1;
    const received = (): Buffer => all.subarray(headEnd);
    const ended = new Promise<Buffer>((done) => socket.once("close", () => done(received())));
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => {
      all = Buffer.concat([all, chunk]);
      if (headEnd >= 0) return;
      const at = all.indexOf("\r\n\r\n");
      if (at < 0) return;
      headEnd = at + 4;
      resolve({ socket, head: all.subarray(0, at).toString("latin1"), received, ended });
    });
    socket.once("close", () => reject(new Error("no answer")));
  });
}

/** A frame as a client would send it, or, with what is said in `odd`, as none may. */
export function frame(
  opcode: number,
  payload: Uint8Array | string,
  odd: { readonly first?: number; readonly isUnmasked?: true; readonly length?: Uint8Array } = {},
): Buffer {
  const bytes = Buffer.from(payload as string);
  const mask = odd.isUnmasked ? [] : [1, 2, 3, 4];
  const flag = odd.isUnmasked ? 0 : 0x80;
  const length = odd.length ?? lengthBytes(bytes.length);
  const head = [odd.first ?? 0x80 | opcode, flag | (length[0] ?? 0), ...length.subarray(1), ...mask];
  return Buffer.concat([Uint8Array.from(head), bytes.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}

function lengthBytes(length: number): Uint8Array {
  if (length < 126) return Uint8Array.of(length);
  if (length < 65_536) return Uint8Array.of(126, length >> 8, length & 0xff);
  const bytes = Buffer.alloc(9);
  bytes[0] = 127;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** `close CODE REASON` of a frame of the gateway's, or what else it is. */
export function said(bytes: Buffer): string {
  const length = (bytes[1] ?? 0) & 0x7f;
  if (bytes[0] !== 0x88) return `opcode ${(bytes[0] ?? 0) & 0x0f} ${bytes.subarray(2, 2 + length).toString("utf8")}`;
  return `close ${bytes.readUInt16BE(2)} ${bytes.subarray(4, 2 + length).toString("utf8")}`;
}
