/** A client of HTTP/2 in clear that writes frames by hand (RFC 9113, section 4.1), for what Node's own client would never send. */
import { connect, type Socket } from "node:net";
import { frame } from "../upstream/frames.ts";

export const DATA = 0;
export const HEADERS = 1;
export const PRIORITY = 2;
export const RESET = 3;
export const SETTINGS = 4;
export const PUSH_PROMISE = 5;
export const PING = 6;
export const GOAWAY = 7;
export const WINDOW_UPDATE = 8;
export const CONTINUATION = 9;

export const END_STREAM = 1;
export const END_HEADERS = 4;
export const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

export type Field = readonly [name: string, value: string];

/** Literal fields without indexing (RFC 7541, section 6.2.2), one character a byte. */
export function block(fields: readonly Field[]): Buffer {
  return Buffer.concat(fields.flatMap(([name, value]) => [Buffer.from([0]), text(name), text(value)]));
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "latin1");
  if (bytes.length < 127) return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  const length = [127];
  for (let rest = bytes.length - 127; ; rest = Math.floor(rest / 128)) {
    length.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) break;
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}

export function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export type Came = { readonly type: number; readonly flags: number; readonly stream: number; readonly payload: Buffer };
export type RawConnection = {
  readonly socket: Socket;
  readonly came: readonly Came[];
  readonly isClosed: () => boolean;
  readonly write: (...frames: readonly Buffer[]) => void;
  /** The code that the connection ended with; undefined: none was told. */
  readonly goaway: () => number | undefined;
  /** What became of a stream: that it was answered, its code where it was reset, or nothing yet. */
  readonly stream: (id: number) => "answered" | number | undefined;
};

/** Says the preface and its settings, and acknowledges those of the gateway. `first`: in place of both. */
export async function rawConnection(
  port: number,
  first: Buffer = Buffer.concat([Buffer.from(preface), frame(SETTINGS, 0, 0)]),
): Promise<RawConnection> {
  const socket = connect(port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  const came: Came[] = [];
  let bytes = Buffer.alloc(0);
  let isClosed = false;
  socket.on("error", () => {}).once("close", () => (isClosed = true));
  socket.on("data", (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= 9 && bytes.length >= 9 + bytes.readUIntBE(0, 3)) {
      const end = 9 + bytes.readUIntBE(0, 3);
      const one = { type: bytes.readUInt8(3), flags: bytes.readUInt8(4), stream: bytes.readUInt32BE(5), payload: bytes.subarray(9, end) };
      came.push(one);
      bytes = bytes.subarray(end);
      if (one.type === SETTINGS && one.flags === 0) socket.write(frame(SETTINGS, 1, 0));
    }
  });
  socket.write(first);
  return {
    socket,
    came,
    isClosed: () => isClosed,
    write: (...frames) => void socket.write(Buffer.concat(frames)),
    goaway: () => came.find(({ type }) => type === GOAWAY)?.payload.readUInt32BE(4),
    stream: (id) => {
      if (came.some(({ type, stream }) => type === HEADERS && stream === id)) return "answered";
      return came.find(({ type, stream }) => type === RESET && stream === id)?.payload.readUInt32BE(0);
    },
  };
}
