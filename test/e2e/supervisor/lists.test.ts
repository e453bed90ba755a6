/** Lists of networks that are read again, in real processes: all workers follow, a list that was lost on its way changes nothing, and it is told. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { buildBundle } from "../../figures/two-versions.ts";
import { certificate, serverAuth } from "../../harness/certificates.ts";
import { freePorts, textAt } from "../observe/built-gateway.ts";
import { call, endOf, portOf, startGateway } from "../shop/gateway-process.ts";
import { eventsOf, told, twoVersions } from "./supervised.ts";

const two = twoVersions();

const SOURCE = `gwl 1

env OBSERVE: Int 0..65535
network proxies { 127.0.0.0/8, ::/0 }
network blocked from "lists/blocked.txt" reload every 10s
gateway shop {
  listen 0
  observe { listen OBSERVE }
  metrics
  trust proxies proxies
  deny when client.ip in blocked because "blocklist"
}

GET "/" { public because "an example", respond 200 "hello" }
`;

type Listed = { readonly folder: string; readonly bundle: string; readonly write: (text: string) => void };

function listed(): Listed {
  const folder = two.scratch();
  mkdirSync(join(folder, "lists"));
  // As those write who know that somebody reads.
  const write = (text: string): void => {
    writeFileSync(join(folder, "lists", "next"), text);
    renameSync(join(folder, "lists", "next"), join(folder, "lists", "blocked.txt"));
  };
  write("198.51.100.0/24\n203.0.113.0/24\n");
  return { folder, bundle: buildBundle(folder, "shop", SOURCE), write };
}

const from = async (port: number, address: string): Promise<readonly number[]> => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => call(port, "GET /", { from: address })));
  return [...new Set(answers.map(({ status }) => status))];
};

test("all workers take a list over that changed, and keep it when the next one is broken, empty, gone or much shorter", async () => {
  const { folder, bundle, write } = listed();
  write("198.51.100.0/24\n2001:db8::/32\n192.0.2.7 # since today\n192.0.2.8\n");
  const [observe = 0] = await freePorts(1);
  const supervised = await two.start({ OBSERVE: String(observe), LISTS: folder }, bundle);
  const { port, admin } = supervised;
  // Read before the doors opened: the list is not that of the build.
  expect([await from(port, "203.0.113.9"), await from(port, "192.0.2.7"), await from(port, "2001:db8::1")]).toEqual([[200], [403], [403]]);
  expect(await textAt(observe, "/-/ready")).toContain('{"kind":"list","name":"blocked"}');

  write("203.0.113.0/24\n192.0.2.9\n192.0.2.10\n");
  const good = await admin("POST", "/-/read-lists");
  expect([good.status, good.body["workers"]]).toEqual([
    200,
    [1, 2].map(() => ({
      pid: expect.any(Number) as number,
      lists: [{ network: "blocked", entries: 3, read: expect.stringMatching(/^20/) as string }],
    })),
  ]);
  expect([await from(port, "203.0.113.9"), await from(port, "192.0.2.7")]).toEqual([[403], [200]]);
  expect(await told(supervised, "list-read", 4)).toMatchObject({ network: "blocked", entries: 3, was: 4 });

  for (const [text, problem] of [
    ["10.0.0.0/8\n10.0.0.1/8\n203.0.113.0/24\n", "line 2: `10.0.0.1/8` is no network"],
    ["# nothing\n", "it names no network"],
    ["192.0.2.9\n", "it has 1 entries, and had 3: more than 50% of them are gone"],
    ["<html>\n", "line 1: `<html>` is no network"],
  ] as const) {
    write(text);
    const { status, body } = await admin("POST", "/-/read-lists");
    expect(status).toBe(409);
    expect(JSON.stringify(body)).toContain(JSON.stringify(problem).slice(1, -1));
    expect(await from(port, "203.0.113.9")).toEqual([403]);
  }
  rmSync(join(folder, "lists", "blocked.txt"));
  expect(JSON.stringify((await admin("POST", "/-/read-lists")).body)).toContain("there is no such file");
  expect(await from(port, "203.0.113.9")).toEqual([403]);
  await until(() => eventsOf(supervised, "list-refused").length >= 10);
  expect(eventsOf(supervised, "list-refused")[0]).toMatchObject({
    network: "blocked",
    entries: 3,
    problem: expect.stringContaining("line 2") as string,
  });
  const figures = await textAt(observe, "/metrics");
  expect(figures).toMatch(/^gwl_list_entries\{gateway="shop",network="blocked"\} 3$/m);
  expect(figures).toMatch(/^gwl_list_failures_total\{gateway="shop",network="blocked"\} 10$/m);
  const readAt = Number(/^gwl_list_read_timestamp_seconds\{.*\} (\S+)$/m.exec(figures)?.[1]);
  expect(Math.abs(Date.now() / 1000 - readAt)).toBeLessThan(60);
  // What served goes on to: it was read once.
  expect(await textAt(observe, "/-/ready")).toContain('"status":"ready"');

  // Somebody who knows why it is so short says so.
  write("192.0.2.9\n");
  expect((await admin("POST", "/-/read-lists", { any_size: true })).status).toBe(200);
  expect([await from(port, "203.0.113.9"), await from(port, "192.0.2.9")]).toEqual([[200], [403]]);
  expect((await admin("POST", "/-/read-lists", { any_size: 1 })).status).toBe(400);
});

test("a long list, which a thread reads, is there before the doors open as well", async () => {
  const { folder, bundle, write } = listed();
  write(`192.0.2.7\n2001:db8::/32\n${"# it goes on and on\n".repeat(10_000)}`);
  const gateway = startGateway(bundle, { PORT: "0", OBSERVE: "0", LISTS: folder });
  onTestFinished(() => void gateway.child.kill("SIGKILL"));
  const port = await portOf(gateway);
  expect([await from(port, "203.0.113.9"), await from(port, "192.0.2.7"), await from(port, "2001:db8::1")]).toEqual([[200], [403], [403]]);
});

test("at its interval a list is read without anybody asking", { timeout: 60_000 }, async () => {
  const { folder, bundle, write } = listed();
  const supervised = await two.start({ OBSERVE: "0", LISTS: folder }, bundle);
  expect(await from(supervised.port, "192.0.2.7")).toEqual([200]);
  write("192.0.2.7\n192.0.2.8\n");
  const end = performance.now() + 30_000;
  while ((await from(supervised.port, "192.0.2.7")).join() !== "403") {
    if (performance.now() > end) throw new Error("the list was not read again");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
});

test("without a list there is that of the build, and the process is not ready", async () => {
  const { bundle } = listed();
  const [observe = 0] = await freePorts(1);
  const gateway = startGateway(bundle, { PORT: "0", OBSERVE: String(observe), LISTS: two.scratch() });
  onTestFinished(async () => {
    gateway.child.kill("SIGKILL");
    await endOf(gateway);
  });
  const port = await portOf(gateway);
  expect(await from(port, "203.0.113.9")).toEqual([403]);
  const ready = await fetch(`http://127.0.0.1:${observe}/-/ready`);
  expect([ready.status, await ready.text()]).toEqual([
    503,
    expect.stringContaining('"name":"blocked","problem":"it was not read since the start: the one of the build is in use"'),
  ]);
  expect(await textAt(observe, "/metrics")).toMatch(/^gwl_list_read_timestamp_seconds\{.*\} 0$/m);
});

test("one process alone reads its lists on SIGHUP", async () => {
  const { folder, bundle, write } = listed();
  const gateway = startGateway(bundle, { PORT: "0", OBSERVE: "0", LISTS: folder });
  onTestFinished(async () => {
    gateway.child.kill("SIGKILL");
    await endOf(gateway);
  });
  const port = await portOf(gateway);
  expect(await from(port, "192.0.2.7")).toEqual([200]);
  write("192.0.2.7\n192.0.2.8\n");
  gateway.child.kill("SIGHUP");
  await until(() => gateway.out.includes('"entries":2,"was":2') && gateway.out.split('"event":"list-read"').length > 2);
  expect(await from(port, "192.0.2.7")).toEqual([403]);
});

test("lists come over HTTPS from a server that proves its name", async () => {
  const { bundle } = listed();
  const authority = await certificate({ subject: "CN=Lists", isAuthority: true });
  const own = await certificate({
    subject: "CN=localhost",
    by: authority,
    uses: [serverAuth],
    names: [{ type: "dns", value: "localhost" }],
  });
  const asked: string[] = [];
  const lists = createServer({ cert: own.pem, key: own.key }, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end("192.0.2.7\n192.0.2.8\n");
  });
  await new Promise<void>((resolve) => lists.listen(0, "localhost", resolve));
  onTestFinished(() => void lists.close());
  const trusted = join(two.scratch(), "authority.pem");
  writeFileSync(trusted, authority.pem);
  const place = { LISTS: `https://localhost:${(lists.address() as AddressInfo).port}/shop` };
  const start = async (variables: Readonly<Record<string, string>>): Promise<readonly number[]> => {
    const gateway = startGateway(bundle, { PORT: "0", OBSERVE: "0", ...place, ...variables });
    onTestFinished(() => void gateway.child.kill("SIGKILL"));
    return from(await portOf(gateway), "192.0.2.7");
  };
  expect(await start({ NODE_EXTRA_CA_CERTS: trusted })).toEqual([403]);
  expect(asked).toEqual(["GET /shop/lists/blocked.txt"]);
  // Nobody whom the process does not trust says who is blocked.
  expect(await start({})).toEqual([200]);
  expect(asked).toHaveLength(1);
});

test("a place that cannot be is refused at the start", async () => {
  const { bundle } = listed();
  const gateway = startGateway(bundle, { PORT: "0", OBSERVE: "0", LISTS: "http://lists.example/" });
  await endOf(gateway);
  expect([gateway.code, gateway.err]).toEqual([
    78,
    "cannot start: `LISTS` must be a folder, or an address `https://HOST/PATH/` without a query and without credentials\n",
  ]);
});
