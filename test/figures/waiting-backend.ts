/**
 * A backend that answers each call a while after it began, or, where that is 0, once all of it has come: `node waiting-backend.ts MILLISECONDS [low]`;
 * `/big` at once, with 8 MiB. `low`: goes behind other processes. Tells its port.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getPriority, setPriority } from "node:os";

const [, , wait = "", priority] = process.argv;
if (priority === "low") setPriority(Math.min(19, getPriority() + 10));
const big = Buffer.alloc(8 * 1024 * 1024, 65);
const server = createServer((request, response) => {
  request.resume();
  if (request.url === "/big") response.end(big);
  else if (wait === "0") request.once("end", () => response.end("ok"));
  else setTimeout(() => response.end("ok"), Number(wait));
});
Object.assign(server, { keepAliveTimeout: 60_000, requestTimeout: 0 });
server.listen({ port: 0, host: "0.0.0.0", backlog: 16_384 }, () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
