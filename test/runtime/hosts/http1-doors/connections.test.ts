/** Requests of one connection: which of them are refused at once, in which order they are looked at, and when the connection ends. */
import { expect, test } from "vitest";
import type { Request } from "../../../../runtime/hosts/node/http1/request.ts";
import type { Response } from "../../../../runtime/hosts/node/http1/response.ts";
import { until } from "../../../cli/gwl.ts";
import { exchangeRaw, openSocket, statuses } from "../raw-client.ts";
import { served } from "./served-connections.ts";

/** With its target; its body stays unread. */
function answered({ target }: Request, response: Response): void {
  response.writeHead(200, ["content-length", String(target.length)]);
  response.end(Buffer.from(target));
}

test.each([
  ["a length that is said twice", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
  ["a length and chunks", "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
  ["chunks of HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
])("%s is no request", async (_name, text) => {
  expect(statuses(await exchangeRaw(await served(answered), text, 300))).toEqual([400]);
});

test.each([
  [["keep-alive, close"], 1],
  [["keep-alive", "close"], 1],
  [["close", "keep-alive"], 1],
  [["keep-alive"], 2],
])("Connection: %j lets %i requests be answered", async (options, count) => {
  const one = (values: readonly string[]): string => `GET / HTTP/1.1\r\n${values.map((value) => `Connection: ${value}\r\n`).join("")}\r\n`;
  expect(statuses(await exchangeRaw(await served(answered), one(options) + one([]), 300))).toHaveLength(count);
});

test("behind an answer before which not all of its request had come nothing is looked at", async () => {
  const socket = await openSocket(await served(answered));
  let text = "";
  let isClosed = false;
  socket.on("data", (chunk) => (text += chunk.toString("latin1"))).on("close", () => (isClosed = true));
  socket.on("error", () => {});
  socket.write("POST /1 HTTP/1.1\r\nContent-Length: 100\r\n\r\n");
  await until(() => statuses(text).length === 1);
  socket.write("GET /2 HTTP/1.1\r\n\r\n");
  await until(() => isClosed);
  expect(statuses(text)).toEqual([200]);
});

test("what comes while an answer leaves is looked at behind what had come before", async () => {
  let first: Response | undefined;
  const targets: string[] = [];
  const port = await served((request, response) => {
    targets.push(request.target);
    if (targets.length === 1) first = response;
    else answered(request, response);
  });
  const socket = await openSocket(port);
  let text = "";
  socket.on("data", (chunk) => (text += chunk.toString("latin1")));
  socket.write("GET /1 HTTP/1.1\r\n\r\n");
  await until(() => targets.length === 1);
  // Half of the second request is there when the first is answered; its other half and the third come in the same turn.
  socket.write("GET /2 HT");
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { carrier } = (first as Response).request;
  first?.writeHead(200, ["content-length", "0"]);
  first?.end();
  carrier?.socket.emit("data", Buffer.from("TP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n"));
  await until(() => statuses(text).length === 3);
  expect(targets).toEqual(["/1", "/2", "/3"]);
  socket.destroy();
});
