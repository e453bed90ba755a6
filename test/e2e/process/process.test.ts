import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exchangeRaw, openSocket, statuses } from "../../runtime/hosts/raw-client.ts";
import { httpBackend, portOf, until } from "../../runtime/hosts/served.ts";

const script = fileURLToPath(new URL("server.ts", import.meta.url));
const tables = Buffer.from("tables of a gateway");

let folder = "";
const children: ChildProcess[] = [];
const open: { close: () => unknown }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gateway-"));
  writeFileSync(join(folder, "tables.bin"), tables);
  manifest({ "tables.bin": createHash("sha256").update(tables).digest("hex") });
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const one of open.splice(0)) one.close();
  rmSync(folder, { recursive: true });
});

function manifest(files: unknown): void {
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ format: 1, files, sites: ["a.gwl:1", "b.gwl:2"] }));
}

type Running = { readonly child: ChildProcess; out: string; err: string; code: number | null | undefined };

function start(environment: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [script, folder], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const running: Running = { child, out: "", err: "", code: undefined };
  child.stdout.on("data", (chunk) => (running.out += String(chunk)));
  child.stderr.on("data", (chunk) => (running.err += String(chunk)));
  child.on("close", (code) => (running.code = code));
  return running;
}

async function ended(running: Running): Promise<Running> {
  await until(() => running.code !== undefined, 10_000);
  return running;
}

async function listening(running: Running): Promise<number> {
  await until(() => running.out.includes("\n"), 10_000);
  return (JSON.parse(running.out.split("\n")[0] ?? "") as { port: number }).port;
}

const good = { PORT: "0", STAGE: "test", BACKEND: "http://127.0.0.1:1" };

describe("a start that is refused exits with 78 and says why", () => {
  test("for every problem of the environment", async () => {
    const { code, err, out } = await ended(start({ PORT: "http" }));
    expect(err).toBe(
      "cannot start: `STAGE` must say which stage this is\ncannot start: `BACKEND` is not set\ncannot start: `PORT` must be a number from 0 to 65535\n",
    );
    expect([code, out]).toEqual([78, ""]);
  });

  test("for tables that are not those of the manifest", async () => {
    writeFileSync(join(folder, "tables.bin"), "tables of another gateway");
    const { code, err } = await ended(start(good));
    expect([code, err]).toEqual([
      78,
      "cannot start: the bundle is broken: tables.bin is not the file that manifest.json names: its SHA-256 differs; build the gateway again\n",
    ]);
  });

  test("for files that are missing or no manifest", async () => {
    rmSync(join(folder, "tables.bin"));
    expect(await ended(start(good))).toMatchObject({ code: 78, err: expect.stringContaining("tables.bin cannot be read") });
    writeFileSync(join(folder, "tables.bin"), tables);
    for (const text of ["", "{}", "[]", '{"format":2,"files":{},"sites":[]}']) {
      writeFileSync(join(folder, "manifest.json"), text);
      expect(await ended(start(good))).toMatchObject({
        code: 78,
        err: expect.stringContaining("manifest.json is not the manifest of a gateway"),
      });
    }
    manifest({});
    expect(await ended(start(good))).toMatchObject({ code: 78, err: expect.stringContaining("its SHA-256 differs") });
  });
});

test("a port that is taken is said, and is not 78", async () => {
  const first = start(good);
  const port = await listening(first);
  const { code, err } = await ended(start({ ...good, PORT: String(port) }));
  expect([code, err]).toEqual([1, expect.stringContaining("cannot start: cannot listen: ")]);
});

describe("a gateway that runs", () => {
  test("says its address, serves, logs lines of JSON and ends kindly on SIGTERM", async () => {
    const backend = await httpBackend((request, answer) => {
      if (request.url === "/slow") setTimeout(() => answer.end("slow end"), 400);
      else answer.end("quick");
    });
    open.push({ close: () => (backend.closeAllConnections(), backend.close()) });
    const running = start({ ...good, BACKEND: `http://127.0.0.1:${portOf(backend)}` });
    const port = await listening(running);
    expect(statuses(await exchangeRaw(port, "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))).toEqual([200]);
    const socket = await openSocket(port);
    let text = "";
    socket.on("data", (chunk) => (text += String(chunk)));
    socket.write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    const idle = await openSocket(port);
    idle.on("data", () => {});
    await new Promise((resolve) => setTimeout(resolve, 150));
    running.child.kill("SIGTERM");
    const { code, out, err } = await ended(running);
    expect(text).toMatch(/connection: close/i);
    expect(text).toMatch(/slow end/);
    expect([code, err]).toEqual([0, ""]);
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ event: "listening", gateway: "hand" });
    expect(lines.slice(1)).toMatchObject([
      { path: "/a", status: 200, rules: ["a.gwl:1>b.gwl:2"] },
      { path: "/slow", status: 200 },
    ]);
  });

  test("ends at once on a second signal", async () => {
    const backend = await httpBackend(() => {});
    open.push({ close: () => (backend.closeAllConnections(), backend.close()) });
    const running = start({ ...good, BACKEND: `http://127.0.0.1:${portOf(backend)}` });
    const socket = await openSocket(await listening(running));
    socket.on("error", () => {});
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await new Promise((resolve) => setTimeout(resolve, 150));
    running.child.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(running.code).toBeUndefined();
    running.child.kill("SIGINT");
    expect((await ended(running)).code).toBe(1);
  });

  test("puts faults on the error stream, without telling the client", async () => {
    const running = start(good);
    const port = await listening(running);
    expect(await exchangeRaw(port, "GET /throw HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).not.toContain("password");
    await until(() => running.err.includes("the password is 1234"));
    expect(JSON.parse(running.err)).toMatchObject({ event: "fault", id: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });
});
