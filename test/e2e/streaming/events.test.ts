/** Server-sent events through a gateway: each arrives when it is sent, compressed or not, and who leaves takes the call to the backend along. */
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { gatewayBefore } from "../websocket/gateway-before.ts";

test.each([
  ["without compression", "", {}],
  ["where the route compresses", ", compress { above: 1B }", { "accept-encoding": "br, gzip, zstd" }],
])("events arrive one by one, and a client that leaves ends the call to the backend: %s", async (_name, compress, headers) => {
  const open: ServerResponse[] = [];
  const backend = createServer((_request, response) => {
    open.push(response);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: 0\n\n");
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void backend.close());
  const gateway = await gatewayBefore(`gwl 1
backend events = http { targets: ["http://127.0.0.1:${(backend.address() as AddressInfo).port}"] }
gateway g { listen 8080 }
GET "/events" -> events { public because "a test"${compress} }
`);
  onTestFinished(() => gateway.serving.stop(0));
  const answer = await new Promise<IncomingMessage>((resolve) =>
    request({ host: "127.0.0.1", port: gateway.port, path: "/events", headers, agent: false }, resolve).end(),
  );
  expect(answer.headers["content-encoding"]).toBeUndefined();
  let heard = "";
  answer.on("data", (chunk: Buffer) => (heard += chunk.toString("utf8")));
  answer.on("error", () => {});
  for (let event = 0; event < 5; event++) {
    await until(() => heard.endsWith(`data: ${event}\n\n`));
    open[0]?.write(`data: ${event + 1}\n\n`);
  }
  let isGone = false;
  open[0]?.once("close", () => (isGone = true));
  answer.destroy();
  await until(() => isGone);
});
