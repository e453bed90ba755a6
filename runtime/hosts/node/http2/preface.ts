/**
 * Tells by its first bytes which version of HTTP a connection in clear speaks (RFC 9113, section 3.3). Promises that nothing is taken from it, and that
 * one which does not say is not waited for longer than a head.
 */
import type { Socket } from "node:net";

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** `done` gets undefined, once, where the connection ended before it was clear. Its bytes stay in the socket. Gives what ends the wait. */
export function takePreface(socket: Socket, deadline: number, done: (version: "1.1" | "2.0" | undefined) => void): void {
  let seen: Buffer = Buffer.alloc(0);
  const end = (version: "1.1" | "2.0" | undefined): void => {
    clearTimeout(timer);
    socket.off("readable", onReadable).off("close", onGone).off("end", onGone).off("error", onGone);
    if (seen.length > 0 && version !== undefined) socket.unshift(seen);
    done(version);
  };
  const onGone = (): void => end(undefined);
  const onReadable = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    seen = Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, preface.length);
    if (!seen.subarray(0, length).equals(preface.subarray(0, length))) return end("1.1");
    if (seen.length >= preface.length) end("2.0");
  };
  const timer = setTimeout(onGone, deadline);
  socket.on("readable", onReadable).on("close", onGone).on("end", onGone).on("error", onGone);
}
