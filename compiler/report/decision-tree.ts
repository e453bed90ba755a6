/** What is asked of a call in one cell, as a tree: phases, questions, and the rules that hold. Shared nodes are drawn once for each way that leads there. */
import type { Span } from "../../grammar/source/span.ts";
import type { Cell, Ir } from "../model/ir.ts";
import type { DrawnNode } from "./drawn-tree.ts";

export type Words = {
  /** The source text of a span. */
  readonly textOf: (span: Span) => string;
  /** `file:line` */
  readonly placeOf: (span: Span) => string;
};

const mostEntries = 12;

/** `most`: nodes that are drawn; what is left out is said. */
export function decisionTree(ir: Ir, cell: Cell, words: Words, most: number): DrawnNode {
  let left = most;
  const branch = (number: number, edge?: string): DrawnNode => {
    const said = edge === undefined ? {} : { edge };
    if (left-- <= 0) return { text: "more", kind: "more", title: "the drawing ends here", children: [], ...said };
    const node = ir.nodes[number] ?? { kind: "empty" };
    switch (node.kind) {
      case "empty":
        return { text: "no rule", kind: "plain", children: [], ...said };
      case "rule":
        return { ...ruleNode(ir, node.rule, words), ...said };
      case "union":
        return { text: node.parts.length === 0 ? "no rule can hold" : "all of", kind: "plain", children: node.parts.map((part) => branch(part)), ...said };
      case "test": {
        const span = ir.predicates[node.predicate]?.expr.span;
        const text = span === undefined ? "?" : words.textOf(span);
        const title = span === undefined ? text : `${text}\n${words.placeOf(span)}`;
        return { text: `${text} ?`, kind: "test", title, children: [branch(node.then, "yes"), branch(node.otherwise, "no")], ...said };
      }
      case "lookup": {
        const lookup = ir.lookups[node.lookup];
        if (lookup === undefined) return { text: "?", kind: "test", children: [], ...said };
        const children = lookup.entries.slice(0, mostEntries).map(([value, to]) => branch(to, JSON.stringify(value)));
        const more = lookup.entries.length - mostEntries;
        const rest: readonly DrawnNode[] = more > 0 ? [{ text: `${more.toLocaleString("en")} more values`, kind: "more", children: [] }] : [];
        const text = words.textOf(lookup.subject.span);
        return { text: lookup.isCollection ? `what is in ${text}` : text, kind: "test", children: [...children, ...rest], ...said };
      }
    }
  };
  const phases = [
    ["denies, at once", cell.denies.request],
    ["denies, of the caller", cell.denies.principal],
    ["denies, of the body", cell.denies.body],
    ["allows, at once", cell.allows.request],
    ["allows, of the caller", cell.allows.principal],
    ["allows, of the body", cell.allows.body],
  ] as const;
  const asked = phases.filter(([, node]) => node !== 0);
  const children = asked.map(([text, node]): DrawnNode => ({ text, kind: "plain", children: [branch(node)] }));
  const nobody: readonly DrawnNode[] = [{ text: "no rule lets anybody in", kind: "deny", children: [] }];
  return { text: "call", kind: "plain", children: children.length === 0 ? nobody : children };
}

function ruleNode(ir: Ir, number: number, { placeOf }: Words): DrawnNode {
  const rule = ir.rules[number];
  if (rule === undefined) return { text: "?", kind: "plain", children: [] };
  const title = `${rule.label}\n${placeOf(rule.span)}${rule.because === undefined ? "" : `\nbecause ${rule.because}`}`;
  return { text: `${rule.effect} ${rule.key} (${placeOf(rule.span)})`, kind: rule.effect, title, children: [] };
}
