/** `gwl check`: what it takes for a gateway, and the forms in which it says what it found. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, gwl, HELLO } from "./gwl.ts";
import { sarifProblems } from "./sarif-form.ts";

/** One error with another party and one with a repair, in a file that the main file imports; one warning. */
const FINDINGS = {
  "gateway.gwl": `gwl 1\n\nimport "./lib/office.gwl"\n\n${HELLO.slice(6)}`,
  "lib/office.gwl": "gwl 1\n\nnetwork office { 203.0.113.7/24 }\nnetwork office { 192.0.2.0/24 }\n",
};

describe("what may be checked", () => {
  test.each([
    ["the folder", ["."], "gateway.gwl"],
    ["nothing said: this folder", [], "gateway.gwl"],
    ["a file", ["gateway.gwl"], "gateway.gwl"],
    ["a file in a folder", ["sub/other.gwl"], "sub/other.gwl"],
  ])("%s", async (_name, words, shown) => {
    const cwd = folderWith({ "gateway.gwl": HELLO, "sub/other.gwl": HELLO });
    expect(await gwl(["check", ...words], { cwd })).toEqual({ code: 0, out: "", err: `ok ${shown}: 1 route, no errors\n` });
  });

  test("a file elsewhere, by its whole name", async () => {
    const path = join(folderWith({ "a ü.gwl": HELLO }), "a ü.gwl");
    expect(await gwl(["check", path], { cwd: folderWith({}) })).toMatchObject({ code: 0, err: `ok ${path}: 1 route, no errors\n` });
  });

  test("a file through a link", async () => {
    const cwd = folderWith({ "real/gateway.gwl": HELLO });
    symlinkSync("real/gateway.gwl", join(cwd, "link.gwl"));
    expect(await gwl(["check", "link.gwl"], { cwd })).toMatchObject({ code: 0, err: "ok link.gwl: 1 route, no errors\n" });
  });

  test("a library without a gateway", async () => {
    const cwd = folderWith({ "lib.gwl": "gwl 1\n\nnetwork office { 192.0.2.0/24 }\n" });
    expect(await gwl(["check", "lib.gwl"], { cwd })).toMatchObject({
      code: 0,
      err: "ok lib.gwl: a library without a gateway, no errors\n",
    });
  });

  test("a folder that must not be written to", async () => {
    const cwd = folderWith({ "gateway.gwl": HELLO });
    chmodSync(cwd, 0o555);
    expect(await gwl(["check"], { cwd })).toMatchObject({ code: 0 });
    chmodSync(cwd, 0o755);
  });

  test("an unsaved text in the place of its file, with what it imports", async () => {
    const cwd = folderWith({ "a/gateway.gwl": "broken", "a/lib.gwl": "gwl 1\nnetwork office { 192.0.2.0/24 }\n" });
    const input = `gwl 1\nimport { office } from "./lib.gwl"\ngateway a { deny when client.ip in office }\n${HELLO.slice(HELLO.indexOf("GET"))}`;
    const words = ["check", "-", "--stdin-path", "a/gateway.gwl"];
    expect(await gwl(words, { cwd, input })).toEqual({ code: 0, out: "", err: "ok a/gateway.gwl: 1 route, no errors\n" });
    const { code, out } = await gwl(["check", "-", "--stdin-path", "a/new.gwl"], { cwd, input: "gwl 1\ngateway a { lisen 1 }\n" });
    expect([code, out]).toEqual([1, expect.stringContaining("╭─ a/new.gwl:2:13")]);
  });
});

describe("what cannot be checked is a finding at its file, never a fault", () => {
  test("an empty file", async () => {
    const { code, out } = await gwl(["check", "a.gwl"], { cwd: folderWith({ "a.gwl": "" }) });
    expect([code, out]).toEqual([1, expect.stringContaining("does not say which edition of GWL")]);
  });

  test("bytes that are no text", async () => {
    const cwd = folderWith({});
    writeFileSync(join(cwd, "a.gwl"), Buffer.from([0xff, 0xfe, 0, 1]));
    expect(await gwl(["check", "a.gwl"], { cwd })).toMatchObject({ code: 1, out: expect.stringContaining("UTF-8") });
  });

  test("a folder that is called like a source", async () => {
    const cwd = folderWith({});
    mkdirSync(join(cwd, "x.gwl"));
    const { code, err } = await gwl(["check", "x.gwl"], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining("`x.gwl` has no gateway.gwl")]);
  });

  test.skipIf(process.getuid?.() === 0)("a file that may not be read", async () => {
    const cwd = folderWith({ "a.gwl": HELLO });
    chmodSync(join(cwd, "a.gwl"), 0);
    expect(await gwl(["check", "a.gwl"], { cwd })).toMatchObject({ code: 1, out: expect.stringContaining("permission") });
  });
});

describe("the forms of findings", () => {
  test("text names files as seen from here", async () => {
    const cwd = folderWith({ "app/gateway.gwl": FINDINGS["gateway.gwl"], "app/lib/office.gwl": FINDINGS["lib/office.gwl"] });
    const { code, out, err } = await gwl(["check", "app"], { cwd });
    expect(out).toContain("╭─ app/lib/office.gwl:3:18");
    expect([code, err]).toEqual([1, "2 errors; more about one: gwl explain GWL3104\n"]);
    expect((await gwl(["check", ".."], { cwd: join(cwd, "app/lib") })).out).toContain("╭─ office.gwl:3:18");
  });

  test("json is frozen", async () => {
    const { code, out } = await gwl(["check", "--format", "json"], { cwd: folderWith(FINDINGS) });
    const place = (line: number, column: number, offset: number): object => ({ line, column, offset });
    const file = "lib/office.gwl";
    expect([code, JSON.parse(out)]).toEqual([
      1,
      {
        format: "gwl-diagnostics/1",
        errors: 2,
        warnings: 0,
        diagnostics: [
          {
            code: "GWL3104",
            name: "host-bits-set",
            severity: "error",
            message: "`203.0.113.7/24` has bits set behind its prefix",
            file,
            start: place(3, 18, 24),
            end: place(3, 32, 38),
            label: "means 203.0.113.0 to 203.0.113.255",
            help: "the network that holds it is `203.0.113.0/24`; a single address is written with /32",
            related: [],
            fixes: [
              {
                title: "use the network 203.0.113.0/24",
                edits: [{ file, start: place(3, 18, 24), end: place(3, 32, 38), text: "203.0.113.0/24" }],
              },
            ],
            tags: [],
          },
          {
            code: "GWL2051",
            name: "duplicate-name",
            severity: "error",
            message: expect.stringContaining("`office`"),
            file,
            start: place(4, 9, 49),
            end: place(4, 15, 55),
            help: expect.any(String),
            related: [{ message: expect.any(String), file, start: place(3, 9, 15), end: place(3, 15, 21) }],
            fixes: [],
            tags: [],
          },
        ],
      },
    ]);
  });

  test("json without findings, too", async () => {
    const { code, out } = await gwl(["check", "--format", "json"], { cwd: folderWith({ "gateway.gwl": HELLO }) });
    expect([code, JSON.parse(out)]).toEqual([0, { format: "gwl-diagnostics/1", errors: 0, warnings: 0, diagnostics: [] }]);
  });

  test("sarif has what SARIF 2.1.0 asks for, with and without findings", async () => {
    const { out } = await gwl(["check", "--format", "sarif"], { cwd: folderWith(FINDINGS) });
    expect(sarifProblems(JSON.parse(out))).toEqual([]);
    expect(JSON.parse(out)).toMatchObject({
      runs: [
        {
          tool: { driver: { name: "gwl", rules: [{ id: "GWL3104" }, { id: "GWL2051" }] } },
          results: [
            {
              ruleId: "GWL3104",
              ruleIndex: 0,
              level: "error",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "lib/office.gwl" },
                    region: { startLine: 3, startColumn: 18, endLine: 3, endColumn: 32 },
                  },
                },
              ],
            },
            { ruleId: "GWL2051", ruleIndex: 1, relatedLocations: [{ id: 0 }] },
          ],
        },
      ],
    });
    const clean = await gwl(["check", "--format", "sarif"], { cwd: folderWith({ "gateway.gwl": HELLO }) });
    expect(sarifProblems(JSON.parse(clean.out))).toEqual([]);
  });

  test("github annotations stand at paths from the repository's root", async () => {
    const cwd = folderWith({ "app/gateway.gwl": FINDINGS["gateway.gwl"], "app/lib/office.gwl": FINDINGS["lib/office.gwl"] });
    const { out } = await gwl(["check", "app", "--format", "github"], { cwd });
    expect(out.split("\n")[0]).toBe(
      "::error file=app/lib/office.gwl,line=3,endLine=3,col=18,endColumn=32,title=GWL3104 host-bits-set::`203.0.113.7/24` has bits set behind its prefix%0Ameans 203.0.113.0 to 203.0.113.255%0Ahelp: the network that holds it is `203.0.113.0/24`; a single address is written with /32",
    );
  });

  test("--fail-on warning turns warnings into exit code 1, and does not call that ok", async () => {
    const cwd = folderWith({ "gateway.gwl": `gwl 1\n\nnetwork unused { 192.0.2.0/24 }\n\n${HELLO.slice(6)}` });
    const mild = await gwl(["check"], { cwd });
    expect(mild).toMatchObject({ code: 0, out: expect.stringContaining("warning GWL") });
    expect(mild.err).toMatch(/^1 warning; .*\nok gateway\.gwl: 1 route, no errors\n$/);
    const strict = await gwl(["check", "--fail-on", "warning"], { cwd });
    expect([strict.code, strict.err]).toEqual([1, expect.not.stringContaining("ok ")]);
  });

  test("--timings names the stages", async () => {
    const { err } = await gwl(["check", "--timings"], { cwd: folderWith({ "gateway.gwl": HELLO }) });
    expect(err.match(/^[a-z]+(?= +\d+\.\d ms$)/gm)).toEqual(["parse", "load", "bind", "check", "lower", "analyze", "total"]);
  });
});
