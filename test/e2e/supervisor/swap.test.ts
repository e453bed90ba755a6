/** A running gateway takes over another bundle: how it is told to, what it refuses, and that no call notices. */
import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { hotSwaps } from "../../figures/hot-swaps.ts";
import { buildNeedy } from "../../figures/two-versions.ts";
import { pause } from "../../runtime/hosts/served.ts";
import { call, endOf, startGateway } from "../shop/gateway-process.ts";
import { eventsOf, told, twoVersions } from "./supervised.ts";

const two = twoVersions();

/** As `gwl build` does: the folder changes at once. */
function replace(folder: string, bundle: string): void {
  cpSync(bundle, `${folder}.new`, { recursive: true });
  renameSync(folder, `${folder}.old`);
  renameSync(`${folder}.new`, folder);
  rmSync(`${folder}.old`, { recursive: true });
}

const versionOf = async (port: number): Promise<unknown> => (await call(port, "GET /x")).headers["x-version"];

test("by the admin socket, with the bundle of any folder", async () => {
  const { admin, port, artefact, workers } = await two.start();
  const [before, was] = [await artefact(), await workers()];
  expect(await versionOf(port)).toBe("A");
  const answer = await admin("POST", "/-/swap", { bundle: two.bundle("B") });
  expect(answer).toEqual({ status: 200, body: { swapped: true, artefact: await artefact() } });
  expect(await versionOf(port)).toBe("B");
  expect(await artefact()).not.toBe(before);
  const left = new Set(was.map(({ pid }) => pid));
  expect((await workers()).filter(({ pid, state }) => left.has(pid) && state === "serving")).toEqual([]);
  expect(await admin("POST", "/-/swap", { bundle: two.bundle("B") })).toEqual({
    status: 200,
    body: { swapped: false, artefact: await artefact() },
  });
});

test("by SIGHUP, with the bundle that lies in its folder now", async () => {
  const supervised = await two.start();
  replace(supervised.folder, two.bundle("B"));
  expect(await versionOf(supervised.port)).toBe("A");
  supervised.gateway.child.kill("SIGHUP");
  expect(await told(supervised, "swapped")).toMatchObject({ artefact: await supervised.artefact() });
  expect(await versionOf(supervised.port)).toBe("B");
});

test("by itself where it is told to watch", async () => {
  const supervised = await two.start({ WATCH_BUNDLE: "on" });
  replace(supervised.folder, two.bundle("B"));
  await told(supervised, "swapped");
  expect(await versionOf(supervised.port)).toBe("B");
});

test("a connection that is dealt to a worker which has just left is served by another", async () => {
  const { admin, port, workers, gateway, come } = await two.start({ WORKERS: "1" });
  const [old] = await workers();
  const [pid, supervisor] = [old?.pid ?? 0, gateway.child.pid ?? 0];
  process.kill(pid, "SIGSTOP");
  expect((await admin("POST", "/-/swap", { bundle: two.bundle("B") })).body["swapped"]).toBe(true);
  // The worker leaves while its supervisor, which deals connections, looks at nothing.
  process.kill(supervisor, "SIGSTOP");
  const calls = Array.from({ length: 8 }, () => freshCall(port));
  await pause(200);
  process.kill(pid, "SIGCONT");
  await pause(500);
  process.kill(supervisor, "SIGCONT");
  expect(await Promise.all(calls)).toEqual(calls.map(() => "200"));
  await come(1);
});

/** By a connection of its own; a connection that nobody serves is told as `lost`. */
function freshCall(port: number): Promise<string> {
  return new Promise((resolve) => {
    const asked = request({ port, host: "127.0.0.1", path: "/x", agent: false }, (response) => {
      response.resume().on("end", () => resolve(String(response.statusCode)));
    });
    asked.setTimeout(20_000, () => {
      resolve("lost");
      asked.destroy();
    });
    asked.on("error", (error) => resolve(error.message)).end();
  });
}

test("a bundle that is broken or does not start is refused with its reasons, and nothing changes", async () => {
  const supervised = await two.start();
  const before = await supervised.workers();
  const refused = async (bundle: string): Promise<unknown> => {
    const { status, body } = await supervised.admin("POST", "/-/swap", { bundle });
    expect([status, body["swapped"]]).toEqual([409, false]);
    return body["problems"];
  };
  const damaged = two.copyOf("B");
  writeFileSync(join(damaged, "handler.js"), "throw new Error()");
  expect(await refused(damaged)).toEqual([
    expect.stringContaining("handler.js is not the file that manifest.json names: its SHA-256 differs"),
  ]);
  expect(await refused(two.scratch())).toEqual([expect.stringContaining("manifest.json cannot be read")]);
  expect(await refused(buildNeedy(two.scratch()))).toEqual(["`TOKEN_URL` is not set in the environment: it has no value in the program"]);
  expect(eventsOf(supervised, "swap-refused")).toHaveLength(3);
  expect(await supervised.workers()).toEqual(before);
  expect(await versionOf(supervised.port)).toBe("A");
});

test("a worker that dies comes back with the bundle that serves, whatever lies in the folder by then", async () => {
  const supervised = await two.start({ WORKERS: "1" });
  rmSync(supervised.folder, { recursive: true });
  const [worker] = await supervised.workers();
  process.kill(worker?.pid ?? 0, "SIGKILL");
  await told(supervised, "worker-ended");
  await supervised.come(1);
  expect(await versionOf(supervised.port)).toBe("A");
});

test("the last bundle that served is kept over restarts, and serves where the new one does not start", async () => {
  const kept = two.scratch();
  const first = await two.start({ KEEP_BUNDLES_IN: kept });
  const good = await first.artefact();
  first.gateway.child.kill("SIGTERM");
  await endOf(first.gateway);
  writeFileSync(join(first.folder, "tables.bin"), "damaged");
  const second = await two.start({ KEEP_BUNDLES_IN: kept }, first.folder);
  expect(await second.artefact()).toBe(good);
  expect(await versionOf(second.port)).toBe("A");
  expect(await told(second, "swap-refused")).toMatchObject({ problems: [expect.stringContaining("tables.bin")], serving: good });
  expect(readdirSync(kept).toSorted()).toEqual([good, "last-good"].toSorted());
  const { code, err } = await endOf(
    startGateway(first.folder, { WORKERS: "1", BACKEND: "http://127.0.0.1:1", KEEP_BUNDLES_IN: two.scratch() }),
  );
  expect([code, err]).toEqual([78, expect.stringContaining("tables.bin is not the file that manifest.json names")]);
});

test("a connection that waits is not broken: its next call is its last, and a call under way ends", async () => {
  const { admin, port, workers, come } = await two.start({ WORKERS: "1" });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const get = (path: string): Promise<readonly [version: unknown, connection: unknown]> =>
    new Promise((resolve, reject) => {
      const sent = request({ agent, host: "127.0.0.1", port, path }, (response) => {
        response.resume().once("end", () => resolve([response.headers["x-version"], response.headers.connection]));
      });
      sent.on("error", reject).end();
    });
  expect(await get("/first")).toEqual(["A", "keep-alive"]);
  const slow = call(port, "GET /slow");
  await until(() => two.backend().calls.some(({ path }) => path === "/slow"));
  await admin("POST", "/-/swap", { bundle: two.bundle("B") });
  expect((await workers()).map(({ state }) => state).toSorted()).toEqual(["retiring", "serving"]);
  expect(await get("/second")).toEqual(["A", "close"]);
  expect(await get("/third")).toEqual(["B", "keep-alive"]);
  expect(await slow).toMatchObject({ status: 200, headers: { "x-version": "A" } });
  await come(1);
  agent.destroy();
});

test("under load no call fails and none sees two versions", async () => {
  const { calls, failures, answers } = await hotSwaps({ swaps: 4, seconds: 6, rate: 200, workers: 2 });
  expect(failures).toEqual({});
  expect(calls).toBeGreaterThan(600);
  expect(Object.keys(answers).toSorted()).toEqual(["A", "B"]);
});
