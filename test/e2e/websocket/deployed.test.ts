/** WebSockets through built gateways, as a deployment has them: servers over TLS, several workers, figures, a new bundle under way, and what a quiet one costs. */
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { WebSocketServer } from "ws";
import { until } from "../../cli/gwl.ts";
import { adminCall } from "../../figures/admin-call.ts";
import { certificate, pemFolder, serverAuth } from "../../harness/certificates.ts";
import { freePorts, textAt } from "../observe/built-gateway.ts";
import { buildText } from "../process/build-text.ts";
import { endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";
import { chatServer, type Client, connect } from "./gateway-before.ts";

type SecureChat = { readonly url: string; readonly ca: string; readonly versions: string[] };

/** Echoes over TLS, and notes which version of the gateway each connection came through. */
async function secureChat(): Promise<SecureChat> {
  const authority = await certificate({ subject: "CN=Chat CA", isAuthority: true });
  const names = [{ type: "dns", value: "localhost" } as const];
  const own = await certificate({ subject: "CN=localhost", by: authority, names, uses: [serverAuth] });
  const server = createServer({ cert: own.pem, key: own.key });
  const chat = new WebSocketServer({ server });
  const versions: string[] = [];
  chat.on("connection", (socket, request) => {
    versions.push(String(request.headers["x-version"]));
    socket.on("message", (data, isBinary) => socket.send(data as Buffer, { binary: isBinary }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of chat.clients) socket.terminate();
    server.close();
  });
  return { url: `https://localhost:${(server.address() as AddressInfo).port}`, ca: pemFolder().write("ca.pem", authority.pem), versions };
}

const chatting = (version: string, ca: string): string => `gwl 1
env CHAT: Url
env OBSERVE: Int 0..65535
backend chat = websocket { targets: [CHAT], tls { ca: "${ca}" }, drain: 2s }
gateway g { listen 0, observe { listen OBSERVE }, metrics }
GET "/chat" -> chat { public because "a test", set header "X-Version" = "${version}" }
`;

function started(bundle: string, variables: Readonly<Record<string, string>>): Gateway {
  const gateway = startGateway(bundle, { PORT: "0", ...variables });
  onTestFinished(async () => {
    gateway.child.kill("SIGKILL");
    await endOf(gateway);
  });
  return gateway;
}

async function opened(port: number): Promise<Client> {
  const client = connect(`ws://127.0.0.1:${port}/chat`);
  await client.opened;
  return client;
}

async function isEchoed({ socket, next }: Client, text: string): Promise<boolean> {
  socket.send(text);
  return (await next()).toString("utf8") === text;
}

test("servers by TLS, two workers, their figures, and a new bundle: who is connected is told to go, who comes is at the new one", async () => {
  const { url, ca, versions } = await secureChat();
  const [first, second] = [await buildText(chatting("A", ca)), await buildText(chatting("B", ca))];
  const [observe = 0] = await freePorts(1);
  const admin = join(dirname(first), "admin");
  const gateway = started(first, { CHAT: url, WORKERS: "2", OBSERVE: String(observe), ADMIN_SOCKET: admin });
  const port = await portOf(gateway);
  const figure = async (name: string): Promise<number> =>
    Number(new RegExp(`^${name} (\\d+)$`, "m").exec(await textAt(observe, "/metrics"))?.[1] ?? -1);
  const workers = async (): Promise<readonly { readonly state: string }[]> =>
    (await adminCall(admin, "GET", "/-/version")).body["workers"] as readonly { readonly state: string }[];

  const before = await Promise.all(Array.from({ length: 8 }, () => opened(port)));
  expect(await Promise.all(before.map((client, at) => isEchoed(client, `hello ${at}`)))).toEqual(before.map(() => true));
  expect(versions).toEqual(before.map(() => "A"));
  expect(await figure('gwl_websockets\\{gateway="g",backend="chat"\\}')).toBe(8);

  expect((await adminCall(admin, "POST", "/-/swap", { bundle: second })).body["swapped"]).toBe(true);
  const after = await opened(port);
  expect(versions.at(-1)).toBe("B");
  const ends = await Promise.all(before.map(({ closed }) => closed));
  expect(new Set(ends.map(({ code }) => code))).toEqual(new Set([1001]));
  const end = performance.now() + 10_000;
  while ((await workers()).length !== 2 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await workers()).map(({ state }) => state)).toEqual(["serving", "serving"]);
  expect(await isEchoed(after, "still here")).toBe(true);
  expect(await figure('gwl_websockets\\{gateway="g",backend="chat"\\}')).toBe(1);
  expect(await textAt(observe, "/metrics")).toMatch(
    /^gwl_websockets_closed_total\{gateway="g",backend="chat",by="[a-z-]+",code="1001"\} 8$/m,
  );
});

/** kB a connection, with both its sockets and what the collector has not swept; measured: 44. */
const MOST = 64;

/** Resident memory of a process, in kB. */
function heldBy({ child }: Gateway): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]);
}

test("a quiet connection holds little", async () => {
  const chat = await chatServer();
  onTestFinished(chat.close);
  const bundle = await buildText(`gwl 1
env CHAT: Url
backend chat = websocket { targets: [CHAT], connections: 5000 }
gateway g { listen 0 }
GET "/chat" -> chat { public because "a test" }
`);
  const gateway = started(bundle, { CHAT: `http://127.0.0.1:${chat.port}` });
  const port = await portOf(gateway);
  const clients: Client[] = [];
  const openTo = async (count: number): Promise<number> => {
    while (clients.length < count) clients.push(...(await Promise.all(Array.from({ length: 50 }, () => opened(port)))));
    await until(() => chat.server.clients.size === count);
    return heldBy(gateway);
  };
  // What the first ones need is there for all.
  const few = await openTo(500);
  const many = await openTo(2_500);
  expect((many - few) / 2_000).toBeLessThan(MOST);
  for (const { socket } of clients) socket.terminate();
  await until(() => chat.server.clients.size === 0);
}, 240_000);
