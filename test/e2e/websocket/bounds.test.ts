/** What both ends are held to, how connections end when the gateway leaves, and what a slow end costs. */
import { afterEach, describe, expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { type Before, type Chat, chatServer, connect, gatewayBefore } from "./gateway-before.ts";
import { frame, handshakeText, rawWebsocket, said } from "./raw-websocket.ts";

let chat: Chat;
let before: Before;
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function opened(settings: string, options = {}): Promise<string> {
  chat = await chatServer(options);
  before = await gatewayBefore(`gwl 1
backend chat = websocket { targets: ["http://127.0.0.1:${chat.port}"], ${settings} }
gateway g { listen 8080 }
GET "/chat" -> chat { public because "a test" }
`);
  return `ws://127.0.0.1:${before.port}/chat`;
}

afterEach(async () => {
  await before.serving.stop(0);
  chat.close();
});

describe("bounds", () => {
  test("`idle`: what the ends say holds a connection open, silence ends it for both", async () => {
    const client = connect(await opened("idle: 400ms"));
    await client.opened;
    for (let turn = 0; turn < 4; turn++) {
      client.socket.ping();
      await wait(200);
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    expect(await client.closed).toEqual({ code: 1001, reason: "idle for too long" });
    await until(() => chat.heard.includes("close 1001 idle for too long"));
    await until(() => before.log.length === 1);
    expect(before.log[0]?.websocket).toMatchObject({ by: "idle", code: 1001 });
  });

  test("pings of the gateway are answered by both ends, and hold nothing open", async () => {
    const client = connect(await opened("idle: 1s, ping: 100ms, pong: 5s"));
    await client.opened;
    let pings = 0;
    client.socket.on("ping", () => pings++);
    chat.sockets[0]?.on("ping", () => pings++);
    expect(await client.closed).toEqual({ code: 1001, reason: "idle for too long" });
    expect(pings).toBeGreaterThanOrEqual(4);
  });

  test("`max_life` ends a connection on which much is said", async () => {
    const client = connect(await opened("max_life: 500ms"));
    await client.opened;
    const timer = setInterval(() => client.socket.send("still here"), 50);
    expect(await client.closed).toEqual({ code: 1001, reason: "open for too long" });
    clearInterval(timer);
    await until(() => chat.heard.includes("close 1001 open for too long"));
  });

  test("a client that answers no ping is let go, and a server that answers none", async () => {
    const url = await opened("ping: 100ms, pong: 200ms", { autoPong: false });
    const deaf = connect(url);
    await deaf.opened;
    expect(await deaf.closed).toEqual({ code: 1001, reason: "no answer to a ping" });
    await before.serving.stop(0);
    chat.close();
    const again = await opened("ping: 100ms, pong: 200ms");
    const mute = await rawWebsocket(before.port, handshakeText(new URL(again).pathname));
    await until(() => mute.received().length > 0);
    expect(mute.received()[0]).toBe(0x89);
    await until(() => chat.heard.length > 0);
    expect(chat.heard).toEqual(["close 1001 no answer to a ping"]);
    mute.socket.write(frame(8, ""));
    await mute.ended;
  });

  test("a client that never closes is cut off", async () => {
    await opened("max_life: 200ms");
    const mute = await rawWebsocket(before.port, handshakeText("/chat"));
    const begun = performance.now();
    expect(said(await mute.ended)).toBe("close 1001 open for too long");
    expect(performance.now() - begun).toBeGreaterThan(4_000);
  });
});

describe("compression", () => {
  test("without it nobody is offered any", async () => {
    const client = connect(await opened("", { perMessageDeflate: true }), { perMessageDeflate: true });
    await client.opened;
    expect(client.socket.extensions).toBe("");
    client.socket.close();
    await client.closed;
  });

  test("with it the ends agree, and `max_message` counts what goes over the wire", async () => {
    const url = await opened("compression: true, max_message: 4KiB", { perMessageDeflate: { threshold: 0 } });
    const client = connect(url, { perMessageDeflate: { threshold: 0 } });
    await client.opened;
    expect(client.socket.extensions).toBe("permessage-deflate");
    client.socket.send("a".repeat(50_000));
    expect((await client.next()).length).toBe(50_000);
    client.socket.close();
    await client.closed;
    expect(before.log.every(({ bytes_in }) => bytes_in < 500)).toBe(true);
  });
});

describe("leaving", () => {
  test("a stop closes all of them with 1001, both ends, within its grace", async () => {
    const url = await opened("drain: 200ms");
    const clients = Array.from({ length: 20 }, () => connect(url));
    await Promise.all(clients.map(({ opened: one }) => one));
    const begun = performance.now();
    const stopped = before.serving.stop(8_000);
    const closed = await Promise.all(clients.map(({ closed: one }) => one));
    expect(closed).toEqual(clients.map(() => ({ code: 1001, reason: "the gateway goes away" })));
    await stopped;
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(chat.heard).toEqual(clients.map(() => "close 1001 the gateway goes away"));
    expect(before.log.map(({ websocket }) => websocket?.by)).toEqual(clients.map(() => "drain"));
  });

  test("when another process takes over they end within `drain`, and who does not close is cut", async () => {
    const url = await opened("drain: 300ms");
    const client = connect(url);
    await client.opened;
    const mute = await rawWebsocket(before.port, handshakeText("/chat"));
    const begun = performance.now();
    await before.serving.retire();
    expect(await client.closed).toEqual({ code: 1001, reason: "the gateway goes away" });
    expect(said(await mute.ended)).toBe("close 1001 the gateway goes away");
    expect(performance.now() - begun).toBeLessThan(7_000);
  });
});

describe("a busy end", () => {
  test("is asked whether it lives, and closed, between its frames wherever these are", async () => {
    const url = await opened("max_message: 1MiB, ping: 200ms, pong: 20s, max_life: 1500ms", {});
    const client = connect(url);
    await client.opened;
    await until(() => chat.sockets.length === 1);
    let pings = 0;
    client.socket.on("ping", () => pings++);
    const message = Buffer.alloc(300_001, 1);
    const [server] = chat.sockets;
    const more = (): void => server?.send(message, (error) => (error ? undefined : more()));
    for (let at = 0; at < 8; at++) more();
    expect((await client.closed).reason).toBe("open for too long");
    expect(pings).toBeGreaterThanOrEqual(2);
  });
});

describe("a slow end", () => {
  const mib = 1024 * 1024;

  test("that reads nothing is waited for, in either direction: of 80 MiB less than 30 are taken", async () => {
    const url = await opened("max_message: 1MiB, pong: 60s");
    const client = connect(url);
    await client.opened;
    await until(() => chat.sockets.length === 1);
    const [server] = chat.sockets;
    if (server === undefined) throw new Error("nobody came");
    const message = Buffer.alloc(mib, 1);
    for (const [writer, reader] of [
      [server, client.socket],
      [client.socket, server],
    ] as const) {
      server.removeAllListeners("message");
      client.socket.removeAllListeners("message");
      reader.pause();
      let sent = 0;
      // The one message in memory is sent again and again; what has left is counted by its callback.
      for (let turn = 0; turn < 80; turn++) writer.send(message, () => sent++);
      await wait(500);
      // What sockets and kernels take, and no more.
      expect(sent).toBeLessThan(30);
      let read = 0;
      reader.on("message", () => read++);
      reader.resume();
      await until(() => read === 80);
    }
    client.socket.close();
    await client.closed;
  });
});
