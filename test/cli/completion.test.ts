/** Completion scripts, in the shells that they are for. */
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { completionScript } from "../../compiler/cli/completion-scripts.ts";
import { COMMANDS } from "../../compiler/cli/commands/index.ts";
import { folderWith, gwl } from "./gwl.ts";

const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;

test("the command prints the script", async () => {
  for (const shell of ["bash", "zsh", "fish"] as const)
    expect(await gwl(["completion", shell])).toEqual({ code: 0, out: completionScript(shell, COMMANDS), err: "" });
});

/** One line for each thing that the shell offers; fish says behind a tab what it is. */
const WAYS = {
  bash: (words: readonly string[]) =>
    `source ./script; COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")}); COMP_CWORD=${words.length - 1}; _gwl; printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (words: readonly string[]) => `source ./script; complete -C '${words.join(" ")}'`,
};

describe.each(["bash", "fish"] as const)("%s", (shell) => {
  test.skipIf(!has(shell)).each([
    ["commands", ["gwl", "ch"], ["check"]],
    ["options", ["gwl", "check", "--fo"], ["--format"]],
    ["values of options", ["gwl", "check", "--format", "s"], ["sarif"]],
    ["what an argument may be", ["gwl", "completion", "z"], ["zsh"]],
    ["sources, with spaces in their names", ["gwl", "check", "my"], ["my gateway.gwl"]],
  ])("%s", (_what, words, offered) => {
    const cwd = folderWith({ script: completionScript(shell, COMMANDS), "my gateway.gwl": "", "other.gwl": "" });
    const out = execFileSync(shell, ["-c", WAYS[shell](words)], {
      cwd,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", HOME: cwd, LC_ALL: "C.UTF-8" },
    });
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/\t.*/, "")),
    ).toEqual(offered);
  });
});

test.skipIf(!has("zsh"))("zsh takes the script for the command's own", () => {
  const cwd = folderWith({ "functions/_gwl": completionScript("zsh", COMMANDS) });
  const script = `fpath=(${JSON.stringify(join(cwd, "functions"))} $fpath); autoload -Uz compinit; compinit -u -D; print $_comps[gwl]; autoload +X _gwl && print loaded`;
  const out = execFileSync("zsh", ["-fc", script], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, LC_ALL: "C.UTF-8" },
  });
  expect(out).toBe("_gwl\nloaded\n");
});
