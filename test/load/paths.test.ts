import { describe, expect, test } from "vitest";
import { belowRoot, folderOf, readPath } from "../../compiler/load/paths.ts";

describe("a path in a source", () => {
  test.each([
    ["main.gwl", "a.gwl", "a.gwl"],
    ["main.gwl", "./a.gwl", "a.gwl"],
    ["main.gwl", "lists/a.txt", "lists/a.txt"],
    ["apis/orders.gwl", "../a.gwl", "a.gwl"],
    ["apis/orders.gwl", "./x/../y/./z.gwl", "apis/y/z.gwl"],
    ["main.gwl", "a//b.gwl", "a/b.gwl"],
  ])("in %s, %s means %s", (file, written, path) => {
    expect(readPath(file, written)).toEqual({ kind: "path", path });
  });

  test.each([
    ["main.gwl", "../a.gwl"],
    ["main.gwl", "x/../../a.gwl"],
    ["apis/orders.gwl", "../../a.gwl"],
    ["apis/orders.gwl", "../../apis/a.gwl"],
  ])("in %s, %s leaves the project", (file, written) => {
    expect(readPath(file, written)).toEqual({ kind: "outside" });
  });

  test.each([
    "",
    ".",
    "..",
    "./",
    "a/",
    "a/.",
    "a/..",
    "/etc/passwd",
    "~/a.gwl",
    "C:/a.gwl",
    "https://x/a.gwl",
    "a\\b.gwl",
    "a\u0000.gwl",
    "a\nb",
  ])("%j is no path", (written) => {
    expect(readPath("apis/orders.gwl", written).kind).toBe("malformed");
  });
});

describe("folders", () => {
  test.each([
    ["/p", "/p/a/b.gwl", "a/b.gwl"],
    ["/", "/a.gwl", "a.gwl"],
    ["/p", "/pq/a.gwl", undefined],
    ["/p", "/p", undefined],
    ["C:/p", "C:/p/a.gwl", "a.gwl"],
  ])("below %s, %s is %s", (root, real, file) => {
    expect(belowRoot(root, real)).toBe(file);
  });

  test("of a file at the top is the top", () => {
    expect([folderOf("/a.gwl"), folderOf("/p/a.gwl")]).toEqual(["/", "/p"]);
  });
});
