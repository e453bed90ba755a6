/**
 * The routes of a program as a tree: gateway, apis, groups, routes, and who may call each. Promises: one row is reached by Tab and all by the
 * arrow keys, as in every tree; the row under the editor's cursor is marked.
 */
import type { RouteTree } from "../../lsp/extra.ts";
import { GAP, LINE, pressable, shape, type Shape, type Sheet } from "./shape.ts";
import { unmarked, wrapped } from "./text-lines.ts";

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
  const laid = laidOut(rows, sheet);
  const height = laid.reduce((total, row) => total + row.height, 0);
  return shape(
    "svg",
    { role: "tree", "aria-label": "Routes", width: sheet.width, height, class: "tree" },
    ...branches(laid),
    ...laid.map((row) => rowShape(row, { isCurrent: row.key === current, isReached: row.key === reached }, sheet)),
  );
}

/** A row with its place and its lines of text: what it is called, and who may call it. */
type LaidRow = TreeRow & {
  readonly y: number;
  readonly height: number;
  readonly head: string;
  readonly label: readonly string[];
  readonly who: readonly string[];
};

function laidOut(rows: readonly TreeRow[], { width, measure }: Sheet): readonly LaidRow[] {
  let y = 0;
  return rows.map((row) => {
    const { kind, label, who = "" } = row.node;
    const space = kind === "route" ? label.indexOf(" ") : -1;
    const head = kind === "route" ? label.slice(0, space) : kind;
    const room = Math.max(40, width - textStart(row) - GAP);
    const indent = measure(`${head} `, "bold") + 2;
    const lines = wrapped(label.slice(space + 1), Math.max(40, room - indent), measure);
    const people = who === "" ? [] : wrapped(unmarked(who), room, measure);
    const height = (lines.length + people.length) * LINE + 6;
    const laid = { ...row, y, height, head, label: lines, who: people };
    y += height;
    return laid;
  });
}

const textStart = ({ depth }: TreeRow): number => GAP + depth * INDENT + 12;

type Look = { readonly isCurrent: boolean; readonly isReached: boolean };

function rowShape(row: LaidRow, { isCurrent, isReached }: Look, { width, measure }: Sheet): Shape {
  const { node, depth, y, height, head, label, who } = row;
  const x = textStart(row);
  const indent = measure(`${head} `, "bold") + 2;
  const line = (at: number): number => y + (at + 1) * LINE - 2;
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
      "aria-label": [head, ...label, ...who].join(" "),
      class: `row ${node.kind}${isCurrent ? " current" : ""}`,
    },
    shape("rect", { class: "back", x: 1, y: y + 1, width: Math.max(0, width - 2), height: height - 2, rx: 3 }),
    ...(node.children.length === 0 ? [] : [fold(row)]),
    shape("text", { x, y: line(0), class: "head" }, `${head} `),
    ...label.map((text, at) => shape("text", { x: x + indent, y: line(at), class: "label" }, `${text} `)),
    ...who.map((text, at) => shape("text", { x, y: line(label.length + at), class: "who" }, `${text} `)),
  );
  return pressable(part, { kind: "open", place: node.range });
}

function fold(row: LaidRow): Shape {
  const arrow = row.isFolded ? "M 2 -4 L 6 0 L 2 4" : "M 0 -2 L 4 2 L 8 -2";
  const sign = shape(
    "g",
    { class: "fold", transform: `translate(${textStart(row) - 13} ${row.y + LINE / 2 + 3})` },
    shape("rect", { x: -4, y: -9, width: 16, height: 18 }),
    shape("path", { d: arrow }),
  );
  return pressable(sign, { kind: "fold", key: row.key });
}

/** Lines from each row to the one that it belongs to. */
function branches(rows: readonly LaidRow[]): readonly Shape[] {
  const places = new Map(rows.map((row) => [row.key, row]));
  return rows.flatMap(({ parent, depth, node, y }) => {
    const from = parent === undefined ? undefined : places.get(parent);
    if (from === undefined) return [];
    const x = GAP + (depth - 1) * INDENT + 3;
    const end = x + (node.children.length === 0 ? INDENT + 4 : INDENT - 5);
    const middle = LINE / 2 + 3;
    return [shape("path", { class: "branch", "aria-hidden": "true", d: `M ${x} ${from.y + middle + 7} V ${y + middle} H ${end}` })];
  });
}
