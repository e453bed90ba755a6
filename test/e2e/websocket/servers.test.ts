/** What servers say instead of agreeing, and that it comes to the client as nginx and Envoy would have it. */
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { type Before, gatewayBefore } from "./gateway-before.ts";
import { frame, handshakeText, rawWebsocket, said } from "./raw-websocket.ts";

let server: Server;
let before: Before;
/** The head that the server got last. */
let asked = "";

type Says = (head: string, socket: Socket) => string | Buffer | undefined;

async function opened(says: Says, settings = ""): Promise<void> {
  server = createServer((socket) => {
    let text = "";
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (!text.includes("\r\n\r\n")) return;
      asked = text;
      text = "";
      const answer = says(asked, socket);
      if (answer !== undefined) socket.write(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  before = await gatewayBefore(`gwl 1
backend chat = websocket { targets: ["http://127.0.0.1:${port}"], timeout: 500ms ${settings} }
gateway g { listen 8080 }
GET "/chat" -> chat { public because "a test", set response header "X-Seen" = "yes" }
`);
}

afterEach(async () => {
  await before.serving.stop(0);
  server.close();
});

function agreed(head: string, more = ""): string {
  const key = /sec-websocket-key: (\S+)/i.exec(head)?.[1] ?? "";
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${more}\r\n`;
}

const answerTo = async (
  text = handshakeText("/chat", { "Sec-WebSocket-Protocol": "v1" }),
): Promise<{ status: string; head: string; body: string }> => {
  const { head, ended } = await rawWebsocket(before.port, text);
  return { status: head.slice(9, 12), head, body: (await ended).toString("latin1") };
};

test("a refusal is passed on with its body and the fields that the route sets, and the connection ends", async () => {
  await opened(() => "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nX-Own: 1\r\nContent-Length: 9\r\n\r\nnot today");
  const { status, head, body } = await answerTo();
  expect([status, body]).toEqual(["403", "not today"]);
  expect(head).toContain("x-own: 1");
  expect(head).toContain("x-seen: yes");
  expect(asked).toContain("sec-websocket-protocol: v1");
});

test.each<readonly [what: string, says: Says, status: string]>([
  ["a wrong proof", (head) => agreed(head).replace(/Accept: \S+/, "Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA="), "502"],
  ["no proof", (head) => agreed(head).replace(/Sec-WebSocket-Accept: \S+\r\n/, ""), "502"],
  ["another protocol", (head) => agreed(head).replace("Upgrade: websocket", "Upgrade: h2c"), "502"],
  ["a subprotocol that nobody offered", (head) => agreed(head, "Sec-WebSocket-Protocol: v9\r\n"), "502"],
  ["an extension that nobody offered", (head) => agreed(head, "Sec-WebSocket-Extensions: permessage-deflate\r\n"), "502"],
  ["nothing", () => undefined, "504"],
  ["something that is no HTTP", () => "SSH-2.0-x\r\n\r\n", "502"],
  ["half a head", (_head, socket) => void socket.end("HTTP/1.1 101 Swi"), "502"],
  ["an answer that breaks off", (_head, socket) => void socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), "200"],
])("a server says %s", async (_what, says, status) => {
  await opened(says);
  const answer = await answerTo();
  expect(answer.status).toBe(status);
  if (status === "200") expect(before.log[0]?.cut).toBe(true);
});

test("no server at all is 502", async () => {
  await opened(() => undefined);
  await new Promise((resolve) => server.close(resolve));
  expect((await answerTo()).status).toBe("502");
});

test("frames behind the server's handshake are not lost, and fields of its answer go on", async () => {
  await opened((head) =>
    Buffer.concat([Buffer.from(agreed(head, "Sec-WebSocket-Protocol: v1\r\nSet-Cookie: a=1\r\n")), Uint8Array.of(0x81, 2, 104, 105)]),
  );
  const client = await rawWebsocket(before.port, handshakeText("/chat", { "Sec-WebSocket-Protocol": "v1, v2" }));
  expect(client.head).toContain("sec-websocket-protocol: v1");
  expect(client.head).toContain("set-cookie: a=1");
  expect(client.head).toContain("x-seen: yes");
  await until(() => client.received().length >= 4);
  expect(client.received().toString("latin1")).toBe("\x81\x02hi");
  client.socket.destroy();
});

test("a server that breaks the protocol is let go with 1002, and the client is told 1014", async () => {
  let heard = Buffer.alloc(0);
  await opened((head, socket) => {
    socket.removeAllListeners("data").on("data", (chunk) => (heard = Buffer.concat([heard, chunk])));
    return Buffer.concat([Buffer.from(agreed(head)), frame(1, "masked, as only clients do")]);
  });
  const client = await rawWebsocket(before.port, handshakeText("/chat"));
  await until(() => client.received().length > 2);
  client.socket.write(frame(8, ""));
  expect(said(await client.ended)).toBe("close 1014 the backend broke the protocol");
  expect([heard[0], heard[1]! & 0x80]).toEqual([0x88, 0x80]);
  await until(() => before.log.length === 1);
  expect(before.log[0]?.websocket).toMatchObject({ by: "backend", code: 1002 });
});

test("a close and pings of the gateway wait until a frame that passes is whole", async () => {
  let send: ((bytes: Uint8Array) => void) | undefined;
  await opened((head, socket) => {
    socket.removeAllListeners("data");
    send = (bytes) => void socket.write(bytes);
    return Buffer.concat([Buffer.from(agreed(head)), Uint8Array.of(0x82, 4, 1, 2)]);
  }, ", max_life: 300ms, ping: 100ms, pong: 5s");
  const client = await rawWebsocket(before.port, handshakeText("/chat"));
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect([...client.received()]).toEqual([0x82, 4, 1, 2]);
  send?.(Uint8Array.of(3, 4));
  await until(() => client.received().length > 6);
  expect([...client.received().subarray(0, 8)]).toEqual([0x82, 4, 1, 2, 3, 4, 0x88, 2 + 17]);
  client.socket.destroy();
});

test("a client that leaves during the handshake takes the call to the server along", async () => {
  let isGone = false;
  await opened((_head, socket) => {
    socket.once("close", () => (isGone = true));
    return undefined;
  }, ", timeouts { first_byte: 10s }");
  asked = "";
  const leaving = connect(before.port, "127.0.0.1", () => leaving.write(handshakeText("/chat")));
  await until(() => asked !== "");
  leaving.destroy();
  await until(() => isGone);
});
