/**
 * Slow clients of one kind: `node slow-clients.ts PORT KIND COUNT RATE`. So many come a second. Tells `open` when all have come, then each time it is
 * asked how many are there, and stays until it is ended. Goes behind other processes.
 */
import { connect, type Socket } from "node:net";
import { getPriority, setPriority } from "node:os";

/** What each says at first, and then every two seconds. */
const KINDS: Readonly<Record<string, { readonly start: string; readonly more: string }>> = {
  heads: { start: "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", more: "a" },
  bodies: { start: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", more: "a" },
  readers: { start: "GET /big HTTP/1.1\r\nHost: a\r\n\r\n", more: "" },
};
const [, , port = "", kind = "", count = "", rate = ""] = process.argv;
const { start, more } = KINDS[kind] ?? { start: "", more: "" };
setPriority(Math.min(19, getPriority() + 10));
let there = 0;

const slow = (localAddress: string): void => {
  const socket: Socket = connect({ port: Number(port), host: "127.0.0.1", localAddress });
  socket
    .on("error", () => {})
    .on("connect", () => there++)
    .on("close", () => there--);
  socket.write(start);
  if (more === "") socket.pause();
  else setInterval(() => !socket.destroyed && socket.write(more), 2_000);
};

const begun = performance.now();
for (let at = 0; at < Number(count); ) {
  for (const due = ((performance.now() - begun) / 1000) * Number(rate); at < due && at < Number(count); at++)
    slow(`127.0.${2 + (at % 20)}.1`);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
process.on("message", () => process.send?.(there));
process.send?.("open");
process.once("disconnect", () => process.exit());
