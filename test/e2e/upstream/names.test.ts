/** Names of servers, asked of a real name server on loopback. */
import { afterEach, expect, test } from "vitest";
import { call } from "./call.ts";
import { dnsServer, type DnsServer, type Records } from "./dns-server.ts";
import { gatewayBefore } from "./gateway-before.ts";
import { rawServer, type RawServer } from "./raw-server.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function names(records: Records): Promise<DnsServer> {
  const server = await dnsServer(records);
  open.push(server.close);
  return server;
}

async function at(host: string, port = 0): Promise<RawServer> {
  const server = await rawServer(
    (socket) => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${host.length}\r\n\r\n${host}`),
    undefined,
    host,
    port,
  );
  open.push(server.close);
  return server;
}

async function before(backend: string): Promise<number> {
  const gateway = await gatewayBefore(`${backend}, timeout: 2s`);
  open.push(gateway.close);
  return gateway.port;
}

async function bodies(port: number, count: number): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let turn = 0; turn < count; turn++) found.add((await call(port)).body);
  return [...found].sort();
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("all addresses of a name are called, and what its records say later", async () => {
  const { port } = await at("127.0.0.1");
  await at("127.0.0.2", port);
  await at("127.0.0.3", port);
  const records: Records = new Map([["orders.internal", { addresses: ["127.0.0.1", "127.0.0.2"], ttl: 1 }]]);
  const dns = await names(records);
  const gateway = await before(`targets: ["http://orders.internal:${port}"], dns { servers: ["${dns.address}"] }`);
  expect(await bodies(gateway, 6)).toEqual(["127.0.0.1", "127.0.0.2"]);
  records.set("orders.internal", { addresses: ["127.0.0.2", "127.0.0.3"], ttl: 1 });
  await pause(1_100);
  await call(gateway);
  await pause(100);
  expect(await bodies(gateway, 6)).toEqual(["127.0.0.2", "127.0.0.3"]);
});

test("the last good answer serves while the name server is silent, and while it knows the name no more", async () => {
  const { port } = await at("127.0.0.1");
  const records: Records = new Map([["orders.internal", { addresses: ["127.0.0.1"], ttl: 1 }]]);
  const dns = await names(records);
  const gateway = await before(`targets: ["http://orders.internal:${port}"], dns { servers: ["${dns.address}"] }`);
  expect(await bodies(gateway, 1)).toEqual(["127.0.0.1"]);
  records.delete("orders.internal");
  await pause(1_100);
  expect(await bodies(gateway, 3)).toEqual(["127.0.0.1"]);
  dns.silent = true;
  await pause(1_100);
  const begun = Date.now();
  expect(await bodies(gateway, 3)).toEqual(["127.0.0.1"]);
  expect(Date.now() - begun).toBeLessThan(900);
});

test.each([
  ["a name that does not exist", false],
  ["a name server that says nothing", true],
])("%s: 503", async (_what, silent) => {
  const dns = await names(new Map());
  dns.silent = silent;
  const gateway = await before(`targets: ["http://orders.internal:1"], dns { servers: ["${dns.address}"] }`);
  expect((await call(gateway)).status).toBe(503);
});

test("SRV records say hosts and ports, those of the lowest priority", async () => {
  const [one, two, spare] = [await at("127.0.0.1"), await at("127.0.0.2"), await at("127.0.0.3")];
  const dns = await names(
    new Map([
      [
        "orders.shop.local",
        {
          services: [
            { priority: 1, port: one.port, name: "a.shop.local" },
            { priority: 1, port: two.port, name: "b.shop.local" },
            { priority: 2, port: spare.port, name: "c.shop.local" },
          ],
        },
      ],
      ["a.shop.local", { addresses: ["127.0.0.1"] }],
      ["b.shop.local", { addresses: ["127.0.0.2"] }],
      ["c.shop.local", { addresses: ["127.0.0.3"] }],
    ]),
  );
  const gateway = await before(`service: "http://orders.shop.local", dns { servers: ["${dns.address}"] }`);
  expect(await bodies(gateway, 6)).toEqual(["127.0.0.1", "127.0.0.2"]);
});

test("SRV records share calls out by their weights; weight 0 is for when nobody else is there", async () => {
  const [one, two, idle] = [await at("127.0.0.1"), await at("127.0.0.2"), await at("127.0.0.3")];
  const services = [
    { priority: 1, weight: 30, port: one.port, name: "a.shop.local" },
    { priority: 1, weight: 10, port: two.port, name: "b.shop.local" },
    { priority: 1, weight: 0, port: idle.port, name: "c.shop.local" },
  ];
  const dns = await names(
    new Map([
      ["orders.shop.local", { services }],
      ["idle.shop.local", { services: services.slice(2) }],
      ["a.shop.local", { addresses: ["127.0.0.1"] }],
      ["b.shop.local", { addresses: ["127.0.0.2"] }],
      ["c.shop.local", { addresses: ["127.0.0.3"] }],
    ]),
  );
  const where = `dns { servers: ["${dns.address}"] }`;
  const gateway = await before(`service: "http://orders.shop.local", ${where}`);
  const answers: string[] = [];
  while (answers.length < 40) answers.push((await call(gateway)).body);
  const count = (address: string): number => answers.filter((body) => body === address).length;
  expect([count("127.0.0.1"), count("127.0.0.2"), count("127.0.0.3")]).toEqual([30, 10, 0]);
  const alone = await before(`service: "http://idle.shop.local", ${where}`);
  expect((await call(alone)).body).toBe("127.0.0.3");
});

test("an address where nobody listens costs no call: nothing was sent there", async () => {
  const { port } = await at("127.0.0.1");
  const dns = await names(new Map([["orders.internal", { addresses: ["127.0.0.9", "127.0.0.1"] }]]));
  const gateway = await before(`targets: ["http://orders.internal:${port}"], dns { servers: ["${dns.address}"] }`);
  for (let turn = 0; turn < 4; turn++) {
    expect(await call(gateway, { method: "POST", body: "once" })).toMatchObject({ status: 200, body: "127.0.0.1" });
  }
});
