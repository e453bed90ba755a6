import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle, transpile, transpileWhole, type BundleHost } from "../../compiler/bundle/index.ts";
import { emit } from "../../compiler/emit/index.ts";
import type { Bundle } from "../../compiler/model/emitted.ts";
import type { Start } from "../../runtime/contract/gateway.ts";
import * as door from "../../runtime/index.ts";
import { testWorld } from "../harness/world.ts";
import { run as evaluate } from "./compiled.ts";
import { int, ir, route, rule, string } from "./ir-builder.ts";

const root = join(import.meta.dirname, "../..");
const host: BundleHost = {
  read: (path) => ({ ok: true, bytes: readFileSync(path) }),
  sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
};
const program = ir({
  environment: [{ name: "GREETING", type: string, span: { file: "test.gwl", start: 0, end: 0 } }],
  rules: [rule("0", "allow")],
  routes: [
    route("GET /hello/{n:Int}", {
      target: { kind: "respond", response: { status: 200, headers: [["content-type", "text/plain"]], body: "hello" } },
      responseHeaders: [
        {
          name: "x-greeting",
          value: { op: "env", name: "GREETING", type: string, span: { file: "test.gwl", start: 0, end: 0 } },
          span: { file: "test.gwl", start: 0, end: 0 },
        },
      ],
    }),
    route("POST /hello", { body: { kind: "record", fields: [{ name: "n", type: int }] } }),
  ],
});
const module = emit(program, new Map());
const request = (runtime: string) => ({
  module,
  ir: program,
  sites: [{ kind: "rule" as const, span: { file: "test.gwl", start: 0, end: 0 }, label: "allow" }],
  compiler: "gwl test",
  placeOf: ({ file, start }: { readonly file: string; readonly start: number }) => `${file}:${start + 1}`,
  typeText: ({ kind }: { readonly kind: string }) => kind,
  runtime,
});

const folder = mkdtempSync(join(tmpdir(), "gwl-bundle-"));
const children: ChildProcess[] = [];
let built: Bundle;
beforeAll(async () => {
  built = await bundle(request(join(root, "runtime")), host);
  for (const { path, content } of built.files) writeFileSync(join(folder, path), content);
});
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

const contentOf = (path: string): string => String(built.files.find((file) => file.path === path)?.content);

/** What the process prints, up to its first line on standard output or its end. */
function run(
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly output: string; readonly code: number | null; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [join(folder, "server.js")], {
    env: { PATH: process.env["PATH"] ?? "", WORKERS: "0", ...variables },
  });
  children.push(child);
  return new Promise((resolve) => {
    let output = "";
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes("listening")) resolve({ output, code: null, child });
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("close", (code) => resolve({ output, code, child }));
  });
}

describe("a bundle", () => {
  test("has these files, with under 160 kB of code in a process that serves", () => {
    expect(built.files.map(({ path }) => path)).toEqual([
      "handler.ts",
      "validators.js",
      "validators.d.ts",
      "handler.js",
      "handler.js.map",
      "worker.js",
      "worker.js.map",
      "shared.js",
      "shared.js.map",
      "server.js",
      "server.js.map",
      "tables.bin",
      "routes.json",
      "sites.json",
      "package.json",
      "manifest.json",
    ]);
    expect(["handler.js", "worker.js", "shared.js"].reduce((sum, name) => sum + contentOf(name).length, 0)).toBeLessThan(160_000);
  });

  test("is the same wherever the compiler lies, and tells nothing of it", async () => {
    const elsewhere = join(folder, "some where else");
    cpSync(join(root, "runtime"), join(elsewhere, "runtime"), { recursive: true });
    expect(await bundle(request(join(elsewhere, "runtime")), host)).toEqual(built);
    for (const { path, content } of built.files) if (typeof content === "string") expect(content.includes(root), path).toBe(false);
  });

  test("names the SHA-256 of each of its files and its sites, and serves its routes", () => {
    const { manifest, served } = built;
    for (const { path, content } of built.files)
      if (path !== "manifest.json") expect(manifest.files[path]).toBe(createHash("sha256").update(content).digest("hex"));
    expect(Object.keys(manifest.files)).toHaveLength(built.files.length - 1);
    expect(JSON.parse(contentOf("manifest.json"))).toEqual(manifest);
    expect(manifest).toMatchObject({
      compiler: "gwl test",
      environment: [{ name: "GREETING", type: "string", required: true }],
      sites: ["test.gwl:1"],
    });
    expect(JSON.parse(contentOf("routes.json"))).toEqual(served);
    expect(JSON.parse(contentOf("sites.json"))).toEqual({ format: 1, sites: [{ at: "test.gwl:1", label: "allow" }] });
    expect(served.routes).toMatchObject([
      { key: "GET /hello/{n:Int}", method: "GET", path: "/hello/{n:Int}", at: "test.gwl:1", access: "anonymous", accept: [] },
      {},
    ]);
  });

  test("maps its code to the handler that people read", () => {
    const map = JSON.parse(contentOf("handler.js.map")) as {
      readonly sources: readonly string[];
      readonly sourcesContent: readonly string[];
    };
    expect(map.sourcesContent[map.sources.indexOf("handler.ts")]).toBe(module.handler);
    expect(contentOf("handler.js")).toContain("//# sourceMappingURL=handler.js.map");
  });

  test("serves with node alone", async () => {
    const { output, child } = await run({ PORT: "0", GREETING: "hi" });
    const { url } = JSON.parse(output) as { readonly url: string };
    const answer = await fetch(`${url}/hello/7`);
    expect([answer.status, answer.headers.get("x-greeting"), await answer.text()]).toEqual([200, "hi", "hello"]);
    expect(
      (await fetch(`${url}/hello`, { method: "POST", body: '{"n":1.5}', headers: { "content-type": "application/json" } })).status,
    ).toBe(400);
    expect((await fetch(`${url}/hello/x`)).status).toBe(404);
    child.kill("SIGTERM");
  });

  test("does not start without its environment, and says what is missing", async () => {
    const { output, code } = await run({ PORT: "0" });
    expect(output).toBe("cannot start: `GREETING` is not set in the environment: it has no value in the program\n");
    expect(code).toBeGreaterThan(0);
  });

  test("does not start with tables of another gateway", async () => {
    const other = emit(ir({ name: "other" }), new Map()).tables;
    const manifest = {
      ...built.manifest,
      files: { ...built.manifest.files, "tables.bin": createHash("sha256").update(other).digest("hex") },
    };
    writeFileSync(join(folder, "tables.bin"), other);
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    const { output, code } = await run({ PORT: "0", GREETING: "hi" });
    expect(output).toMatch(/^cannot start: the tables of the gateway cannot be used: they belong to another build/);
    expect(code).toBeGreaterThan(0);
  });
});

describe("a program as one text", () => {
  const ask = { method: "GET", target: "/hello/7", httpVersion: "1.1", rawHeaders: ["Host", "h"], peer: "192.0.2.1", secure: false };
  const statusOf = async (start: Start): Promise<number | string> => {
    const started = start({ stage: undefined, variables: { GREETING: "hi" } });
    if ("problems" in started) return started.problems.join();
    const { answer } = await started.gateway.handle({ ...ask, readBody: async () => ({ kind: "incomplete" }) }, testWorld());
    return answer.kind === "local" ? answer.status : answer.kind;
  };
  type Exports = { createGateway?: (tables: Uint8Array) => Start };

  test("for `require`, with the runtime shared", async () => {
    const own: { exports: Exports } = { exports: {} };
    evaluate(await transpile(module), { module: own, require: (name: string) => (name === "gwl/runtime" ? door : undefined) });
    expect(await statusOf(own.exports.createGateway?.(module.tables) ?? (() => ({ problems: ["no gateway"] })))).toBe(200);
  });

  test("for `import`, whole", async () => {
    const code = await transpileWhole(module, join(root, "runtime"), host);
    expect(code).not.toMatch(/^import /m);
    const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
    const own = (await import(/* @vite-ignore */ url)) as Required<Exports>;
    expect(await statusOf(own.createGateway(module.tables))).toBe(200);
  });

  test("in a few milliseconds", { retry: 3 }, async () => {
    await transpile(module);
    const start = performance.now();
    for (let round = 0; round < 10; round++) await transpile(emit({ ...program, name: `g${round}` }, new Map()));
    expect((performance.now() - start) / 10).toBeLessThan(60);
  });

  test("cannot import anything else", async () => {
    const stray = { ...module, handler: `import "./stolen.ts";\n${module.handler}` };
    await expect(transpile(stray)).rejects.toThrow("is no part of a gateway");
  });
});
