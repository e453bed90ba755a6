/**
 * Who, from where and with what may call one route, and which line says so. Promises: every rule leads to its line; a row leads to the form that
 * asks the same with a request.
 */
import type { DecisionRow, DecisionTable } from "../../lsp/extra.ts";
import { type Mark, mark } from "./marks.ts";
import { GAP, LINE, pressable, shape, type Shape, type Sheet } from "./shape.ts";
import { wrapped } from "./text-lines.ts";

const MARKS: Readonly<Record<DecisionRow["verdict"], Mark>> = { allowed: "allowed", denied: "denied", depends: "depends" };
const INSET = 26;

export function tablePicture(table: DecisionTable, sheet: Sheet): Shape {
  const rows: Shape[] = [];
  let y = 0;
  for (const row of table.rows) {
    const { part, height } = rowShape(row, table.route, y, sheet);
    rows.push(part);
    y += height;
  }
  return shape(
    "svg",
    { role: "table", "aria-label": `Decisions of ${table.route}`, width: sheet.width, height: y, class: "decisions" },
    ...rows,
  );
}

function rowShape(row: DecisionRow, route: string, top: number, sheet: Sheet): { readonly part: Shape; readonly height: number } {
  const room = sheet.width - INSET - GAP;
  const who = wrapped(`${row.caller}, from ${row.from}`, room - 34, (text) => sheet.measure(text, "bold"));
  let y = top + GAP + LINE;
  const heading = lines(who, INSET, y, "caller");
  y += who.length * LINE;
  const rules: Shape[] = [];
  for (const rule of row.rules) {
    const { part, height } = ruleShape(rule, y, sheet);
    rules.push(part);
    y += height;
  }
  const none = row.rules.length === 0 ? [shape("text", { x: INSET, y, class: "rule-when" }, "no rule allows it")] : [];
  const height = (row.rules.length === 0 ? y + LINE : y) - top - LINE + GAP + 4;
  const part = shape(
    "g",
    { role: "row", class: `row ${row.verdict}` },
    shape("rect", { class: "card", x: 1, y: top + 2, width: Math.max(0, sheet.width - 2), height: height - 4, rx: 4 }),
    shape("g", { role: "cell", "aria-label": row.verdict }, mark(MARKS[row.verdict], 14, top + GAP + LINE - 4)),
    shape("g", { role: "cell" }, ...heading),
    shape("g", { role: "cell" }, ...rules, ...none),
    shape("g", { role: "cell" }, tryLink(row, route, top, sheet)),
  );
  return { part, height };
}

function ruleShape(
  rule: DecisionRow["rules"][number],
  y: number,
  { width, measure }: Sheet,
): { readonly part: Shape; readonly height: number } {
  const room = width - INSET - GAP * 2;
  const via = rule.through.map(({ label }) => label).join(" › ");
  const text = wrapped(rule.label, room, measure);
  const when = rule.when === "" || rule.label.includes(rule.when) ? [] : wrapped(rule.when, room, measure);
  const place = `${fileOf(rule.range.uri)}:${rule.range.range.start.line + 1}${via === "" ? "" : ` by ${via}`}`;
  const where = wrapped(place, room, measure);
  const height = (text.length + when.length + where.length) * LINE + 2;
  const part = shape(
    "g",
    { role: "link", tabindex: 0, class: `rule ${rule.effect}`, "aria-label": [...text, ...when, ...where].join(" ") },
    shape("rect", { class: "back", x: INSET - 5, y: y - LINE + 4, width: Math.max(0, width - INSET), height: height - 1, rx: 3 }),
    ...lines(text, INSET, y, "rule-text"),
    ...lines(when, INSET, y + text.length * LINE, "rule-when"),
    ...lines(where, INSET, y + (text.length + when.length) * LINE, "rule-place"),
  );
  return { part: pressable(part, { kind: "open", place: rule.range }), height };
}

function tryLink(row: DecisionRow, route: string, top: number, { width, measure }: Sheet): Shape {
  const x = width - GAP - 2 - measure("try");
  const part = shape(
    "g",
    { role: "link", tabindex: 0, class: "try", "aria-label": `try as ${row.caller} from ${row.example}` },
    shape("rect", { class: "back", x: x - 4, y: top + GAP + 4, width: measure("try") + 8, height: LINE, rx: 3 }),
    shape("text", { x, y: top + GAP + LINE - 1 }, "try"),
  );
  return pressable(part, { kind: "fill", caller: row.caller, from: row.example, route });
}

/** A space keeps the words of two lines apart for who hears them. */
function lines(texts: readonly string[], x: number, y: number, name: string): readonly Shape[] {
  return texts.map((text, at) => shape("text", { x, y: y + at * LINE, class: name }, `${text} `));
}

/** The last part of an address, as people call the file. */
export function fileOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
