/** What a host tells whoever observes it, over real sockets. */
import { afterEach, describe, expect, test } from "vitest";
import type { CallRecord } from "../../../runtime/observe/call-record.ts";
import type { HostEvent, Observer } from "../../../runtime/observe/observer.ts";
import { exchangeRaw } from "./raw-client.ts";
import { httpBackend, type Served, serveBefore, until } from "./served.ts";

const open: { readonly close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type Seen = { readonly observer: Observer; begun: number; readonly records: CallRecord[]; readonly events: HostEvent[] };

function seen(): Seen {
  const all: Seen = {
    begun: 0,
    records: [],
    events: [],
    observer: {
      begun: () => all.begun++,
      ended: (record) => all.records.push(record),
      happened: (event) => all.events.push(event),
      wantsPhases: true,
    },
  };
  return all;
}

async function served(watching: Seen): Promise<Served> {
  const backend = await httpBackend((_request, response) => setTimeout(() => response.end("hello"), 30));
  const gateway = await serveBefore(backend, { observers: [watching.observer] });
  open.push({ close: gateway.stop }, { close: () => backend.close() });
  return gateway;
}

describe("an observer", () => {
  test("has a record of a forwarded call: times, bytes, backend, decision", async () => {
    const watching = seen();
    const { port } = await served(watching);
    await (await fetch(`http://127.0.0.1:${port}/x?secret=1`, { headers: { "user-agent": "tester" } })).text();
    await until(() => watching.records.length === 1);
    const [record] = watching.records;
    expect(record).toMatchObject({
      method: "GET",
      target: "/x?secret=1",
      status: 200,
      backend: "main",
      bytesOut: 5,
      isCut: false,
      notes: {},
    });
    expect(record?.outcome?.decision.effect).toBe("allow");
    expect(record?.rawHeaders).toContain("tester");
    expect(record?.backendTime).toBeGreaterThan(25);
    expect(record?.duration).toBeGreaterThanOrEqual(record?.backendTime ?? 0);
  });

  test("is told of each beginning and each end, also of what the parser refuses", async () => {
    const watching = seen();
    const { port } = await served(watching);
    await exchangeRaw(port, "GET / HTTP/9.9\r\n\r\n");
    await (await fetch(`http://127.0.0.1:${port}/throw`)).text();
    await until(() => watching.records.length === 2);
    expect(watching.begun).toBe(2);
    expect(watching.records.map(({ fault }) => fault)).toEqual(["malformed", "internal"]);
  });

  test("sees connections come and go", async () => {
    const watching = seen();
    const { port } = await served(watching);
    await exchangeRaw(port, "GET /local HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    await until(() => watching.events.length === 2);
    expect(watching.events).toEqual([
      { kind: "connection-opened", door: "" },
      { kind: "connection-closed", door: "" },
    ]);
  });
});
