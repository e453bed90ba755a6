/** `gwl build`: the same bytes from wherever it runs, and no folder touched that is not a bundle. */
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, gwl, HELLO } from "./gwl.ts";

const GATEWAY = { "app/gateway.gwl": HELLO };

function bytesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "base64")]));
}

test("says what it wrote and how it starts", async () => {
  const source = `gwl 1\n\nenv B: Url\nenv C: Url = "http://localhost:1"\nsecret KEY: String\n\nbackend b = http { targets: [B, C] }\n${HELLO.slice(6)}\nGET "/b" -> b { public because "open" }\n`;
  const cwd = folderWith({ "gateway.gwl": source.replace("listen 0", 'listen 0\n  host: stage { dev: "a.example", prod: "b.example" }') });
  const { code, out, err } = await gwl(["build", "--out", "my out"], { cwd });
  expect([code, out]).toEqual([0, expect.stringContaining("nobody uses the secret `KEY`")]);
  expect(err).toMatch(
    /^1 warning.*\nbuilt my out in \d+\.\d s: handler\.js \d+ kB, worker\.js \d+ kB, shared\.js \d+ kB, server\.js \d+ kB, tables\.bin \d+ kB\n/,
  );
  expect(err).toContain("start it: node 'my out/server.js' (needs STAGE=dev|prod, B, KEY)\n");
  expect(readdirSync(join(cwd, "my out"))).toEqual(
    expect.arrayContaining(["handler.js", "handler.ts", "manifest.json", "server.js", "tables.bin"]),
  );
});

test("the same sources give the same bytes: again, and from another folder", async () => {
  const cwd = folderWith(GATEWAY);
  await gwl(["build", "app", "--out", "one"], { cwd });
  await gwl(["build", "app", "--out", "two"], { cwd });
  await gwl(["build", "gateway.gwl", "-o", "../three"], { cwd: join(cwd, "app") });
  await gwl(["build", cwd + "/app", "-o", cwd + "/four"], { cwd: "/" });
  const one = bytesIn(join(cwd, "one"));
  expect(Object.keys(one).length).toBeGreaterThan(5);
  for (const other of ["two", "three", "four"]) expect(bytesIn(join(cwd, other))).toEqual(one);
});

test("nothing in a bundle names the folder or the machine that made it", async () => {
  const cwd = folderWith(GATEWAY);
  await gwl(["build", "app", "--out", "one"], { cwd });
  for (const name of readdirSync(join(cwd, "one"))) {
    const text = readFileSync(join(cwd, "one", name), "latin1");
    expect(text.includes(cwd.split("/").at(-1) ?? ""), name).toBe(false);
    expect(text.includes(join(import.meta.dirname, "../..")), name).toBe(false);
  }
});

test("findings stop it, in the form that is asked for, and nothing is written", async () => {
  const cwd = folderWith({ "gateway.gwl": "gwl 1\ngateway a { lisen 1 }\n" });
  const { code, out } = await gwl(["build", "--format", "json"], { cwd });
  expect([code, JSON.parse(out)]).toMatchObject([1, { format: "gwl-diagnostics/1", errors: 1 }]);
  expect(readdirSync(cwd)).toEqual(["gateway.gwl"]);
});

describe("the folder that it writes to", () => {
  test("an earlier bundle is replaced whole, also behind a link", async () => {
    const cwd = folderWith(GATEWAY);
    await gwl(["build", "app"], { cwd });
    const first = bytesIn(join(cwd, "dist"));
    writeFileSync(join(cwd, "app/gateway.gwl"), HELLO.replaceAll("hello", "goodbye"));
    symlinkSync("dist", join(cwd, "link"));
    expect(await gwl(["build", "app", "--out", "link"], { cwd })).toMatchObject({ code: 0 });
    expect(lstatSync(join(cwd, "link")).isSymbolicLink()).toBe(true);
    expect(Object.keys(bytesIn(join(cwd, "dist")))).toEqual(Object.keys(first));
    expect(bytesIn(join(cwd, "dist"))).not.toEqual(first);
    expect(readdirSync(cwd).toSorted()).toEqual(["app", "dist", "link"]);
  });

  test.each([
    ["a folder with other files", (path: string) => (mkdirSync(path), writeFileSync(join(path, "thesis.txt"), "x")), "holds `thesis.txt`"],
    [
      "a folder that only looks like a bundle",
      (path: string) => {
        mkdirSync(path);
        for (const name of ["manifest.json", "handler.js", "tables.bin"]) writeFileSync(join(path, name), "{}");
      },
      "holds `handler.js`",
    ],
    ["a file", (path: string) => writeFileSync(path, "x"), "is a file"],
  ])("%s is refused and left alone", async (_name, make, why) => {
    const cwd = folderWith(GATEWAY);
    make(join(cwd, "out"));
    const { code, err } = await gwl(["build", "app", "--out", "out"], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
    const left = lstatSync(join(cwd, "out")).isFile()
      ? ["x"]
      : readdirSync(join(cwd, "out")).map((name) => readFileSync(join(cwd, "out", name), "utf8"));
    expect(new Set(left).size).toBe(1);
    expect(readdirSync(cwd).toSorted()).toEqual(["app", "out"]);
  });

  test("a bundle with a file of somebody's is refused and left alone", async () => {
    const cwd = folderWith(GATEWAY);
    await gwl(["build", "app"], { cwd });
    writeFileSync(join(cwd, "dist/notes.txt"), "mine");
    expect(await gwl(["build", "app"], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining("holds `notes.txt`") });
    expect(readFileSync(join(cwd, "dist/notes.txt"), "utf8")).toBe("mine");
  });

  test.skipIf(process.getuid?.() === 0)("a place where nothing can be written is said", async () => {
    const cwd = folderWith(GATEWAY);
    chmodSync(cwd, 0o555);
    expect(await gwl(["build", "app"], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining("no permission") });
    chmodSync(cwd, 0o755);
    expect(existsSync(join(cwd, "dist"))).toBe(false);
  });

  test("a place behind a file is said", async () => {
    const { code, err } = await gwl(["build", "app", "--out", "app/gateway.gwl/dist"], { cwd: folderWith(GATEWAY) });
    expect([code, err]).toEqual([2, expect.stringMatching(/^gwl: cannot write `.*`: a file is in the way\n$/)]);
  });
});
