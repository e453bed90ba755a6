/** A backend that answers at once with the text that it was given: `node order-backend.ts TEXT`. Tells its port. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const [, , text = ""] = process.argv;
const head = ["content-type", "application/json", "content-length", String(text.length)];
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, head).end(text);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
