/** Slow clients of one kind: `node slow-clients.ts PORT KIND COUNT`. Tells `open` when all are there, and stays until it is ended. */
import { connect, type Socket } from "node:net";

/** What each says at first, and then every two seconds. */
const KINDS: Readonly<Record<string, { readonly start: string; readonly more: string }>> = {
  heads: { start: "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", more: "a" },
  bodies: { start: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", more: "a" },
  readers: { start: "GET /big HTTP/1.1\r\nHost: a\r\n\r\n", more: "" },
};
const [, , port = "", kind = "", count = ""] = process.argv;
const { start, more } = KINDS[kind] ?? { start: "", more: "" };
const atOnce = 20;
const pause = 10;

const slow = (localAddress: string): void => {
  const socket: Socket = connect({ port: Number(port), host: "127.0.0.1", localAddress });
  socket.on("error", () => {});
  socket.write(start);
  if (more === "") socket.pause();
  else setInterval(() => !socket.destroyed && socket.write(more), 2_000);
};

for (let at = 0; at < Number(count); at++) {
  slow(`127.0.${2 + (at % 20)}.1`);
  if (at % atOnce === 0) await new Promise((resolve) => setTimeout(resolve, pause));
}
process.send?.("open");
process.once("disconnect", () => process.exit());
