/** What is asked of a call in one cell, as a tree: phases, questions, and the rules that hold. Shared nodes are drawn once for each way that leads there. */
import type { Span } from "../../grammar/source/span.ts";
import type { Cell, Ir, Node } from "../model/ir.ts";
import type { DrawnNode } from "./drawn-tree.ts";

export type Words = {
  /** The source text of a span. */
  readonly textOf: (span: Span) => string;
  /** `file:line` */
  readonly placeOf: (span: Span) => string;
};

const mostBelow = 12;

/** `left`: how many nodes may still be drawn. */
type Drawing = { readonly ir: Ir; readonly words: Words; left: number };

/** `most`: nodes that are drawn; what is left out is said. */
export function decisionTree(ir: Ir, cell: Cell, words: Words, most: number): DrawnNode {
  const drawing: Drawing = { ir, words, left: most };
  const phases = [
    ["denies, at once", cell.denies.request],
    ["denies, of the caller", cell.denies.principal],
    ["denies, of the body", cell.denies.body],
    ["allows, at once", cell.allows.request],
    ["allows, of the caller", cell.allows.principal],
    ["allows, of the body", cell.allows.body],
  ] as const;
  const asked = phases.filter(([, node]) => node !== 0);
  const children = asked.map(([text, node]): DrawnNode => ({ text, kind: "plain", children: [branch(drawing, node)] }));
  const nobody: readonly DrawnNode[] = [{ text: "no rule lets anybody in", kind: "deny", children: [] }];
  return { text: "call", kind: "plain", children: children.length === 0 ? nobody : children };
}

function branch(drawing: Drawing, number: number, edge?: string): DrawnNode {
  drawing.left--;
  const drawn = nodeDrawing(drawing, drawing.ir.nodes[number] ?? { kind: "empty" });
  return edge === undefined ? drawn : { ...drawn, edge };
}

function nodeDrawing(drawing: Drawing, node: Node): DrawnNode {
  const { ir, words } = drawing;
  switch (node.kind) {
    case "empty":
      return { text: "no rule", kind: "plain", children: [] };
    case "rule":
      return ruleNode(ir, node.rule, words);
    case "union": {
      const children = some(drawing, flatParts(ir, node.parts), (part) => branch(drawing, part));
      return { text: node.parts.length === 0 ? "no rule can hold" : "all of", kind: "plain", children };
    }
    case "test": {
      const span = ir.predicates[node.predicate]?.expr.span;
      const text = span === undefined ? "?" : words.textOf(span);
      const title = span === undefined ? text : `${text}\n${words.placeOf(span)}`;
      const ways = [[node.then, "yes"] as const, [node.otherwise, "no"] as const];
      return { text: `${text} ?`, kind: "test", title, children: some(drawing, ways, ([to, answer]) => branch(drawing, to, answer)) };
    }
    case "lookup": {
      const lookup = ir.lookups[node.lookup];
      if (lookup === undefined) return { text: "?", kind: "test", children: [] };
      const text = words.textOf(lookup.subject.span);
      const children = some(drawing, lookup.entries, ([value, to]) => branch(drawing, to, JSON.stringify(value)));
      return { text: lookup.isCollection ? `what is in ${text}` : text, kind: "test", children };
    }
  }
}

/** The first of them; how many are left out stands in their place. */
function some<T>(drawing: Drawing, items: readonly T[], draw: (item: T) => DrawnNode): readonly DrawnNode[] {
  const drawn: DrawnNode[] = [];
  for (const item of items) {
    if (drawing.left <= 0 || drawn.length === mostBelow) break;
    drawn.push(draw(item));
  }
  const more = items.length - drawn.length;
  return more === 0 ? drawn : [...drawn, { text: `${more.toLocaleString("en")} more`, kind: "more", children: [] }];
}

/** A union in a union says no more than its parts. */
function flatParts(ir: Ir, parts: readonly number[]): readonly number[] {
  return parts.flatMap((part) => {
    const node = ir.nodes[part];
    return node?.kind === "union" && node.parts.length > 0 ? flatParts(ir, node.parts) : [part];
  });
}

function ruleNode(ir: Ir, number: number, { placeOf }: Words): DrawnNode {
  const rule = ir.rules[number];
  if (rule === undefined) return { text: "?", kind: "plain", children: [] };
  const title = `${rule.label}\n${placeOf(rule.span)}${rule.because === undefined ? "" : `\nbecause ${rule.because}`}`;
  return { text: `${rule.effect} ${rule.key} (${placeOf(rule.span)})`, kind: rule.effect, title, children: [] };
}
