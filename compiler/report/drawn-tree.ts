/** A tree drawn from left to right: leaves stand below one another, every other node beside the middle of its children. */
import { type Markup, markup, shortened } from "./markup.ts";

export type DrawnNode = {
  readonly text: string;
  /** How it looks: a question, a rule by its effect, a route, or plain. */
  readonly kind: "plain" | "test" | "allow" | "deny" | "require" | "route" | "more";
  /** Shown when pointed at. */
  readonly title?: string;
  /** Stands on the line that leads here. */
  readonly edge?: string;
  readonly children: readonly DrawnNode[];
};

const [row, box, gap, character, longest] = [34, 24, 96, 7.2, 52] as const;

type Placed = { readonly node: DrawnNode; readonly depth: number; readonly y: number; readonly children: readonly Placed[] };

export function drawnTree(root: DrawnNode, label: string): Markup {
  let leaves = 0;
  const widths: number[] = [];
  const place = (node: DrawnNode, depth: number): Placed => {
    widths[depth] = Math.max(widths[depth] ?? 0, shortened(node.text, longest).length * character + 20);
    const children = node.children.map((child) => place(child, depth + 1));
    const [first, last] = [children[0], children.at(-1)];
    const y = first === undefined || last === undefined ? leaves++ * row + row / 2 : (first.y + last.y) / 2;
    return { node, depth, y, children };
  };
  const placed = place(root, 0);
  const lefts = widths.map((_, depth) => 4 + widths.slice(0, depth).reduce((sum, width) => sum + width + gap, 0));
  const width = (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0) + 8;
  const draw = (one: Placed): readonly Markup[] => [
    ...one.children.map((child) => edge(one, child, lefts, widths)),
    nodeBox(one, lefts),
    ...one.children.flatMap(draw),
  ];
  return markup`<svg class="tree" width="${width}" height="${leaves * row}" viewBox="0 0 ${width} ${leaves * row}" role="img" aria-label="${label}">
${draw(placed)}
</svg>`;
}

function nodeBox({ node, depth, y }: Placed, lefts: readonly number[]): Markup {
  const text = shortened(node.text, longest);
  const left = lefts[depth] ?? 0;
  const title = node.title ?? (text === node.text ? undefined : node.text);
  return markup`<g class="${node.kind}">${title === undefined ? [] : [markup`<title>${title}</title>`]}<rect x="${left}" y="${y - box / 2}" width="${text.length * character + 16}" height="${box}" rx="5"/><text x="${left + 8}" y="${y + 4}">${text}</text></g>`;
}

function edge(from: Placed, to: Placed, lefts: readonly number[], widths: readonly number[]): Markup {
  const start = (lefts[from.depth] ?? 0) + shortened(from.node.text, longest).length * character + 16;
  const column = (lefts[from.depth] ?? 0) + (widths[from.depth] ?? 0);
  const end = lefts[to.depth] ?? 0;
  const turn = column + 12;
  const line = markup`<path class="edge" d="M${start} ${from.y}H${column}C${turn + 8} ${from.y} ${turn - 4} ${to.y} ${turn + 12} ${to.y}H${end}"/>`;
  if (to.node.edge === undefined) return line;
  const said = shortened(to.node.edge, 11);
  return markup`${[line]}<text class="on-edge" x="${end - 6}" y="${to.y - 4}" text-anchor="end">${said}${said === to.node.edge ? [] : [markup`<title>${to.node.edge}</title>`]}</text>`;
}
