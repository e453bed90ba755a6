import { describe, expect, test } from "vitest";
import type { DecisionTable, RouteTree } from "../../../editor/lsp/extra.ts";
import { phasesPicture, type Tried, verdictOf } from "../../../editor/vscode/panel/phases-picture.ts";
import type { Shape, Sheet } from "../../../editor/vscode/panel/shape.ts";
import { tablePicture } from "../../../editor/vscode/panel/table-picture.ts";
import { treeStep } from "../../../editor/vscode/panel/tree-keys.ts";
import { rowAt, treePicture, treeRows } from "../../../editor/vscode/panel/tree-picture.ts";

const SHEET: Sheet = { width: 300, measure: (text) => text.length * 7 };
const at = (line: number, end = line): RouteTree["range"] => ({
  uri: "file:///p/my%20gateway.gwl",
  range: { start: { line, character: 2 }, end: { line: end, character: 9 } },
});
const route = (label: string, line: number, who = "User"): RouteTree => ({ kind: "route", label, range: at(line), who, children: [] });
const TREE: RouteTree = {
  kind: "gateway",
  label: "shop",
  range: at(0, 20),
  children: [
    { kind: "api", label: "orders", range: at(2, 9), children: [route("GET /orders", 3), route("GET /orders/{id}", 4, "nobody")] },
    { kind: "api", label: "status", range: at(12, 14), children: [route("GET /status", 13, "public: <b>for & all</b>")] },
  ],
};
const rule = { label: 'deny when client.ip in blocked because "blocked"', range: at(7), through: [{ label: "use inside", range: at(3) }] };
const TABLE: DecisionTable = {
  route: "GET /orders",
  range: at(3),
  who: "User",
  rows: [
    { caller: "User", from: "blocked", example: "203.0.113.5", verdict: "denied", rules: [{ ...rule, effect: "deny", when: "always" }] },
    { caller: "nobody", from: "anywhere", example: "192.0.2.1", verdict: "denied", rules: [] },
  ],
};
const ANSWER: Tried = {
  ok: true,
  isAllowed: false,
  status: 403,
  cause: "rule",
  phases: [
    { name: "route", happened: "GET /orders", rules: [] },
    { name: "rules", happened: "refused", rules: [{ ...rule, effect: "deny", condition: "true", decided: true }] },
  ],
  notAsked: [{ ...rule, label: "allow", effect: "allow", condition: "not asked", decided: false }],
};

/** All parts that have this role, from top to bottom. */
function parts(shape: Shape, role: string): readonly Shape[] {
  const inner = shape.children.flatMap((child) => (typeof child === "string" ? [] : parts(child, role)));
  return shape.attributes["role"] === role ? [shape, ...inner] : inner;
}
const textOf = (shape: Shape): string => shape.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
const state = { folded: new Set<string>(), reached: undefined, cursor: undefined };

describe("the tree of routes", () => {
  test("is a tree to who hears it: levels, positions, what is open, and one row for Tab", () => {
    const rows = parts(treePicture(TREE, state, SHEET), "treeitem");
    expect(rows.map(({ attributes }) => [attributes["aria-level"], attributes["aria-posinset"], attributes["aria-setsize"]])).toEqual([
      [1, 1, 1],
      [2, 1, 2],
      [3, 1, 2],
      [3, 2, 2],
      [2, 2, 2],
      [3, 1, 1],
    ]);
    expect(rows.filter(({ attributes }) => attributes["tabindex"] === 0)).toHaveLength(1);
    expect(rows.map(({ attributes }) => attributes["aria-expanded"])).toEqual(["true", "true", undefined, undefined, "true", undefined]);
  });

  test("a row is named as it is written, and leads to its place", () => {
    const [, , first] = parts(treePicture(TREE, state, SHEET), "treeitem");
    expect(first?.attributes["aria-label"]).toBe("GET /orders User");
    expect(first && textOf(first).replace(/\s+/g, " ").trim()).toBe("GET /orders User");
    expect(first?.act).toEqual({ kind: "open", place: at(3) });
  });

  test("the innermost row around the cursor is the current one", () => {
    const rows = treeRows(TREE, new Set());
    const uri = at(0).uri;
    expect([3, 5, 13, 18, 99].map((line) => rowAt(rows, { uri, line })?.node.label)).toEqual([
      "GET /orders",
      "orders",
      "GET /status",
      "shop",
      undefined,
    ]);
    expect(rowAt(rows, { uri: "file:///other.gwl", line: 3 })).toBeUndefined();
  });

  test("what is folded is not drawn, and its row can be opened again", () => {
    const rows = treeRows(TREE, new Set(["1 shop\n1 orders"]));
    expect(rows.map(({ node }) => node.label)).toEqual(["shop", "orders", "status", "GET /status"]);
    expect(treeStep("ArrowRight", rows, "1 shop\n1 orders")).toEqual({ fold: "1 shop\n1 orders" });
  });

  test("the arrow keys, Home and End go where they go in every tree", () => {
    const rows = treeRows(TREE, new Set());
    const keys = rows.map(({ key }) => key);
    expect(treeStep("ArrowDown", rows, keys[0])).toEqual({ reach: keys[1] });
    expect(treeStep("ArrowUp", rows, keys[1])).toEqual({ reach: keys[0] });
    expect(treeStep("ArrowUp", rows, keys[0])).toBeUndefined();
    expect(treeStep("ArrowRight", rows, keys[1])).toEqual({ reach: keys[2] });
    expect(treeStep("ArrowLeft", rows, keys[1])).toEqual({ fold: keys[1] });
    expect(treeStep("ArrowLeft", rows, keys[3])).toEqual({ reach: keys[1] });
    expect(treeStep("Home", rows, keys[3])).toEqual({ reach: keys[0] });
    expect(treeStep("End", rows, keys[3])).toEqual({ reach: keys[5] });
    expect(treeStep("x", rows, keys[3])).toBeUndefined();
  });

  test("texts of the program stay texts, and no row is lost in a narrow place", () => {
    const narrow = treePicture(TREE, state, { ...SHEET, width: 60 });
    expect(textOf(narrow).replace(/\s+/g, "")).toContain("public:<b>for&all</b>");
    expect(parts(narrow, "treeitem")).toHaveLength(6);
  });
});

describe("the decisions of a route", () => {
  test("each row has its verdict as a form and as a word, and each rule leads to its line", () => {
    const picture = tablePicture(TABLE, SHEET);
    const rows = parts(picture, "row");
    expect(rows).toHaveLength(2);
    expect(rows.map((row) => parts(row, "cell")[0]?.attributes["aria-label"])).toEqual(["denied", "denied"]);
    const [link] = parts(picture, "link");
    expect(link?.act).toEqual({ kind: "open", place: at(7) });
    expect(link?.attributes["aria-label"]).toContain("my gateway.gwl:8 by use inside");
    expect(rows[1] && textOf(rows[1])).toContain("no rule allows it");
  });

  test("a row leads to the form, filled", () => {
    const links = parts(tablePicture(TABLE, SHEET), "link");
    expect(links.at(-1)?.act).toEqual({ kind: "fill", caller: "nobody", from: "192.0.2.1", route: "GET /orders" });
  });
});

describe("the phases of a request", () => {
  test("are a list in their order, and what was not asked comes last", () => {
    const items = parts(phasesPicture(ANSWER, SHEET), "listitem");
    expect(items.map(({ attributes }) => attributes["class"])).toEqual(["phase passed", "phase denied", "phase passed-over"]);
    expect(items.map(textOf)[1]).toContain("true, decided");
  });

  test("the verdict in a few words", () => {
    expect(verdictOf(ANSWER)).toBe("refused with 403: rule");
    expect(verdictOf({ ...ANSWER, isAllowed: true, backend: "orders" })).toBe("allowed, goes to orders");
    expect(verdictOf({ ...ANSWER, isAllowed: true, status: 204 })).toBe("allowed, answered with 204");
  });
});
