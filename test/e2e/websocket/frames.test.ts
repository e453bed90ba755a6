/** What a client does wrong, byte for byte: it is closed with the code for it, and none of it reaches the server. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { type Before, type Chat, chatServer, gatewayBefore } from "./gateway-before.ts";
import { ACCEPT, frame, handshakeText, rawWebsocket, said } from "./raw-websocket.ts";

let chat: Chat;
let before: Before;

beforeAll(async () => {
  chat = await chatServer({ maxPayload: 10_000_000, skipUTF8Validation: true });
  before = await gatewayBefore(`gwl 1
backend chat = websocket { targets: ["http://127.0.0.1:${chat.port}"], max_message: 1KiB }
gateway g { listen 8080 }
GET "/chat" -> chat { public because "a test" }
GET "/plain" { public because "a test", respond 200 "plain" }
POST "/plain" { public because "a test", respond 200 "posted" }
`);
});

afterAll(async () => {
  await before.serving.stop(0);
  chat.close();
});

afterEach(async () => {
  await until(() => chat.server.clients.size === 0);
  chat.heard.length = 0;
});

describe("frames of a client", () => {
  const bad: Readonly<Record<string, readonly [bytes: Uint8Array, code: number]>> = {
    "without a mask": [frame(1, "secret", { isUnmasked: true }), 1002],
    "with a reserved bit": [frame(1, "secret", { first: 0xc1 }), 1002],
    "with the second reserved bit": [frame(1, "secret", { first: 0xa1 }), 1002],
    "of an opcode for data that nobody knows": [frame(3, "secret"), 1002],
    "of an opcode for control that nobody knows": [frame(11, "secret"), 1002],
    "of control in parts": [frame(9, "secret", { first: 0x09 }), 1002],
    "of control that are too long": [frame(9, Buffer.alloc(126)), 1002],
    "that continue nothing": [frame(0, "secret"), 1002],
    "that begin a message within another": [Buffer.concat([frame(1, "a", { first: 0x01 }), frame(1, "secret")]), 1002],
    "with a length in more bytes than it needs": [frame(1, "secret", { length: Uint8Array.of(126, 0, 6) }), 1002],
    "with a length in eight bytes that fits in two": [frame(1, "secret", { length: Uint8Array.of(127, 0, 0, 0, 0, 0, 0, 0, 6) }), 1002],
    "with a length of 64 bits": [frame(1, "secret", { length: Uint8Array.of(127, 0x80, 0, 0, 0, 0, 0, 0, 6) }), 1002],
    "with a length beyond all bounds": [frame(1, "secret", { length: Uint8Array.of(127, 0, 0, 0, 0xff, 0, 0, 0, 0) }), 1009],
    "of a message that is too big": [frame(1, Buffer.alloc(1025)), 1009],
    "of a message whose parts together are too big": [
      Buffer.concat([frame(1, Buffer.alloc(1000), { first: 0x01 }), frame(0, Buffer.alloc(25))]),
      1009,
    ],
    "that close with one byte": [frame(8, Uint8Array.of(3)), 1002],
    "that close with a code that is never sent": [frame(8, Uint8Array.of(0x03, 0xed)), 1002],
    "that close with a code of nobody": [frame(8, Uint8Array.of(0x07, 0xd0)), 1002],
    "that close with a reason that is no text": [frame(8, Uint8Array.of(0x03, 0xe8, 0xff)), 1007],
  };

  test.each(Object.entries(bad))("%s", async (_what, [bytes, code]) => {
    const lines = before.log.length;
    const client = await rawWebsocket(before.port, handshakeText("/chat"));
    await until(() => chat.server.clients.size === 1);
    client.socket.write(Buffer.concat([bytes, frame(1, "behind")]));
    expect(said(await client.ended)).toMatch(new RegExp(`^close ${code} `));
    await until(() => chat.heard.length > 0 && before.log.length > lines);
    expect(chat.heard).toEqual(["close 1001 the client broke the protocol"]);
    expect(before.log.at(-1)?.websocket).toMatchObject({ by: "client", code });
  });

  test("byte by byte, they are what they are in one piece", async () => {
    const client = await rawWebsocket(before.port, handshakeText("/chat"));
    const bytes = Buffer.concat([
      frame(1, "par", { first: 0x01 }),
      frame(9, "ping"),
      frame(0, "ts"),
      frame(2, Buffer.alloc(300, 5)),
      frame(8, ""),
    ]);
    for (const byte of bytes) {
      client.socket.write(Uint8Array.of(byte));
      await new Promise(setImmediate);
    }
    await client.ended;
    expect(chat.heard).toEqual(["parts", "300 bytes", "close 1005"]);
  });

  test("in the same segment as the handshake are not lost", async () => {
    const client = await rawWebsocket(
      before.port,
      handshakeText("/chat"),
      Buffer.concat([frame(1, "early"), frame(8, Uint8Array.of(0x03, 0xe8))]),
    );
    expect(client.head).toContain(`sec-websocket-accept: ${ACCEPT}`);
    await client.ended;
    expect(chat.heard).toEqual(["early", "close 1000"]);
  });
});

describe("what asks to be upgraded, and is not", () => {
  const statusOf = async (text: string): Promise<string> => {
    const answer = await rawWebsocket(before.port, text);
    answer.socket.destroy();
    return answer.head.split("\r\n")[0] ?? "";
  };

  test.each<readonly [what: string, text: string, status: number]>([
    ["a GET", handshakeText("/chat", { Upgrade: undefined, Connection: undefined }), 426],
    ["an older version", handshakeText("/chat", { "Sec-WebSocket-Version": "8" }), 426],
    ["no version", handshakeText("/chat", { "Sec-WebSocket-Version": undefined }), 400],
    ["a key of 15 bytes", handshakeText("/chat", { "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAA" }), 400],
    ["no key", handshakeText("/chat", { "Sec-WebSocket-Key": undefined }), 400],
    ["HTTP/2 in clear", handshakeText("/chat", { Upgrade: "h2c", "HTTP2-Settings": "AAMAAABkAAQAAP__" }), 400],
    ["two protocols", handshakeText("/chat", { Upgrade: "websocket, h2c" }), 400],
    ["an upgrade without Connection", handshakeText("/chat", { Connection: "keep-alive" }), 400],
    ["HTTP/1.0", handshakeText("/chat", {}, "GET /chat HTTP/1.0"), 400],
    ["a POST", handshakeText("/plain", { "Content-Length": "0" }, "POST /plain HTTP/1.1"), 400],
    ["a body", handshakeText("/chat", { "Content-Length": "5" }), 400],
    ["a chunked body", handshakeText("/chat", { "Transfer-Encoding": "chunked" }), 400],
    ["a route that is not for it", handshakeText("/plain"), 400],
    ["no route", handshakeText("/nowhere"), 404],
  ])("%s", async (_what, text, status) => {
    expect(await statusOf(text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(chat.server.clients.size).toBe(0);
  });

  test("426 says what to upgrade to, and in Connection that it does", async () => {
    const { head, socket } = await rawWebsocket(before.port, handshakeText("/chat", { Upgrade: undefined, Connection: undefined }));
    socket.destroy();
    expect(head.toLowerCase()).toContain("\r\nupgrade: websocket");
    expect(head.toLowerCase()).toContain("\r\nconnection: upgrade");
    expect(head.toLowerCase()).toContain("\r\nsec-websocket-version: 13");
  });

  test("what stands behind a refused upgrade is nobody's request", async () => {
    const smuggled = Buffer.from("GET /plain HTTP/1.1\r\nHost: shop.example\r\n\r\n");
    const lines = before.log.length;
    const refused = await rawWebsocket(before.port, handshakeText("/plain"), smuggled);
    expect((await refused.ended).toString("latin1")).not.toContain("HTTP/1.1");
    expect(before.log.slice(lines).map(({ status }) => status)).toEqual([400]);
  });

  test("an upgrade behind a request that is not answered yet is taken in its turn", async () => {
    const both = `GET /plain HTTP/1.1\r\nHost: shop.example\r\n\r\n${handshakeText("/chat")}`;
    const answered = await rawWebsocket(before.port, both, frame(8, Uint8Array.of(0x03, 0xe8)));
    expect(answered.head).toMatch(/^HTTP\/1.1 200 /);
    expect((await answered.ended).toString("latin1")).toMatch(/^plainHTTP\/1.1 101 /);
    await until(() => chat.server.clients.size === 0);
    expect(chat.heard.at(-1)).toBe("close 1000");
  });
});
