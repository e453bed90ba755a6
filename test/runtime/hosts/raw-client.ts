/** Bytes to a server and back, without any HTTP library in between. */
import { connect, type Socket } from "node:net";

/** Sends `bytes` and gives all that comes until the server closes, or `patience` milliseconds pass without a byte; for the first one a busy machine has longer. */
export function exchangeRaw(port: number, bytes: string | Uint8Array, patience = 400, first = Math.max(patience, 5_000)): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1");
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(first, done);
    socket.on("data", (chunk) => {
      socket.setTimeout(patience);
      text += chunk.toString("latin1");
    });
    socket.on("error", () => {}).on("close", done);
    socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  });
}

/** The status codes of the answers in `text`, in order. */
export function statuses(text: string): readonly number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
}

export function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.on("error", reject);
  });
}
