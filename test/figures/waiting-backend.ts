/**
 * A backend that answers each call after a while: `node waiting-backend.ts MILLISECONDS [low]`; `/big` at once, with 8 MiB. `low`: behind all other
 * processes. Tells its port.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { constants, setPriority } from "node:os";

const [, , wait = "", priority] = process.argv;
if (priority === "low") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const big = Buffer.alloc(8 * 1024 * 1024, 65);
const server = createServer((request, response) => {
  request.resume();
  if (request.url === "/big") response.end(big);
  else if (wait === "0") response.end("ok");
  else setTimeout(() => response.end("ok"), Number(wait));
});
Object.assign(server, { keepAliveTimeout: 60_000, requestTimeout: 0 });
server.listen({ port: 0, host: "0.0.0.0", backlog: 16_384 }, () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
