/**
 * How one request was decided: the phases in their order, what was asked in each, and where the decision fell. Promises: every rule leads to its
 * line.
 */
import type { TriedAnswer, TriedPhase, TriedRule } from "../../lsp/extra.ts";
import { type Mark, mark } from "./marks.ts";
import { GAP, LINE, pressable, shape, type Shape, type Sheet } from "./shape.ts";
import { fileOf } from "./table-picture.ts";
import { wrapped } from "./text-lines.ts";

export type Tried = Extract<TriedAnswer, { readonly ok: true }>;

const RAIL = 14;
const INSET = 32;

export function phasesPicture(answer: Tried, sheet: Sheet): Shape {
  const parts: Shape[] = [];
  let y = 4;
  for (const phase of answer.phases) {
    const { part, height } = phaseShape(phase, y, answer, sheet);
    parts.push(part);
    y += height;
  }
  if (answer.notAsked.length > 0) {
    const { part, height } = phaseShape({ name: "not asked", happened: "", rules: answer.notAsked }, y, answer, sheet);
    parts.push(part);
    y += height;
  }
  const rail = shape("path", { class: "rail", "aria-hidden": "true", d: `M ${RAIL} 10 V ${Math.max(10, y - GAP)}` });
  return shape("svg", { role: "list", "aria-label": "Phases", width: sheet.width, height: y + 4, class: "phases" }, rail, ...parts);
}

/** `allowed, goes to orders`, `refused with 403: rule`. */
export function verdictOf({ isAllowed, status, backend, cause }: Tried): string {
  if (!isAllowed) return `refused${status === undefined ? "" : ` with ${status}`}: ${cause}`;
  return backend === undefined ? `allowed${status === undefined ? "" : `, answered with ${status}`}` : `allowed, goes to ${backend}`;
}

type Placed = { readonly part: Shape; readonly height: number };

function phaseShape(phase: TriedPhase, top: number, answer: Tried, sheet: Sheet): Placed {
  const room = sheet.width - INSET - GAP;
  const sign = signOf(phase, answer);
  let y = top + LINE - 4;
  const happened = wrapped(phase.happened, room, sheet.measure).filter((text) => text !== "");
  const texts = [shape("text", { x: INSET, y, class: "phase-name" }, `${phase.name} `)];
  for (const text of happened) {
    y += LINE;
    texts.push(shape("text", { x: INSET, y, class: "phase-happened" }, `${text} `));
  }
  const rules: Shape[] = [];
  for (const rule of phase.rules) {
    const { part, height } = ruleShape(rule, y + LINE, sheet);
    rules.push(part);
    y += height;
  }
  const part = shape("g", { role: "listitem", class: `phase ${sign.replace(" ", "-")}` }, mark(sign, RAIL, top + 10), ...texts, ...rules);
  return { part, height: y - top + LINE };
}

function signOf(phase: TriedPhase, answer: Tried): Mark {
  if (phase.name === "not asked") return "passed over";
  if (phase.rules.some(({ decided }) => decided)) return answer.isAllowed ? "allowed" : "denied";
  return phase === answer.phases.at(-1) && !answer.isAllowed ? "denied" : "passed";
}

function ruleShape(rule: TriedRule, y: number, { width, measure }: Sheet): Placed {
  const room = width - INSET - GAP * 2;
  const told = rule.condition === "not asked" ? rule.condition : `${rule.condition}${rule.decided ? ", decided" : ""}`;
  const place = `${fileOf(rule.range.uri)}:${rule.range.range.start.line + 1}: ${told}`;
  const text = wrapped(rule.label, room, measure);
  const where = wrapped(place, room, measure);
  const height = (text.length + where.length) * LINE;
  const part = shape(
    "g",
    {
      role: "link",
      tabindex: 0,
      class: `rule ${rule.effect}${rule.decided ? " decided" : ""}`,
      "aria-label": [...text, ...where].join(" "),
    },
    shape("rect", { class: "back", x: INSET - 5, y: y - LINE + 4, width: Math.max(0, width - INSET), height, rx: 3 }),
    ...text.map((line, at) => shape("text", { x: INSET, y: y + at * LINE, class: "rule-text" }, `${line} `)),
    ...where.map((line, at) => shape("text", { x: INSET, y: y + (text.length + at) * LINE, class: "rule-place" }, `${line} `)),
  );
  return { part: pressable(part, { kind: "open", place: rule.range }), height };
}
