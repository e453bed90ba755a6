/** Refusals as the program wants them, over sockets: also those that the host makes itself. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { exchangeRaw, statuses } from "../../runtime/hosts/raw-client.ts";
import { type OpenGateway, openGateway } from "../../shaping/open-gateway.ts";

const TEXT = `
backend up = http { targets: [BACKEND] }
gateway g {
  listen 0
  answer server_errors { body: { error: "later" } }
  answer malformed { status: 418, body: "no" }
  security_headers { }
}
GET "/reset" -> up { public because "a test", answer bad_gateway { status: 503, headers { "X-Help": "here" }, body: "<p>away</p>", type: "text/html" } }
GET "/other" -> up { public because "a test" }
`;

let gateway: OpenGateway;
beforeAll(async () => {
  gateway = await openGateway(TEXT, (request, response) => {
    if (request.url === "/reset") return void request.socket.destroy();
    response.writeHead(200, { "x-frame-options": "ALLOWALL", "x-own": "1" });
    response.end("ok");
  });
});
afterAll(() => gateway.close());

function ask(head: string): Promise<string> {
  return exchangeRaw(gateway.port, `${head}\r\nHost: a\r\nConnection: close\r\n\r\n`, 2_000);
}

test("a backend that breaks off is what the route says of it, and keeps its id", async () => {
  const answer = await ask("GET /reset HTTP/1.1");
  expect(statuses(answer)).toEqual([503]);
  expect(answer).toMatch(/\r\nx-help: here\r\n/i);
  expect(answer).toMatch(/\r\ncontent-type: text\/html\r\n/i);
  expect(answer).toMatch(/\r\nx-request-id: \S+\r\n/i);
  expect(answer).toMatch(/\r\ncache-control: no-store\r\n/i);
  expect(answer.endsWith("<p>away</p>")).toBe(true);
});

test("bytes that are no request get the gateway's own form", async () => {
  const answer = await exchangeRaw(gateway.port, "GET / HTTP/1.1\r\nHost: a\r\nBad Name: 1\r\n\r\n", 2_000);
  expect(statuses(answer)).toEqual([418]);
  expect(answer).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
  expect(answer.endsWith("\r\n\r\nno")).toBe(true);
});

test("fields for browsers take the place of the backend's", async () => {
  const answer = await ask("GET /other HTTP/1.1");
  expect(statuses(answer)).toEqual([200]);
  expect(answer.match(/^x-frame-options: .*$/gim)).toEqual(["x-frame-options: DENY"]);
  expect(answer).toMatch(/\r\nx-own: 1\r\n/i);
});
