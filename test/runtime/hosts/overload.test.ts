/** Under more than it can do a process refuses some calls at once, and serves the others. */
import { connect } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Overload, overload, type Shed, type Vitals } from "../../../runtime/hosts/node/overload.ts";
import { readOverloadLimits } from "../../../runtime/hosts/node/overload-limits.ts";
import { clientOf } from "../../../runtime/hosts/node/shed.ts";
import { exchangeRaw, openSocket, statuses } from "./raw-client.ts";
import { httpBackend, serveBefore, type Served, until } from "./served.ts";

const open: { readonly close: () => unknown }[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const one of open.splice(0)) one.close();
});

describe("the event loop", () => {
  const state = { now: 0, load: 1, memory: 0 };
  const vitals: Vitals = { now: () => state.now, load: () => state.load, memory: () => state.memory };
  const started = (): { readonly guard: Overload; readonly told: Shed[]; readonly ticks: (count: number, late: number) => void } => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    Object.assign(state, { now: 0, load: 1, memory: 0 });
    const told: Shed[] = [];
    const guard = overload({ delay: 20, calls: 1_000_000 }, (shed) => void told.push(shed), vitals);
    open.push(guard);
    const ticks = (count: number, late: number): void => {
      for (let tick = 0; tick < count; tick++) {
        state.now += 10 + late;
        vi.advanceTimersByTime(10);
      }
    };
    return { guard, told, ticks };
  };
  const admitted = (guard: Overload): number => Array.from({ length: 1_000 }, () => guard.enter()).filter(Boolean).length;

  test("lets all in while it is in time, fewer and fewer while it is late, and all again", () => {
    const { guard, told, ticks } = started();
    ticks(100, 0);
    expect(admitted(guard)).toBe(1_000);
    ticks(20, 60);
    const some = admitted(guard);
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(900);
    ticks(200, 60);
    expect(admitted(guard)).toBeLessThan(60);
    ticks(300, 0);
    expect(admitted(guard)).toBe(1_000);
    expect(told[0]).toMatchObject({ reason: "delay" });
  });

  test("that is late but has rest is kept waiting by others: nothing is refused", () => {
    const { guard, ticks } = started();
    state.load = 0.3;
    ticks(300, 60);
    expect(admitted(guard)).toBe(1_000);
  });

  test("without memory lets nobody in", () => {
    const { guard, told, ticks } = started();
    state.memory = 0.95;
    ticks(100, 0);
    expect(admitted(guard)).toBe(0);
    expect(told).toEqual([{ reason: "memory", calls: 1 }]);
    state.memory = 0.5;
    ticks(100, 0);
    expect(admitted(guard)).toBe(1_000);
  });
});

async function serving(limits: Parameters<typeof overload>[0]): Promise<{ readonly served: Served; readonly release: () => void }> {
  const waiting: (() => void)[] = [];
  const backend = await httpBackend((_request, answer) => void waiting.push(() => answer.end("done")));
  const guard = overload(limits, () => {});
  const served = await serveBefore(backend, { overload: guard });
  open.push({ close: () => (backend.closeAllConnections(), backend.close()) }, { close: served.stop });
  return { served, release: () => waiting.splice(0).forEach((answer) => answer()) };
}

test("calls beyond the most are refused at once, on a connection that stays; health is answered all the same", async () => {
  const { served, release } = await serving({ delay: 10_000, calls: 2 });
  const under = ["/a", "/b"].map((path) => exchangeRaw(served.port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`));
  await until(() => served.entries.length === 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const text = await exchangeRaw(
    served.port,
    "GET /c HTTP/1.1\r\nHost: a\r\n\r\nGET /-/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  );
  expect(statuses(text)).toEqual([503, 200]);
  expect(text).toMatch(/retry-after: 1/i);
  expect(text).toContain("urn:gwl:refusal:overloaded");
  const withBody = await exchangeRaw(
    served.port,
    "POST /d HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET /e HTTP/1.1\r\nHost: a\r\n\r\n",
  );
  expect([statuses(withBody), /connection: close/i.test(withBody)]).toEqual([[503], true]);
  release();
  expect((await Promise.all(under)).map((one) => statuses(one))).toEqual([[200], [200]]);
  const after = exchangeRaw(served.port, "GET /f HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  await new Promise((resolve) => setTimeout(resolve, 100));
  release();
  expect(statuses(await after)).toEqual([200]);
});

test("a client has so many connections and no more, until one of them ends", async () => {
  const { served } = await serving({ delay: 10_000, calls: 100, connections: 2 });
  const first = await openSocket(served.port);
  const second = await openSocket(served.port);
  let isGone = false;
  connect(served.port, "127.0.0.1")
    .on("error", () => {})
    .on("close", () => (isGone = true));
  await until(() => isGone);
  expect([first.destroyed, second.destroyed]).toEqual([false, false]);
  first.destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(statuses(await exchangeRaw(served.port, "GET /local HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))).toEqual([200]);
  second.destroy();
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::1", "0:0:0:0"],
])("%s counts as %s", (address, client) => expect(clientOf(address)).toBe(client));

test("what the environment says is read, or refused", () => {
  expect(readOverloadLimits({})).toEqual({ limits: { delay: 100, calls: 10_000 } });
  expect(readOverloadLimits({ SHED_AT: "20", MOST_CALLS: "5", CONNECTIONS_PER_CLIENT: "7" })).toEqual({
    limits: { delay: 20, calls: 5, connections: 7 },
  });
  expect(readOverloadLimits({ SHED_AT: "0", MOST_CALLS: "many", CONNECTIONS_PER_CLIENT: "-1" })).toEqual({
    problems: [
      "`SHED_AT` must be a number from 1 to 60000",
      "`MOST_CALLS` must be a number from 1 to 1000000",
      "`CONNECTIONS_PER_CLIENT` must be a number from 1 to 1000000",
    ],
  });
});
