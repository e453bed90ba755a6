/** WebSockets through a gateway, between a client and a server of the field's own library: what passes, who is let in, how it ends. */
import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { type Before, type Chat, chatServer, type Client, connect, gatewayBefore } from "./gateway-before.ts";

const KEY = "a secret that is long enough for HS256 to take";

let chat: Chat;
let before: Before;

beforeAll(async () => {
  chat = await chatServer({ handleProtocols: (offered) => (offered.has("v2") ? "v2" : false) });
  before = await gatewayBefore(
    `gwl 1
secret KEY: String
identity Caller = jwt { issuer: "https://id.example", audience: "chat", algorithms: [HS256], secret: KEY }
backend chat = websocket { targets: ["http://127.0.0.1:${chat.port}"], max_message: 100KiB, rewrite { "/room": "/rooms" } }
backend open = websocket { targets: ["http://127.0.0.1:${chat.port}"], origins: any }
gateway g { listen 8080 }
GET "/chat" -> chat { public because "a test", set header "X-Route" = "chat", set response header "X-Seen" = "yes" }
GET "/room/{name: String}" -> chat { accept Caller, allow when params.name != "secret", concurrency 2 by principal.id }
GET "/page" -> chat { public because "a test", cors { origins: ["https://shop.example"] } }
GET "/any" -> open { public because "a test" }
GET "/plain" { public because "a test", respond 200 "plain" }
`,
    { KEY },
  );
});

afterAll(async () => {
  await before.serving.stop(0);
  chat.close();
});

/** Nothing of one test ends in the next. */
afterEach(async () => {
  const count = (kind: string): number => before.events.filter((event) => event.kind === kind).length;
  await until(() => chat.server.clients.size === 0 && count("websocket-opened") === count("websocket-closed"));
  chat.heard.length = 0;
  chat.sockets.length = 0;
});

const url = (path: string): string => `ws://127.0.0.1:${before.port}${path}`;

function token(sub: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: "HS256" })}.${part({ iss: "https://id.example", aud: "chat", sub, iat: now, exp: now + 600 })}`;
  return `Bearer ${text}.${createHmac("sha256", KEY).update(text).digest("base64url")}`;
}

const as = (sub: string): { readonly headers: { readonly authorization: string } } => ({ headers: { authorization: token(sub) } });

async function refusal(client: Client): Promise<string> {
  return client.opened.then(
    () => "open",
    (error: Error) => error.message,
  );
}

describe("what passes", () => {
  test("text, bytes and a message of 100 KiB come back as they went, each way", async () => {
    const client = connect(url("/chat"));
    await client.opened;
    client.socket.send("grüß dich");
    client.socket.send(Buffer.alloc(100 * 1024, 7));
    client.socket.send("");
    expect((await client.next()).toString("utf8")).toBe("grüß dich");
    expect((await client.next()).equals(Buffer.alloc(100 * 1024, 7))).toBe(true);
    expect((await client.next()).length).toBe(0);
    client.socket.close(1000, "done");
    expect(await client.closed).toEqual({ code: 1000, reason: "done" });
    await until(() => chat.heard.includes("close 1000 done"));
  });

  test("what the server says right behind its handshake, and the client right behind its own, is not lost", async () => {
    const eager = await chatServer({}, (socket) => socket.send("hello"));
    const gateway = await gatewayBefore(`gwl 1
backend eager = websocket { targets: ["http://127.0.0.1:${eager.port}"] }
gateway g { listen 8080 }
GET "/" -> eager { public because "a test" }
`);
    const client = connect(`ws://127.0.0.1:${gateway.port}/`);
    expect((await client.next()).toString("utf8")).toBe("hello");
    client.socket.close();
    await client.closed;
    await gateway.serving.stop(0);
    eager.close();
  });

  test("messages in parts stay in parts, and a ping of an end is answered by the other one", async () => {
    const client = connect(url("/chat"));
    await client.opened;
    client.socket.send("one ", { fin: false });
    client.socket.send("two", { fin: true });
    expect((await client.next()).toString("utf8")).toBe("one two");
    const pinged = new Promise<string>((resolve) => chat.sockets[0]?.once("ping", (data: Buffer) => resolve(data.toString("utf8"))));
    const ponged = new Promise<string>((resolve) => client.socket.once("pong", (data) => resolve(data.toString("utf8"))));
    client.socket.ping("are you there");
    expect([await pinged, await ponged]).toEqual(["are you there", "are you there"]);
    client.socket.close();
    await client.closed;
  });

  test("the subprotocol is what the server chose; fields are set each way; the server sees its path and who called", async () => {
    const seen = new Promise<Readonly<Record<string, unknown>>>((resolve) =>
      chat.server.once("connection", (_socket, request) => resolve({ url: request.url, ...request.headers })),
    );
    const client = connect(url("/room/hall?x=1"), { headers: { ...as("u1").headers, cookie: "a=1" } }, ["v1", "v2"]);
    const answered = new Promise<Readonly<Record<string, unknown>>>((resolve) =>
      client.socket.once("upgrade", (response) => resolve(response.headers)),
    );
    await client.opened;
    expect(client.socket.protocol).toBe("v2");
    expect(await seen).toMatchObject({
      url: "/rooms/hall?x=1",
      host: `127.0.0.1:${chat.port}`,
      cookie: "a=1",
      "x-forwarded-for": "127.0.0.1",
      "sec-websocket-protocol": "v1,v2",
    });
    expect(await answered).toHaveProperty("x-request-id");
    client.socket.close();
    await client.closed;
  });
});

describe("who is let in", () => {
  test("callers are asked who they are, and rules are asked, before anything reaches the server", async () => {
    expect(await refusal(connect(url("/room/hall")))).toBe("401");
    expect(await refusal(connect(url("/room/secret"), as("u1")))).toBe("403");
    expect(await refusal(connect(url("/nowhere"), as("u1")))).toBe("404");
    expect(chat.sockets).toHaveLength(0);
    expect(await refusal(connect(url("/room/hall"), as("u1")))).toBe("open");
    await until(() => chat.sockets.length === 1);
    chat.sockets[0]?.close();
  });

  test("a WebSocket is a call under way until it ends", async () => {
    const [first, second] = [connect(url("/room/hall"), as("u2")), connect(url("/room/hall"), as("u2"))];
    await Promise.all([first.opened, second.opened]);
    expect(await refusal(connect(url("/room/hall"), as("u2")))).toBe("429");
    first.socket.close();
    await first.closed;
    await until(() => before.log.some(({ websocket, principal }) => websocket !== undefined && principal?.id === "u2"));
    const third = connect(url("/room/hall"), as("u2"));
    expect(await refusal(third)).toBe("open");
    for (const one of [second, third]) one.socket.close();
    await Promise.all([second.closed, third.closed]);
  });

  test("a page connects only where `cors` names it, or every page may", async () => {
    const from = (origin: string): { readonly origin: string } => ({ origin });
    expect(await refusal(connect(url("/page"), from("https://shop.example")))).toBe("open");
    expect(await refusal(connect(url("/page"), from("https://evil.example")))).toBe("403");
    expect(await refusal(connect(url("/page"), from("null")))).toBe("403");
    expect(await refusal(connect(url("/chat"), from(`http://127.0.0.1:${before.port}`)))).toBe("403");
    expect(await refusal(connect(url("/any"), from("https://evil.example")))).toBe("open");
    expect(await refusal(connect(url("/page")))).toBe("open");
    for (const socket of chat.sockets) socket.close();
  });
});

describe("how it ends", () => {
  test("a client that is gone without a word is told to the server as 1001, a server to the client as 1014", async () => {
    const client = connect(url("/chat"));
    await client.opened;
    client.socket.terminate();
    await until(() => chat.heard.length > 0);
    expect(chat.heard).toEqual(["close 1001 the client is gone"]);
    const other = connect(url("/chat"));
    await other.opened;
    await until(() => chat.sockets.length === 2);
    chat.sockets[1]?.terminate();
    expect(await other.closed).toEqual({ code: 1014, reason: "the backend is gone" });
  });

  test("the log has one line at the end, and observers hear of beginning, traffic and end", async () => {
    const [lines, events] = [before.log.length, before.events.length];
    const client = connect(url("/chat"));
    await client.opened;
    for (const word of ["a", "b"]) client.socket.send(word);
    await client.next();
    await client.next();
    client.socket.close(4001);
    await client.closed;
    await until(() => before.log.length > lines);
    const [line] = before.log.slice(lines);
    expect(line).toMatchObject({
      status: 101,
      route: "GET /chat",
      backend: "chat",
      websocket: { by: "client", code: 4001, messages_in: 2, messages_out: 2 },
    });
    // Two masked messages and a masked close; two messages and the close of the server.
    expect([line?.bytes_in, line?.bytes_out, line?.cut]).toEqual([7 + 7 + 8, 3 + 3 + 4, undefined]);
    const told = before.events.slice(events).filter(({ kind }) => kind.startsWith("websocket"));
    expect(told).toEqual([
      { kind: "websocket-opened", backend: "chat" },
      { kind: "websocket-moved", backend: "chat", messagesIn: 2, messagesOut: 2, bytesIn: 22, bytesOut: 10 },
      { kind: "websocket-closed", backend: "chat", by: "client", code: 4001 },
    ]);
    expect(before.faults).toEqual([]);
  });
});
