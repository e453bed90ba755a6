/** What somebody would write by hand, and nothing more: `node bare-proxy.ts BACKEND_PORT`. Tells its port. */
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

const [, , backend = ""] = process.argv;
const agent = new Agent({ keepAlive: true, maxFreeSockets: 1024 });
const server = createServer((incoming, response) => {
  const { method = "", url = "", rawHeaders } = incoming;
  const call = request({ agent, host: "127.0.0.1", port: backend, method, path: url, headers: rawHeaders }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response);
  });
  call.on("error", () => response.destroy());
  incoming.pipe(call);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
