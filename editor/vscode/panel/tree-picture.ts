/**
 * The routes of a program as a tree: gateway, apis, groups, routes, and who may call each. Promises: one row is reached by Tab and all by the
 * arrow keys, as in every tree; the row under the editor's cursor is marked.
 */
import type { RouteTree } from "../../lsp/extra.ts";
import { GAP, LINE, pressable, shape, type Shape, type Sheet } from "./shape.ts";
import { cut } from "./text-lines.ts";

export type TreeState = {
  /** Keys of rows whose children are folded away. */
  readonly folded: ReadonlySet<string>;
  /** The key of the row that Tab reaches. */
  readonly reached: string | undefined;
  /** What the editor's cursor is in. */
  readonly cursor: { readonly uri: string; readonly line: number } | undefined;
};
export type TreeRow = {
  readonly key: string;
  readonly node: RouteTree;
  readonly depth: number;
  readonly parent: string | undefined;
  readonly isFolded: boolean;
  /** How many siblings there are, and the how many-th this is, from 1. */
  readonly of: number;
  readonly nth: number;
};

const INDENT = 14;
const ROW = LINE * 2 + 6;

/** What is to be seen, from top to bottom. Keys are made of the labels on the way. */
export function treeRows(tree: RouteTree, folded: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (node: RouteTree, parent: TreeRow | undefined, nth: number, of: number): void => {
    const key = `${parent === undefined ? "" : `${parent.key}\n`}${nth} ${node.label}`;
    const row: TreeRow = {
      key,
      node,
      depth: parent === undefined ? 0 : parent.depth + 1,
      parent: parent?.key,
      isFolded: node.children.length > 0 && folded.has(key),
      of,
      nth,
    };
    rows.push(row);
    if (!row.isFolded) node.children.forEach((child, at) => visit(child, row, at + 1, node.children.length));
  };
  visit(tree, undefined, 1, 1);
  return rows;
}

/** The innermost row that the cursor stands in. */
export function rowAt(rows: readonly TreeRow[], cursor: TreeState["cursor"]): TreeRow | undefined {
  return rows.findLast(
    ({ node: { range } }) =>
      cursor !== undefined && range.uri === cursor.uri && range.range.start.line <= cursor.line && cursor.line <= range.range.end.line,
  );
}

export function treePicture(tree: RouteTree, state: TreeState, sheet: Sheet): Shape {
  const rows = treeRows(tree, state.folded);
  const current = rowAt(rows, state.cursor)?.key;
  const reached = rows.some(({ key }) => key === state.reached) ? state.reached : (current ?? rows[0]?.key);
  return shape(
    "svg",
    { role: "tree", "aria-label": "Routes", width: sheet.width, height: rows.length * ROW, class: "tree" },
    ...branches(rows),
    ...rows.map((row, at) => rowShape(row, at * ROW, { isCurrent: row.key === current, isReached: row.key === reached }, sheet)),
  );
}

type Look = { readonly isCurrent: boolean; readonly isReached: boolean };

function rowShape(row: TreeRow, y: number, { isCurrent, isReached }: Look, { width, measure }: Sheet): Shape {
  const { node, depth } = row;
  const x = GAP + depth * INDENT;
  const room = Math.max(20, width - x - GAP - 12);
  const [word = "", ...rest] = node.label.split(" ");
  const isRoute = node.kind === "route";
  const head = isRoute ? word : node.kind;
  const tail = isRoute ? rest.join(" ") : node.label;
  const headWidth = measure(head, "bold") + 6;
  const who = node.who ?? "";
  const part = shape(
    "g",
    {
      role: "treeitem",
      tabindex: isReached ? 0 : -1,
      "data-key": row.key,
      "aria-level": depth + 1,
      "aria-setsize": row.of,
      "aria-posinset": row.nth,
      "aria-selected": String(isCurrent),
      ...(node.children.length === 0 ? {} : { "aria-expanded": String(!row.isFolded) }),
      "aria-label": [isRoute ? node.label : `${node.kind} ${node.label}`, who].filter((text) => text !== "").join(": "),
      class: `row ${node.kind}${isCurrent ? " current" : ""}`,
    },
    shape("title", {}, who === "" ? node.label : `${node.label}\n${who}`),
    shape("rect", { class: "back", x: 1, y: y + 1, width: Math.max(0, width - 2), height: ROW - 2, rx: 3 }),
    ...(node.children.length === 0 ? [] : [fold(row, x, y + ROW / 2 - 9)]),
    shape("text", { x: x + 12, y: y + LINE - 2, class: "head" }, head),
    shape("text", { x: x + 12 + headWidth, y: y + LINE - 2, class: "label" }, cut(tail, room - headWidth, measure)),
    shape("text", { x: x + 12, y: y + LINE * 2 - 2, class: "who" }, cut(who, room, measure)),
  );
  return pressable(part, { kind: "open", place: node.range });
}

function fold({ key, isFolded }: TreeRow, x: number, y: number): Shape {
  const arrow = isFolded ? "M 2 -4 L 6 0 L 2 4" : "M 0 -2 L 4 2 L 8 -2";
  const sign = shape(
    "g",
    { class: "fold", transform: `translate(${x - 1} ${y})` },
    shape("rect", { x: -4, y: -9, width: 16, height: 18 }),
    shape("path", { d: arrow }),
  );
  return pressable(sign, { kind: "fold", key });
}

/** Lines from each row to the one that it belongs to. */
function branches(rows: readonly TreeRow[]): readonly Shape[] {
  const places = new Map(rows.map(({ key }, at) => [key, at]));
  return rows.flatMap(({ parent, depth, node }, at) => {
    const from = parent === undefined ? undefined : places.get(parent);
    if (from === undefined) return [];
    const x = GAP + (depth - 1) * INDENT + 3;
    const end = x + (node.children.length === 0 ? INDENT + 4 : INDENT - 5);
    return [
      shape("path", {
        class: "branch",
        "aria-hidden": "true",
        d: `M ${x} ${from * ROW + ROW / 2 - 2} V ${at * ROW + ROW / 2 - 9} H ${end}`,
      }),
    ];
  });
}
