/** The panel's page: pictures, the form, and the talk with the extension. Promises: what was typed and folded is there again when the panel comes back. */
import type { CallForm, RouteTree, TriedAnswer } from "../../../lsp/extra.ts";
import { show } from "./draw.ts";
import { type FormPart, formPart } from "./form.ts";
import type { FromPanel, ToPanel } from "../messages.ts";
import { phasesPicture, verdictOf } from "../phases-picture.ts";
import type { Act, Sheet } from "../shape.ts";
import { tablePicture } from "../table-picture.ts";
import { unmarked } from "../text-lines.ts";
import { treeStep } from "../tree-keys.ts";
import { rowAt, treePicture, treeRows, type TreeState } from "../tree-picture.ts";

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: FromPanel) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
};

/** A larger tree opens with its groups folded. */
const MANY_ROWS = 80;

const editor = acquireVsCodeApi();
const kept = editor.getState();
const keptFolds = typeof kept === "object" && kept !== null && "folded" in kept && Array.isArray(kept.folded) ? kept.folded : [];
const folded = new Set<string>(keptFolds.filter((key) => typeof key === "string"));

let tree: RouteTree | null = null;
let reached: string | undefined;
let cursor: Extract<ToPanel, { readonly kind: "cursor" }> | undefined;
let answer: TriedAnswer | undefined;

const routes = part("routes");
const decisions = part("decisions");
const phases = part("phases");
const form: FormPart = formPart(part("form"), (call) => editor.postMessage({ kind: "try", call }), keep, keptFields());

function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

function keptFields(): unknown {
  return typeof kept === "object" && kept !== null && "fields" in kept ? kept.fields : undefined;
}

function keep(): void {
  editor.setState({ folded: [...folded], fields: form.fields() });
}

function sheet(): Sheet {
  const canvas = document.createElement("canvas").getContext("2d");
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  return {
    width: Math.max(160, document.documentElement.clientWidth - 24),
    measure: (text, weight) => {
      if (canvas === null) return text.length * 7;
      canvas.font = `${weight ?? "normal"} ${fontSize} ${fontFamily}`;
      return canvas.measureText(text).width;
    },
  };
}

function press(act: Act): void {
  switch (act.kind) {
    case "open":
      editor.postMessage({ kind: "open", place: act.place });
      return;
    case "fold":
      if (!folded.delete(act.key)) folded.add(act.key);
      keep();
      drawTree();
      return;
    case "fill":
      form.fill(act.route, act.caller, act.from);
      return;
  }
}

function treeState(): TreeState {
  return { folded, reached, cursor };
}

function drawTree(): void {
  say("no-routes", tree === null ? "Open a file of a GWL program to see its routes." : undefined);
  show(routes, tree === null ? undefined : treePicture(tree, treeState(), sheet()), press);
}

function drawDecisions(): void {
  const table = cursor?.table ?? null;
  const why = "Put the cursor into a route to see who may call it.";
  say("about-route", table === null ? why : `${table.route}: ${unmarked(table.who)}`);
  show(decisions, table === null ? undefined : tablePicture(table, sheet()), press);
}

function drawAnswer(): void {
  say("verdict", answer === undefined ? undefined : answer.ok ? verdictOf(answer) : answer.why);
  part("verdict").className = answer === undefined ? "" : answer.ok && answer.isAllowed ? "allowed" : "denied";
  show(phases, answer?.ok ? phasesPicture(answer, sheet()) : undefined, press);
}

function say(id: string, text: string | undefined): void {
  const element = part(id);
  element.textContent = text ?? "";
  element.hidden = text === undefined;
}

function take(program: { readonly tree: RouteTree | null; readonly form: CallForm | null }): void {
  const isFirst = tree === null;
  tree = program.tree;
  if (tree !== null && isFirst && treeRows(tree, new Set()).length > MANY_ROWS) {
    for (const { key, depth } of treeRows(tree, new Set())) if (depth === 1) folded.add(key);
  }
  form.offer(program.form);
  drawTree();
}

window.addEventListener("message", ({ data }: MessageEvent<ToPanel>) => {
  switch (data.kind) {
    case "program":
      take(data);
      return;
    case "cursor":
      cursor = data;
      if (tree !== null) reached = rowAt(treeRows(tree, folded), data)?.key ?? reached;
      drawTree();
      drawDecisions();
      routes.querySelector(".current")?.scrollIntoView({ block: "nearest" });
      return;
    case "answer":
      answer = data.answer;
      drawAnswer();
      return;
    case "focus":
      form.focus();
      return;
  }
});

routes.addEventListener("keydown", (event) => {
  if (tree === null || !(event.target instanceof Element) || event.target.getAttribute("role") !== "treeitem") return;
  const step = treeStep(event.key, treeRows(tree, folded), event.target.getAttribute("data-key") ?? undefined);
  if (step === undefined) return;
  event.preventDefault();
  if ("fold" in step) press({ kind: "fold", key: step.fold });
  else {
    reached = step.reach;
    drawTree();
    routes.querySelector<SVGElement>(`[data-key="${CSS.escape(step.reach)}"]`)?.focus();
  }
});

new ResizeObserver(() => {
  drawTree();
  drawDecisions();
  drawAnswer();
}).observe(document.documentElement);
editor.postMessage({ kind: "ready" });
