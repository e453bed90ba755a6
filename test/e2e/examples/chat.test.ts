/** The example of a chat, before a server of the field's own library: who enters, from which pages, and what is bounded. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { type Chat, chatServer, type Client, connect } from "../websocket/gateway-before.ts";
import { backendForAll, startedExample } from "./started-example.ts";

const SESSIONS: Readonly<Record<string, { readonly id: string; readonly context: { readonly rooms: readonly string[] } }>> = {
  ["a".repeat(32)]: { id: "ann", context: { rooms: ["garden", "office"] } },
  ["b".repeat(32)]: { id: "bob", context: { rooms: ["garden"] } },
};
const PAGE = "https://shop.example";

let chat: Chat;
let members: string[] = [];
let asked = 0;
beforeAll(async () => {
  chat = await chatServer();
  chat.server.on("connection", (_socket, request) => members.push(`${String(request.headers["x-member"])} ${request.url ?? ""}`));
});
afterAll(() => chat.close());
const login = backendForAll((request, response) => {
  let text = "";
  request.on("data", (part: Buffer) => (text += String(part)));
  request.on("end", () => {
    asked++;
    const { headers } = JSON.parse(text) as { readonly headers: { readonly cookie: string } };
    const session = SESSIONS[headers.cookie.replace("session=", "")];
    if (session === undefined) response.writeHead(401).end();
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(session));
  });
});
const example = startedExample("chat", () => ({ CHAT_URL: `http://127.0.0.1:${chat.port}`, LOGIN_URL: login.url() }));

function enter(room: string, session: string, origin = PAGE): Client {
  const headers = session === "" ? {} : { cookie: `session=${session.repeat(32)}` };
  return connect(`ws://127.0.0.1:${example.port()}/rooms/${room}`, { headers, origin });
}

async function refusal(client: Client): Promise<string> {
  return client.opened.then(
    () => "open",
    (error: Error) => error.message,
  );
}

test("a member talks in a room that is theirs, and the server knows who it is", async () => {
  const client = enter("garden", "b");
  const socket = await client.opened;
  socket.send("hello");
  expect((await client.next()).toString("utf8")).toBe("hello");
  expect(members).toEqual(["bob /rooms/garden"]);
  socket.close();
  await client.closed;
});

test("nobody else reaches the server: no session, an unknown one, another's room, another page", async () => {
  members = [];
  const before = asked;
  expect(await refusal(enter("garden", ""))).toBe("401");
  expect(asked).toBe(before);
  expect(await refusal(enter("garden", "c"))).toBe("401");
  expect(await refusal(enter("office", "b"))).toBe("403");
  expect(await refusal(enter("garden", "b", "https://elsewhere.example"))).toBe("403");
  expect(await refusal(enter("Garden", "b"))).toBe("404");
  expect(members).toEqual([]);
});

test("three connections for a member, and no message of more than 16 KiB", async () => {
  const open: Client[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const client = enter("garden", "a");
    await client.opened;
    open.push(client);
  }
  expect(await refusal(enter("office", "a"))).toBe("429");
  const [first] = open;
  first?.socket.send("x".repeat(16 * 1024 + 1));
  expect((await first?.closed)?.code).toBe(1009);
  for (const { socket } of open) socket.close();
  await Promise.all(open.map(({ closed }) => closed));
  await until(() => chat.server.clients.size === 0);
});
