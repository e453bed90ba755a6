/** Workers behind one port: as many as are asked for, replaced when they die, gone when the supervisor is. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { adminCall } from "../../figures/admin-call.ts";
import { call, endOf, startGateway } from "../shop/gateway-process.ts";
import { eventsOf, twoVersions } from "./supervised.ts";

const two = twoVersions();

test("all serve behind one port", async () => {
  const { port, workers, gateway } = await two.start({ WORKERS: "3" });
  expect(new Set((await workers()).map(({ pid }) => pid)).size).toBe(3);
  const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => call(port, `GET /call-${at}`)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
  await until(() => gateway.out.includes('"path":"/call-29"'));
  gateway.child.kill("SIGTERM");
  expect(await endOf(gateway)).toMatchObject({ code: 0, err: "" });
  const lines = gateway.out.trimEnd().split("\n");
  expect(lines.filter((line) => (JSON.parse(line) as { readonly path?: string }).path?.startsWith("/call-"))).toHaveLength(30);
});

test("one that dies is replaced while the others serve, later each time", async () => {
  const supervised = await two.start();
  for (const wait of [100, 200, 400]) {
    const [victim] = await supervised.workers();
    process.kill(victim?.pid ?? 0, "SIGKILL");
    await until(() => eventsOf(supervised, "worker-ended").some((event) => event["pid"] === victim?.pid));
    expect(eventsOf(supervised, "worker-ended").at(-1)).toMatchObject({ signal: "SIGKILL", again_in_ms: wait });
    expect((await call(supervised.port, "GET /x")).status).toBe(200);
    await supervised.come(2);
  }
});

test("workers keep the young part of their heap small, unless who starts them says how large it may be", async () => {
  const wordsOf = async (variables: Readonly<Record<string, string>>): Promise<readonly (readonly string[])[]> => {
    const { workers } = await two.start(variables);
    return (await workers()).map(({ pid }) => readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(1, -1));
  };
  for (const words of await wordsOf({})) expect(words[0]).toBe("--max-semi-space-size=4");
  for (const words of await wordsOf({ NODE_OPTIONS: "--max-semi-space-size=32" })) expect(words[0]).toMatch(/worker\.js$/);
});

test("none outlives a supervisor that was killed", async () => {
  const { workers, gateway } = await two.start();
  const pids = (await workers()).map(({ pid }) => pid);
  gateway.child.kill("SIGKILL");
  await until(() => pids.every((pid) => !isAlive(pid)));
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("a start that is refused says each reason once, and ends as a worker would", async () => {
  const gateway = startGateway(two.bundle("A"), { WORKERS: "2" });
  const { code, out, err } = await endOf(gateway);
  expect([code, out, err]).toEqual([78, "", "cannot start: `BACKEND` is not set in the environment: it has no value in the program\n"]);
  const other = await two.start();
  const again = await endOf(startGateway(two.bundle("A"), { WORKERS: "2", BACKEND: "http://127.0.0.1:1", PORT: String(other.port) }));
  expect([again.code, again.out, again.err]).toEqual([1, "", expect.stringContaining("cannot start: cannot listen: ")]);
});

test("what the environment says of processes is refused where it cannot be meant", async () => {
  const variables = { WORKERS: "many", KEEP_BUNDLES_IN: "", ADMIN_SOCKET: "", WATCH_BUNDLE: "yes" };
  const { code, err } = await endOf(startGateway(two.bundle("A"), variables));
  expect(code).toBe(78);
  expect(err.trimEnd().split("\n")).toEqual([
    "cannot start: `WORKERS` must be a number from 0 to 256: the processes that serve, or 0 for this one alone",
    "cannot start: `KEEP_BUNDLES_IN` is empty: it must be the path of a folder, or not be set",
    "cannot start: `ADMIN_SOCKET` is empty: it must be the path of a socket, or not be set",
    "cannot start: `WATCH_BUNDLE` must be `on` or `off`",
  ]);
  const alone = await endOf(startGateway(two.bundle("A"), { WORKERS: "0", WATCH_BUNDLE: "on" }));
  expect(alone.err).toBe("cannot start: `WATCH_BUNDLE` is set, but `WORKERS` is 0: only a supervisor takes bundles over\n");
});

test("the admin socket is its owner's, and knows two questions", async () => {
  const socket = join(two.scratch(), "admin");
  const { port } = await two.start({ ADMIN_SOCKET: socket });
  expect(statSync(socket).mode & 0o777).toBe(0o600);
  for (const [method, path] of [
    ["GET", "/"],
    ["POST", "/-/version"],
    ["GET", "/-/swap"],
    ["GET", "/-/version?x"],
  ] as const)
    expect(await adminCall(socket, method, path), path).toMatchObject({ status: 404 });
  for (const body of ["{", "[]", '{"bundle":""}', '{"bundle":1}', '{"bundle":"/x","and":1}', "x".repeat(20_000)])
    expect(await adminCall(socket, "POST", "/-/swap", body), body.slice(0, 40)).toMatchObject({ status: 400 });
  expect((await call(port, "GET /-/swap")).text).toBe("from up");
});

test("the version is shown at the gateway's doors only where that is wanted", async () => {
  const hidden = await two.start();
  expect((await call(hidden.port, "GET /-/version")).headers["content-type"]).not.toBe("application/json");
  const shown = await two.start({ SHOW_VERSION: "on" });
  const answer = await call(shown.port, "GET /-/version");
  expect(JSON.parse(answer.text)).toEqual({ artefact: await shown.artefact() });
});
