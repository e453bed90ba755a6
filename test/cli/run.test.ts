/** `gwl run`: serves, follows changes, and leaves no process and no file behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BIN, environment, folderWith, gwl, HELLO, until } from "./gwl.ts";

type Running = { readonly child: ChildProcess; readonly temporary: string; out: string; err: string; code: number | null | undefined };

/** In a process group of its own, as a terminal would start it, and with a folder for temporary files of its own. */
function start(words: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Running {
  const temporary = folderWith({});
  const child = spawn(process.execPath, [BIN, "run", ...words], { cwd, env: environment({ ...env, TMPDIR: temporary }), detached: true });
  const running: Running = { child, temporary, out: "", err: "", code: undefined };
  child.stdout.on("data", (chunk) => (running.out += String(chunk)));
  child.stderr.on("data", (chunk) => (running.err += String(chunk)));
  child.on("close", (code) => (running.code = code));
  onTestFinished(() => {
    if (running.code === undefined && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  });
  return running;
}

/** The newest address that was announced, once there are `count`. */
async function listening(running: Running, count = 1): Promise<string> {
  const urls = (): readonly string[] => [...running.out.matchAll(/"url":"([^"]+)"/g)].map(([, url = ""]) => url);
  await until(() => urls().length >= count || running.code !== undefined);
  return urls()[count - 1] ?? "";
}

async function ended(running: Running): Promise<number | null> {
  await until(() => running.code !== undefined);
  return running.code ?? null;
}

const isAnswering = async (url: string): Promise<boolean> =>
  fetch(`${url}/hello`).then(
    () => true,
    () => false,
  );

/** The server closes the inherited output last, so `close` has seen it end. */
async function leftNothing(running: Running, url: string): Promise<void> {
  expect(await isAnswering(url)).toBe(false);
  expect(readdirSync(running.temporary).filter((name) => name.startsWith("gwl-"))).toEqual([]);
}

describe("stopping", () => {
  test.each([
    ["SIGINT to the process alone", (pid: number) => process.kill(pid, "SIGINT")],
    ["SIGINT to the whole group, as Ctrl-C does", (pid: number) => process.kill(-pid, "SIGINT")],
    ["SIGTERM", (pid: number) => process.kill(pid, "SIGTERM")],
    ["SIGHUP, as a closed terminal does", (pid: number) => process.kill(-pid, "SIGHUP")],
  ])("%s ends the server, exit code 0, nothing left", async (_name, signal) => {
    const running = start([], folderWith({ "gateway.gwl": HELLO }));
    const url = await listening(running);
    expect(await (await fetch(`${url}/hello`)).text()).toBe("hello");
    signal(running.child.pid ?? 0);
    expect(await ended(running)).toBe(0);
    await leftNothing(running, url);
  });

  test("Ctrl-C lets a call in flight end", async () => {
    const backend = createHttpServer((_request, answer) => setTimeout(() => answer.end("late"), 700));
    onTestFinished(() => void backend.close());
    await new Promise<void>((resolve) => backend.listen(0, "localhost", () => resolve()));
    const url = `http://localhost:${(backend.address() as AddressInfo).port}`;
    const source = `${HELLO}\nbackend slow = http { targets: ["${url}"] }\n\nGET "/slow" -> slow { public because "open" }\n`;
    const running = start([], folderWith({ "gateway.gwl": source }));
    const answer = fetch(`${await listening(running)}/slow`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(-(running.child.pid ?? 0), "SIGINT");
    expect(await (await answer).text()).toBe("late");
    expect(await ended(running)).toBe(0);
  });

  test("a killed gwl takes its server with it", async () => {
    const running = start([], folderWith({ "gateway.gwl": HELLO }));
    const url = await listening(running);
    running.child.kill("SIGKILL");
    await ended(running);
    expect(await isAnswering(url)).toBe(false);
  });
});

describe("what cannot be served", () => {
  test("errors in the sources: exit code 1, standard output is empty", async () => {
    const { code, out, err } = await gwl(["run"], { cwd: folderWith({ "gateway.gwl": "gwl 1\ngateway a { lisen 1 }\n" }) });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^gwl: the sources have errors\n\nerror GWL\d{4}/);
  });

  test("a port that is taken", async () => {
    const taken = createServer();
    onTestFinished(() => void taken.close());
    await new Promise<void>((resolve) => taken.listen(0, () => resolve()));
    const port = String((taken.address() as AddressInfo).port);
    const { code, err } = await gwl(["run", "--port", port], { cwd: folderWith({ "gateway.gwl": HELLO }) });
    expect([code, err]).toEqual([1, expect.stringMatching(new RegExp(`^cannot start: cannot listen: .*${port}`))]);
  });

  test("an environment that lacks something: all of it is said, exit code 2", async () => {
    const source = `gwl 1\n\nenv A: Url\nenv B: Url\n\nbackend b = http { targets: [A, B] }\n${HELLO.slice(6).replace("listen 0", 'host: stage { dev: "localhost", prod: "b.example" }')}\nGET "/b" -> b { public because "open" }\n`;
    const cwd = folderWith({ "gateway.gwl": source });
    const { code, err } = await gwl(["run", "--stage", "tset"], { cwd, env: { B: "no url" } });
    expect(code).toBe(2);
    for (const name of ["STAGE", "A", "B"]) expect(err).toMatch(new RegExp(`^cannot start: .*\\b${name}\\b`, "m"));
  });
});

describe("--watch", () => {
  test("keeps the gateway through an error, takes the mended one, and follows imports and lists", async () => {
    const cwd = folderWith({
      "gateway.gwl": `gwl 1\n\nimport { office } from "./lib/office.gwl"\n\n${HELLO.slice(6).replace("listen 0", "listen 0\n  deny when client.ip in office")}`,
      "lib/office.gwl": 'gwl 1\n\nnetwork office from "office.list"\n',
      "lib/office.list": "192.0.2.0/24\n",
      "lib/unrelated.txt": "x",
    });
    const save = (path: string, text: string): void => writeFileSync(join(cwd, path), text);
    const running = start(["--watch"], cwd);
    const first = await listening(running);
    await until(() => running.err.includes("watching the sources"));
    save("lib/unrelated.txt", "y");
    save("lib/office.gwl", 'gwl 1\n\nnetwork office frm "office.list"\n');
    await until(() => running.err.includes("the gateway goes on as it was"));
    expect(running.err.match(/a source changed/g)).toHaveLength(1);
    expect((await fetch(`${first}/hello`)).status).toBe(200);
    save("lib/office.gwl", 'gwl 1\n\nnetwork office from "office.list"\n');
    const second = await listening(running, 2);
    save("lib/office.list", "127.0.0.0/8\n::1/128\n");
    const third = await listening(running, 3);
    expect([await isAnswering(first), await isAnswering(second), (await fetch(`${third}/hello`)).status]).toEqual([false, false, 403]);
    process.kill(-(running.child.pid ?? 0), "SIGINT");
    expect(await ended(running)).toBe(0);
    await leftNothing(running, third);
  });

  test("starts with sources that have errors, and serves once they are mended", async () => {
    const cwd = folderWith({ "gateway.gwl": "gwl 1\ngateway a { lisen 1 }\n" });
    const running = start(["--watch"], cwd);
    await until(() => running.err.includes("watching the sources"));
    writeFileSync(join(cwd, "gateway.gwl"), HELLO);
    expect(await isAnswering(await listening(running))).toBe(true);
    running.child.kill("SIGTERM");
    expect(await ended(running)).toBe(0);
  });
});
