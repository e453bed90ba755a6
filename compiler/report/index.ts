/**
 * What was compiled, as one HTML page for people: the tree of routes, the table of decisions, the diagram of each route, sizes by part.
 * Promises: no script, nothing from any network, every word of a user's escaped, and a size that is bounded: what is left out is said.
 */
import type { Bundle } from "../model/emitted.ts";
import type { Ir, IrRoute } from "../model/ir.ts";
import { type ClassGroup, classGroups } from "./class-groups.ts";
import { decisionTree, type Words } from "./decision-tree.ts";
import { drawnTree } from "./drawn-tree.ts";
import { heatMap, signs } from "./heat-map.ts";
import { type Markup, markup } from "./markup.ts";
import { pathTree } from "./path-tree.ts";
import { sizesDrawing } from "./sizes.ts";
import { style } from "./style.ts";
import { verdicts } from "./verdicts.ts";

export type { Words } from "./decision-tree.ts";

const most = { routes: 300, groups: 40, diagrams: 150, nodes: 120 } as const;

export function reportPage(ir: Ir, bundle: Bundle, words: Words): string {
  const all = classGroups(ir);
  const groups = all.slice(0, most.groups);
  const parts = [
    head(ir, all.length),
    markup`<h2 id="routes">Routes</h2>${left(ir.routes.length, most.routes, "routes")}<div class="scroll">${[drawnTree(pathTree(ir, most.routes), "tree of routes")]}</div>`,
    markup`<h2 id="decisions">Decisions</h2>
<p>What is known of a call from its route and its address alone. Columns are groups of addresses that no route tells apart. Point at a cell for the rules behind it.</p>${[legend]}${left(all.length, most.groups, "groups of addresses")}
<div class="scroll">${[heatMap(ir, groups, verdicts(ir), words, most.routes)]}</div>`,
    markup`<h2 id="diagrams">Diagrams</h2>
<p>Choose a route: what is still asked of a call, and which rules hold then. Denies come before allows, and who calls is asked before the body is read.</p>${left(ir.routes.length, most.diagrams, "routes")}
${ir.routes.slice(0, most.diagrams).map((route, at) => routeDiagrams(ir, route, all, words, at === 0))}`,
    markup`<h2 id="sizes">Sizes</h2><div class="scroll">${[sizesDrawing(bundle.files)]}</div>`,
  ];
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${ir.name}: what was compiled</title><style>${[style]}</style></head>
<body>
${parts}
</body></html>
`;
}

function head(ir: Ir, groups: number): Markup {
  const counted = (count: number, one: string, many: string): string => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
  const lone = ir.classes.lone?.length ?? 0;
  const facts = [
    counted(ir.routes.length, "route", "routes"),
    counted(ir.rules.length, "rule", "rules"),
    counted(ir.classes.networks.length + lone, "network", "networks"),
    counted(groups, "group of addresses", "groups of addresses"),
    counted(ir.cells.length, "cell", "cells"),
    counted(ir.nodes.length, "node", "nodes"),
  ];
  const asked =
    lone === 0
      ? []
      : [
          markup`<p>${counted(lone, "network is", "networks are")} asked one by one (GWL4201): no column tells them, and what depends on them is drawn as a question.</p>`,
        ];
  return markup`<h1>${ir.name}</h1><p>${facts.join(", ")}</p>${asked}
<nav><a href="#routes">Routes</a><a href="#decisions">Decisions</a><a href="#diagrams">Diagrams</a><a href="#sizes">Sizes</a></nav>`;
}

const legend = markup`<ul class="legend"><li><b class="allow">${signs.allow}</b>let in</li><li><b class="deny">${signs.deny}</b>shut out</li><li><b class="depends">${signs.depends}</b>depends on the call</li></ul>`;

function left(count: number, shown: number, what: string): readonly Markup[] {
  return count <= shown ? [] : [markup`<p>The first ${shown} of ${count.toLocaleString("en")} ${what} are drawn.</p>`];
}

/** One drawing for each cell that the route has, with the addresses that lead there. */
function routeDiagrams(ir: Ir, route: IrRoute, groups: readonly ClassGroup[], words: Words, isOpen: boolean): Markup {
  const byCell = new Map<number, string[]>();
  for (const { classes, label } of groups) {
    const cell = route.cellOfClass[classes[0] ?? 0] ?? 0;
    byCell.set(cell, [...(byCell.get(cell) ?? []), label]);
  }
  const figures = [...byCell].flatMap(([number, labels]) => {
    const cell = ir.cells[number];
    if (cell === undefined) return [];
    const from = byCell.size === 1 ? "from everywhere" : `from ${labels.join("; ")}`;
    return [
      markup`<figure><figcaption>${from}</figcaption><div class="scroll">${[drawnTree(decisionTree(ir, cell, words, most.nodes), `${route.key} ${from}`)]}</div></figure>`,
    ];
  });
  return isOpen
    ? markup`<details name="route" open><summary>${route.key}</summary>${figures}</details>`
    : markup`<details name="route"><summary>${route.key}</summary>${figures}</details>`;
}
