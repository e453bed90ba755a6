/** A built gateway that makes answers of a server and a function, asked by HTTP/2 as well: connections are kept, a breaker holds for parts, figures name backends. */
import { createServer } from "node:http";
import { connect } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { CREDENTIALS, invokeEndpoint, REGION } from "../lambda/invoke-endpoint.ts";
import { runningGateway, textAt } from "../observe/built-gateway.ts";

const TEXT = `gwl 1

env OWN: Int 0..65535
env OBSERVE: Int 0..65535
env SERVER: Url
env LAMBDA: Url

type Orders = List<{ number: String }>
backend customers = http { targets: [SERVER], timeout: 2s }
backend orders = lambda("orders") { endpoint: LAMBDA, timeout: 2s }
backend failing = http { targets: [SERVER], timeout: 2s, breaker open at 50% errors over 10s { least: 4 } }

gateway g {
  listen OWN { http2: true }
  observe { listen OBSERVE }
  metrics { buckets: [100ms, 1s] }
}

GET "/home/{id}" {
  public because "a test"
  compose {
    customer: GET "/customers/{id}" -> customers returns { name: String }
    orders: GET "/orders/{id}" query { page: "2" } -> orders returns Orders
    other: GET "/failing" -> failing returns { text: String } optional
  }
}
`;

/** What a client of HTTP/2 in clear gets. */
function byHttp2(port: number, path: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const session = connect(`http://127.0.0.1:${port}`);
    session.on("error", reject);
    const stream = session.request({ ":path": path });
    let status = 0;
    let body = "";
    stream.on("response", (head) => (status = Number(head[":status"])));
    stream.on("data", (part: Buffer) => (body += part.toString("utf8")));
    stream.on("end", () => (session.close(), resolve({ status, body })));
    stream.on("error", reject);
  });
}

test("a server and a function together", async () => {
  const calls: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    calls.push(request.url ?? "");
    const isFailing = request.url === "/failing";
    response.writeHead(isFailing ? 500 : 200, { "content-type": "application/json" }).end(isFailing ? "{}" : '{"name":"Ada"}');
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => (server.closeAllConnections(), void server.close()));
  const lambda = await invokeEndpoint({
    orders: () => ({
      returns: { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify([{ number: "o1" }]) },
    }),
  });
  onTestFinished(() => lambda.close());
  const { port, observe } = await runningGateway(TEXT, {
    SERVER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    LAMBDA: lambda.url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
  });

  const whole = '{"customer":{"name":"Ada"},"orders":[{"number":"o1"}]}';
  expect(await byHttp2(port, "/home/7?page=9")).toEqual({ status: 200, body: whole });
  expect(lambda.events[0]).toMatchObject({ version: "2.0", rawPath: "/orders/7", rawQueryString: "page=2" });
  for (let at = 0; at < 9; at++) expect(await textAt(port, "/home/7")).toBe(whole);

  expect(calls.filter((url) => url === "/customers/7")).toHaveLength(10);
  // The breaker lets nothing through any more, and the answer does without that part.
  expect(calls.filter((url) => url === "/failing").length).toBeLessThan(10);
  expect(sockets.size).toBeLessThan(4);
  const figures = await textAt(observe, "/metrics");
  const of = (name: string, backend: string): string =>
    figures.split("\n").find((line) => line.startsWith(name) && line.includes(backend)) ?? "";
  expect(of("gwl_backend_duration_seconds_count", 'backend="customers"')).toMatch(/ 10$/);
  expect(of("gwl_backend_duration_seconds_count", 'backend="orders"')).toMatch(/ 10$/);
  expect(of("gwl_faults_total", 'backend="failing",fault="bad-gateway"')).not.toBe("");
  expect(of("gwl_faults_total", 'backend="failing",fault="backend-unavailable"')).not.toBe("");
  expect(of("gwl_breaker_state", 'backend="failing",state="open"')).toMatch(/ 1$/);
}, 120_000);
