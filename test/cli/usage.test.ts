/** What every command has in common: help, wrong use, colours, streams, exit codes. */
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCommandLine } from "../../compiler/cli/command-line.ts";
import { COMMANDS } from "../../compiler/cli/commands/index.ts";
import { BIN, ended, environment, folderWith, gwl, HELLO } from "./gwl.ts";

describe("wrong use is exit code 2, nothing on standard output, and says what was meant", () => {
  test.each([
    ["chek", "gwl: there is no command `chek`; did you mean `gwl check`?"],
    ["new", "gwl: there is no command `new`; did you mean `gwl init`?"],
    ["constructor", expect.stringMatching(/^gwl: there is no command `constructor`; there are init, /)],
    [
      "zzz",
      "gwl: there is no command `zzz`; there are init, check, build, run, test, fmt, routes, diff, dashboard, explain, hash, lsp, completion",
    ],
    ["shop.gwl", "gwl: `shop.gwl` is no command; did you mean `gwl check shop.gwl`?"],
    ["help chek", "gwl: there is no command `chek`; did you mean `gwl check`?"],
    ["--colr", "gwl: there is no option `--colr` without a command; see `gwl --help`"],
    ["check --fromat json", "gwl: there is no option `--fromat`; did you mean `--format`?"],
    ["check -x", "gwl: there is no option `-x`"],
    ["check --format", "gwl: `--format` needs a value: `--format text|json|sarif|github`"],
    ["check --format yaml", "gwl: `--format` is one of text, json, sarif, github, not `yaml`"],
    ["run --stage --watch", "gwl: `--stage` needs a value before `--watch`; if that is the value: `--stage=--watch`"],
    ["check --timings=yes", "gwl: `--timings` takes no value"],
    ["check a b", "gwl: `gwl check` does not take `b`; it is used as `gwl check [FILE]`"],
    ["explain", "gwl: `gwl explain` needs more; it is used as `gwl explain REQUEST [FILE] | CODE`"],
    ["check missing.gwl", "gwl: there is no `missing.gwl`"],
    ["check", "gwl: the current folder has no gateway.gwl; name a .gwl file, or start one with `gwl init`"],
    ["run --port 65536", "gwl: `--port` is a number from 0 to 65535, not `65536`"],
    ["completion csh", "gwl: `csh` is not one of bash, zsh, fish"],
    ["fmt missing.gwl", "gwl: there is no `missing.gwl`"],
    ["fmt - a.gwl", "gwl: `-` stands for standard input, alone"],
    ["check --cwd nowhere", expect.stringMatching(/^gwl: there is no `.*nowhere`$/)],
  ])("gwl %s", async (words, message) => {
    const { code, out, err } = await gwl(words.split(" "), { cwd: folderWith({}) });
    expect([code, out, err.trimEnd()]).toEqual([2, "", message]);
  });

  test("a folder without a gateway.gwl names the files that it has", async () => {
    const cwd = folderWith({ "b/shop.gwl": HELLO });
    expect((await gwl(["check", "b"], { cwd })).err).toBe("gwl: `b` has no gateway.gwl; name a .gwl file: there is `shop.gwl`\n");
  });
});

describe("help", () => {
  test.each([[[]], [["--help"]], [["-h"]], [["help"]]])("gwl %s lists the commands", async (words) => {
    const { code, out, err } = await gwl(words);
    expect([code, err]).toEqual([0, ""]);
    for (const { name, summary } of COMMANDS) expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
    expect(out).toContain("Exit codes: 0 done, 1 findings, 2 wrong use, 70");
  });

  test("of a command is the same by each way to it, and has examples", async () => {
    const [one, two, three] = await Promise.all([gwl(["help", "build"]), gwl(["build", "--help"]), gwl(["build", "x", "y", "z", "-h"])]);
    expect(one).toMatchObject({ code: 0, err: "" });
    expect(one.out).toMatch(
      /Usage\n {2}gwl build \[FILE\] \[options\]\n[^]*Options\n[^]*--out FOLDER[^]*--color[^]*Examples\n {2}gwl build/,
    );
    expect([two, three]).toEqual([one, one]);
  });

  const examples = COMMANDS.flatMap(({ examples: all }) => all.map(({ command }) => command));
  test.each(examples.map((command) => [command]))("example: %s", (command) => {
    const [, words = ""] = /(?:^|[ (])gwl (.*?)(?: [<>|] .*|\)|$)/.exec(command) ?? [];
    if (words === "") return expect(command).toMatch(/^[A-Z]+=.* node dist\/server\.js$/);
    const split = [...words.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? "");
    expect(readCommandLine(split, COMMANDS).kind).toBe("run");
  });

  test("options that all commands share may stand before the command", async () => {
    const cwd = folderWith({ "gateway.gwl": HELLO });
    expect(await gwl(["--cwd", cwd, "-q", "check"])).toEqual({ code: 0, out: "", err: "" });
    expect((await gwl(["--version"])).out).toMatch(/^gwl \d+\.\d+\.\d+\n$/);
  });
});

describe("colours", () => {
  const broken = { "gateway.gwl": "gwl 1\ngateway a { lisen 1 }\n" };
  const isColoured = (text: string): boolean => text.includes("\u001b[");
  test.each([
    ["none where no terminal reads", [], {}, false],
    ["FORCE_COLOR", [], { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR=0", [], { FORCE_COLOR: "0" }, false],
    ["NO_COLOR before FORCE_COLOR", [], { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["an empty NO_COLOR counts for nothing", [], { NO_COLOR: "", FORCE_COLOR: "1" }, true],
    ["the command line before NO_COLOR", ["--color", "always"], { NO_COLOR: "1" }, true],
    ["the command line before FORCE_COLOR", ["--color=never"], { FORCE_COLOR: "1" }, false],
  ])("%s", async (_name, words, env, wanted) => {
    const { out } = await gwl(["check", ...words], { cwd: folderWith(broken), env });
    expect(out).toContain("GWL");
    expect(isColoured(out)).toBe(wanted);
  });

  test("never in what machines read", async () => {
    for (const format of ["json", "sarif", "github"]) {
      const { out } = await gwl(["check", "--format", format, "--color", "always"], { cwd: folderWith(broken) });
      expect(isColoured(out)).toBe(false);
    }
  });
});

describe("streams", () => {
  test("findings are results, their count is talk, and --quiet spares the talk", async () => {
    const cwd = folderWith({ "gateway.gwl": "gwl 1\ngateway a { lisen 1 }\n" });
    const loud = await gwl(["check"], { cwd });
    expect(loud.err).toMatch(/^1 error; more about one: gwl explain GWL\d{4}\n$/);
    expect(await gwl(["check", "--quiet"], { cwd })).toEqual({ ...loud, err: "" });
  });

  test("a reader that leaves early is no fault", async () => {
    const script = `"$0" "$1" --help | head -1; echo "\${PIPESTATUS[0]}"`;
    const { out, err } = await ended(spawn("bash", ["-c", script, process.execPath, BIN], { env: environment() }));
    expect([out.split("\n").slice(1), err]).toEqual([["0", ""], ""]);
  });

  test("a reader that is gone from the start is no fault, and hides no finding", async () => {
    const cwd = folderWith({ "gateway.gwl": "gwl 1\ngateway a { lisen 1 }\n" });
    const script = `"$0" "$1" check | true; echo "\${PIPESTATUS[0]}"`;
    const { out, err } = await ended(spawn("bash", ["-c", script, process.execPath, BIN], { env: environment(), cwd }));
    expect([out, err]).toEqual(["1\n", expect.not.stringContaining("EPIPE")]);
  });
});

describe("the launcher", () => {
  const sentence = /^gwl needs Node 22\.18 or newer, this is v\S+\. Get one from /;

  test("says in one sentence when Node takes no TypeScript", async () => {
    const { code, out, err } = await ended(spawn(process.execPath, ["--no-strip-types", BIN, "check"], { env: environment() }));
    expect([code, out, err]).toEqual([2, "", expect.stringMatching(sentence)]);
  });

  const old = (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "node"))
    .filter((path) => !path.includes("node_modules") && isExecutable(path));
  test.each(old.map((path) => [path]))("with %s: the same sentence, or it works", async (node) => {
    const { code, out, err } = await ended(spawn(node, [BIN, "--version"], { env: environment() }));
    if (code === 0) expect(out).toMatch(/^gwl /);
    else expect([code, out, err]).toEqual([2, "", expect.stringMatching(sentence)]);
  });
});

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
