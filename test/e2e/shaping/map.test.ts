/** Mapped bodies over sockets: the bytes that a real server gets, and what becomes of the bodies that came. */
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenGateway, openGateway } from "../../shaping/open-gateway.ts";

const TEXT = `
backend up = http { targets: [BACKEND] }
gateway g { listen 0 }
POST "/orders" body { lines: List<{ sku: String, qty: Int? }>, note: String? } -> up {
  public because "a test"
  map body { rows: body.lines.map(line: { s: line.sku, n: line.qty ?? 1 }), note: optional body.note }
}
POST "/orders/{id: Int}/cancel" -> up { public because "a test", map body { id: params.id } }
`;

type Seen = { readonly headers: IncomingHttpHeaders; readonly body: string };
let gateway: OpenGateway;
const seen: Seen[] = [];
beforeAll(async () => {
  gateway = await openGateway(TEXT, (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      seen.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
      response.end("ok");
    });
  });
});
afterAll(() => gateway.close());

function post(path: string, body: string | Buffer, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = httpRequest({ port: gateway.port, host: "127.0.0.1", path, method: "POST", headers, agent: false }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
    });
    call.on("error", reject);
    call.end(body);
  });
}

test("the server gets the mapped text, its length, and no word of the old bytes", async () => {
  const body = JSON.stringify({ note: "grüße", lines: [{ sku: "a" }, { qty: 3, sku: "b" }] });
  const headers = { "content-type": "application/json; charset=utf-8", "content-language": "de", digest: "sha-256=x", "x-a": "1" };
  expect(await post("/orders", body, headers)).toBe(200);
  const got = seen.at(-1);
  expect(got?.body).toBe('{"note":"grüße","rows":[{"n":1,"s":"a"},{"n":3,"s":"b"}]}');
  expect(got?.headers).toMatchObject({
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(got?.body ?? "")),
    "x-a": "1",
  });
  for (const name of ["content-language", "digest", "transfer-encoding"]) expect(got?.headers).not.toHaveProperty(name);
});

test("a body that nobody reads is thrown away, and the connection carries the next call", async () => {
  const large = Buffer.alloc(100_000, "x");
  expect(await post("/orders/7/cancel", large, { "content-type": "text/plain" })).toBe(200);
  expect(seen.at(-1)?.body).toBe('{"id":7}');
  const socket = connect(gateway.port, "127.0.0.1");
  const head = (path: string, length: number): string => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
  socket.write(head("/orders/8/cancel", 5) + "abcde" + head("/orders/9/cancel", 0));
  let text = "";
  await new Promise<void>((resolve) => {
    socket.on("data", (part: Buffer) => {
      text += part.toString("latin1");
      if (text.split("HTTP/1.1 200").length === 3) resolve();
    });
    socket.on("close", () => resolve());
  });
  socket.destroy();
  expect(text.split("HTTP/1.1 200")).toHaveLength(3);
  expect(seen.slice(-2).map((one) => one.body)).toEqual(['{"id":8}', '{"id":9}']);
});

test("a client that waits for `100 Continue` gets its answer at once, and the connection ends", async () => {
  const socket = connect(gateway.port, "127.0.0.1");
  const begun = Date.now();
  socket.write("POST /orders/5/cancel HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 50\r\n\r\n");
  let text = "";
  socket.on("data", (part: Buffer) => (text += part.toString("latin1")));
  await new Promise((resolve) => socket.on("close", resolve));
  expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close/i);
  expect(Date.now() - begun).toBeLessThan(900);
  expect(seen.at(-1)?.body).toBe('{"id":5}');
});

test("nothing went wrong inside", () => expect(gateway.faults).toEqual([]));
