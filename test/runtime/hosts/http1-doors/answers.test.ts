/** What our server says of an answer, byte for byte, and what it breaks rather than say it wrongly. */
import { expect, test } from "vitest";
import type { Response } from "../../../../runtime/hosts/node/http1/response.ts";
import { exchangeRaw } from "../raw-client.ts";
import { served } from "./served-connections.ts";

/** All that a client hears of what `says` says to each of its requests, without dates. */
async function heard(says: (response: Response) => void, asks = "GET / HTTP/1.1\r\n\r\n"): Promise<string> {
  const port = await served((_request, response) => says(response));
  return (await exchangeRaw(port, asks, 300)).replace(/Date: [^\r]*\r\n/g, "");
}

const kept = "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n";

test("a length that is said, and the next request of the connection", async () => {
  const text = await heard((response) => {
    response.writeHead(200, ["content-length", "5"]);
    response.end(Buffer.from("hello"));
  }, "GET / HTTP/1.1\r\n\r\n".repeat(2));
  expect(text).toBe(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\n${kept}\r\nhello`.repeat(2));
});

test("chunks where none is said, and what stands behind them", async () => {
  const text = await heard((response) => {
    response.writeHead(200, []);
    response.write(Buffer.from("hello"));
    response.addTrailers({ "x-behind": "1" });
    response.end();
  });
  expect(text).toBe(`HTTP/1.1 200 OK\r\n${kept}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-behind: 1\r\n\r\n`);
});

test("to HTTP/1.0 the end of the connection instead of chunks", async () => {
  const text = await heard((response) => {
    response.writeHead(200, []);
    response.end(Buffer.from("hello"));
  }, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  expect(text).toBe("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
});

test.each([
  ["HEAD", 200],
  ["GET", 204],
  ["GET", 304],
])("no body to %s with %i, whatever is written", async (method, status) => {
  const text = await heard((response) => {
    response.writeHead(status, []);
    response.end(Buffer.from("hello"));
  }, `${method} / HTTP/1.1\r\nConnection: close\r\n\r\n`);
  expect(text).toMatch(/^HTTP\/1\.1 \d{3} [^\r]*\r\nConnection: close\r\n\r\n$/);
});

test("more or less than was said breaks the connection, and none of the surplus is sent", async () => {
  const [more, less] = ["hello", "he"].map((body) =>
    heard((response) => {
      response.writeHead(200, ["content-length", "3"]);
      response.write(Buffer.from(body));
      response.end();
    }, "GET / HTTP/1.1\r\n\r\n".repeat(2)),
  );
  expect(await more).not.toContain("hello");
  // Of both there is one answer at most: the second request of the connection is nobody's.
  for (const text of await Promise.all([more, less])) expect(text?.split("HTTP/1.1").length).toBeLessThanOrEqual(2);
});

test.each([
  ["a value that ends its line", ["x-a", "1\r\nx-b: 2"]],
  ["a name that is none", ["x a", "1"]],
  ["two lengths", ["content-length", "1", "Content-Length", "2"]],
  ["a length that is none", ["content-length", "1x"]],
])("%s is not sent", async (_name, fields) => {
  const text = await heard((response) => {
    expect(() => response.writeHead(200, fields)).toThrow();
    response.writeHead(500, ["content-length", "0"]);
    response.end();
  });
  expect(text).toBe(`HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n${kept}\r\n`);
});
