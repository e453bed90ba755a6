/** `gwl init`: what a newcomer gets compiles without a finding, passes its own tests and is formatted. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TEMPLATE_NAMES } from "../../compiler/cli/templates.ts";
import { folderWith, gwl } from "./gwl.ts";

describe.each(TEMPLATE_NAMES.map((name) => [name]))("template %s", (name) => {
  test("checks, tests and formats clean", async () => {
    const cwd = folderWith({});
    const { code, out, err } = await gwl(["init", "my gateway", "--template", name], { cwd });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(
      "Written\n  my gateway/gateway.gwl\n\nNext\n  gwl check 'my gateway'\n  gwl test 'my gateway'\n  gwl run 'my gateway'\n",
    );
    const [checked, tested, formatted] = await Promise.all(
      [["check", "--fail-on", "warning"], ["test"], ["fmt", "--check"]].map(([command = "", ...rest]) =>
        gwl([command, "my gateway", ...rest], { cwd }),
      ),
    );
    expect(checked).toMatchObject({ code: 0, out: "" });
    expect(tested).toMatchObject({ code: 0, err: expect.stringMatching(/^[1-9]\d* passed, 0 failed\n$/) });
    expect(formatted).toMatchObject({ code: 0, out: "" });
  });
});

test("never overwrites", async () => {
  const cwd = folderWith({ "gateway.gwl": "mine" });
  expect(await gwl(["init"], { cwd })).toEqual({ code: 2, out: "", err: "gwl: `gateway.gwl` is there already; nothing was written\n" });
  expect(readFileSync(join(cwd, "gateway.gwl"), "utf8")).toBe("mine");
});

test("a file where the folder should be is said", async () => {
  const cwd = folderWith({ taken: "mine" });
  expect(await gwl(["init", "taken"], { cwd })).toMatchObject({ code: 2, err: expect.stringMatching(/^gwl: cannot write to `.*taken`: /) });
  expect(readdirSync(cwd)).toEqual(["taken"]);
});
