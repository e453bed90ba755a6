import { describe, expect, test } from "vitest";
import { afterEdit, lateFindings, withLate } from "../../../editor/lsp/late-findings.ts";
import { paths, pathOfUri, uriOfPath } from "../../../editor/lsp/paths.ts";
import { readSettings } from "../../../editor/lsp/settings.ts";
import type { Finding } from "../../../editor/service/index.ts";

const finding = (code: string, start: number, end: number, path = "/a.gwl"): Finding => ({
  code,
  name: "name",
  severity: "warning",
  message: code,
  range: { path, start, end },
  related: [],
  tags: [],
  fixes: [],
  page: "",
});
const at = (findings: readonly Finding[] | undefined): readonly (readonly number[])[] =>
  (findings ?? []).map(({ range: { start, end } }) => [start, end]);

describe("addresses and paths", () => {
  test.each([
    ["file:///home/me/a%20b/%C3%A9.gwl", "/home/me/a b/é.gwl"],
    ["file:///c%3A/work/a.gwl", "c:/work/a.gwl"],
    ["file:///C:/work/a.gwl", "c:/work/a.gwl"],
    ["file://server/share/a.gwl", "//server/share/a.gwl"],
    ["vscode-vfs://github/owner/repo/a.gwl", "/vscode-vfs:/github/owner/repo/a.gwl"],
    ["memfs:/a.gwl", "/memfs://a.gwl"],
  ])("%s", (uri, path) => {
    expect(pathOfUri(uri)).toBe(path);
    expect(pathOfUri(uriOfPath(path))).toBe(path);
  });

  test("a document that is open keeps the address that its editor wrote, through links as well", () => {
    const known = paths({ resolve: (path) => (path === "/link/a.gwl" ? "/real/a.gwl" : undefined) });
    known.keep("file:///link/%61.gwl");
    expect(known.pathOf("file:///link/a.gwl")).toBe("/real/a.gwl");
    expect(known.uriOf("/real/a.gwl")).toBe("file:///link/%61.gwl");
    known.forget("file:///link/%61.gwl");
    expect(known.uriOf("/real/a.gwl")).toBe("file:///real/a.gwl");
  });
});

describe("findings that come with a pause", () => {
  const quick = new Map([["/a.gwl", [finding("GWL1", 0, 5)]]]);
  const all = new Map([["/a.gwl", [finding("GWL1", 0, 5), finding("GWL2", 10, 20)]]]);
  const late = lateFindings(quick, all);

  test("are those that the first pass has not", () => {
    expect(at(late.get("/a.gwl"))).toEqual([[10, 20]]);
    expect(withLate(quick, late)).toEqual(all);
  });

  test("move with the text before them, and stay for what is behind them or in other files", () => {
    expect(at(afterEdit(late, { path: "/a.gwl", start: 2, end: 4, text: "abcde" }).get("/a.gwl"))).toEqual([[13, 23]]);
    expect(at(afterEdit(late, { path: "/a.gwl", start: 25, end: 26, text: "" }).get("/a.gwl"))).toEqual([[10, 20]]);
    expect(at(afterEdit(late, { path: "/b.gwl", start: 0, end: 1, text: "" }).get("/a.gwl"))).toEqual([[10, 20]]);
  });

  test("go when their own text is edited", () => {
    expect(at(afterEdit(late, { path: "/a.gwl", start: 12, end: 13, text: "x" }).get("/a.gwl"))).toEqual([]);
  });
});

test("settings of other types than theirs are as if they were not there", () => {
  expect(readSettings(undefined)).toEqual(readSettings({}));
  expect(readSettings({ pause: -1, inlayHints: "none", codeLens: { tests: 1 } })).toEqual(readSettings({}));
  expect(readSettings({ pause: 0, inlayHints: { types: false } })).toMatchObject({ pause: 0, inlayHints: { types: false, rules: true } });
});
