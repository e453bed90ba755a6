/** `gwl fmt`: whole files or none, and only texts that it understood. */
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, gwl, HELLO } from "./gwl.ts";

const UGLY = HELLO.replace("  listen 0", "listen   0");

test("formats what is below a folder, names what it changed, and is done the second time", async () => {
  const cwd = folderWith({
    "a.gwl": UGLY,
    "b/c.gwl": UGLY,
    "b/fine.gwl": HELLO,
    "node_modules/x.gwl": UGLY,
    ".hidden/x.gwl": UGLY,
    "notes.txt": UGLY,
  });
  expect(await gwl(["fmt"], { cwd })).toEqual({ code: 0, out: "a.gwl\nb/c.gwl\n", err: "2 files of 3 formatted\n" });
  expect(readFileSync(join(cwd, "b/c.gwl"), "utf8")).toBe(HELLO);
  expect(readFileSync(join(cwd, "node_modules/x.gwl"), "utf8")).toBe(UGLY);
  expect(await gwl(["fmt"], { cwd })).toEqual({ code: 0, out: "", err: "3 files looked at, none changed\n" });
  expect(readdirSync(cwd).toSorted()).toEqual([".hidden", "a.gwl", "b", "node_modules", "notes.txt"]);
});

test("--check changes nothing and fails where something would change", async () => {
  const cwd = folderWith({ "a.gwl": UGLY, "b.gwl": HELLO });
  expect(await gwl(["fmt", "--check"], { cwd })).toEqual({ code: 1, out: "a.gwl\n", err: "1 file of 2 would change; run `gwl fmt`\n" });
  expect(readFileSync(join(cwd, "a.gwl"), "utf8")).toBe(UGLY);
  expect(await gwl(["fmt", "--check", "b.gwl"], { cwd })).toMatchObject({ code: 0, out: "" });
});

test("standard input goes to standard output", async () => {
  expect(await gwl(["fmt", "-"], { input: UGLY })).toEqual({ code: 0, out: HELLO, err: "" });
  expect(await gwl(["fmt", "-", "--check"], { input: UGLY })).toEqual({ code: 1, out: "", err: "" });
  expect(await gwl(["fmt", "-", "--check"], { input: HELLO })).toEqual({ code: 0, out: "", err: "" });
});

test("a file with syntax errors stays as it is, and the others are formatted", async () => {
  const broken = "gwl 1\ngateway a {   listen ( }\n";
  const cwd = folderWith({ "broken.gwl": broken, "ugly.gwl": UGLY });
  const { code, out, err } = await gwl(["fmt"], { cwd });
  expect([code, out]).toEqual([1, "ugly.gwl\n"]);
  expect(err).toContain("gwl: `broken.gwl` has syntax errors; nothing was changed\n");
  expect(err).toContain("╭─ broken.gwl:2:");
  expect(readFileSync(join(cwd, "broken.gwl"), "utf8")).toBe(broken);
  const piped = await gwl(["fmt", "-", "--stdin-path", "src/x.gwl"], { input: broken });
  expect(piped).toMatchObject({ code: 1, out: "", err: expect.stringContaining("╭─ src/x.gwl:2:") });
});

test("permissions stay, and a link stays a link", async () => {
  const cwd = folderWith({ "real/a.gwl": UGLY });
  chmodSync(join(cwd, "real/a.gwl"), 0o660);
  symlinkSync("real/a.gwl", join(cwd, "link.gwl"));
  expect(await gwl(["fmt", "link.gwl"], { cwd })).toMatchObject({ code: 0, out: "real/a.gwl\n" });
  expect(lstatSync(join(cwd, "link.gwl")).isSymbolicLink()).toBe(true);
  expect(statSync(join(cwd, "real/a.gwl")).mode & 0o777).toBe(0o660);
  expect(readFileSync(join(cwd, "real/a.gwl"), "utf8")).toBe(HELLO);
});

test("a file in another encoding is left alone", async () => {
  const cwd = folderWith({});
  const latin1 = Buffer.from(UGLY.replace("everybody", "jedermann für"), "latin1");
  writeFileSync(join(cwd, "a.gwl"), latin1);
  expect(await gwl(["fmt"], { cwd })).toMatchObject({
    code: 1,
    err: expect.stringContaining("`a.gwl` is not UTF-8 text; nothing was changed"),
  });
  expect(readFileSync(join(cwd, "a.gwl"))).toEqual(latin1);
});
