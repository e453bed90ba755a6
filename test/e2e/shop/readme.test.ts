/** The shop's README keeps its word: files, commands, and what the compiler says to each change. `GWL_ACCEPT=1` rewrites what it says. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../../compiler/cli/commands/index.ts";
import { folderWith, gwl } from "../../cli/gwl.ts";
import { isAccepting } from "../../harness/golden.ts";
import { SHOP } from "./shop.ts";

const PATH = join(SHOP, "README.md");
const readme = readFileSync(PATH, "utf8");

/** A change as a diff of one file, and the command's answer. */
type Change = {
  readonly title: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly command: string;
  readonly says: string;
};

const CHANGE = /^### \d+\. (.*?)\n.*?^```diff\n--- (\S+)\n(.*?)^```\n.*?^```text (\w+)\n(.*?)^```$/gms;
const changes: readonly Change[] = [...readme.matchAll(CHANGE)].map(([, title = "", file = "", diff = "", command = "", says = ""]) => {
  const side = (sign: string): string =>
    diff
      .split("\n")
      .filter((line) => line.startsWith(sign) || line.startsWith(" "))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  return { title, file, from: side("-"), to: side("+"), command, says };
});

test("every section with a change was found", () => {
  expect(changes).toHaveLength(readme.match(/^### \d+\. /gm)?.length ?? 0);
  expect(changes.length).toBeGreaterThanOrEqual(6);
});

describe("what the compiler says to", () => {
  test.each(changes)("$title", async ({ file, from, to, command, says }) => {
    const cwd = folderWith({});
    const shop = join(cwd, "examples/shop");
    cpSync(SHOP, shop, { recursive: true });
    const source = readFileSync(join(shop, file), "utf8");
    expect(source.split(from)).toHaveLength(2);
    writeFileSync(
      join(shop, file),
      source.replace(from, () => to),
    );
    const { code, out } = await gwl([command, "examples/shop"], { cwd });
    const said = command === "test" ? firstFailure(out) : `${out.trimEnd()}\n`;
    if (isAccepting)
      writeFileSync(
        PATH,
        readFileSync(PATH, "utf8").replace(says, () => said),
      );
    else expect([code, said]).toEqual([1, says]);
  });
});

/** Of a test's results, the first that failed. */
function firstFailure(out: string): string {
  return /^✗ .*\n(?: {2}.*\n)*/m.exec(out)?.[0] ?? "";
}

test("the table names every file of the shop", () => {
  const named = new Set(
    [...readme.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+?)\/?`/g)].map(([, name]) => name)),
  );
  const files = readdirSync(SHOP).filter((name) => name !== basename(PATH));
  expect(files.filter((name) => !named.has(name))).toEqual([]);
  expect([...named].filter((name) => name !== undefined && !existsSync(join(SHOP, name)))).toEqual([]);
});

test("the commands exist, and the shop passes those that look", async () => {
  const words = [...readme.matchAll(/npx gwl (\w+)/g)].map(([, word]) => word);
  expect(words.filter((word) => !COMMANDS.some(({ name }) => name === word))).toEqual([]);
  const looks = [["check", "--fail-on", "warning"], ["test"], ["fmt", "--check"]].map(([command = "", ...more]) =>
    gwl([command, SHOP, ...more]),
  );
  for (const { code, err } of await Promise.all(looks)) expect([code, err]).toEqual([0, expect.any(String)]);
});
