/** The table of decisions: a row for each route, a column for each group of addresses. Told by sign and shade, not by hue alone. */
import type { Ir } from "../model/ir.ts";
import type { ClassGroup } from "./class-groups.ts";
import type { Words } from "./decision-tree.ts";
import { type Markup, markup, shortened } from "./markup.ts";
import type { Verdict, Verdicts } from "./verdicts.ts";

export const signs: Readonly<Record<Verdict, string>> = { allow: "✓", deny: "✕", depends: "?" };
const sayings: Readonly<Record<Verdict, string>> = { allow: "let in", deny: "shut out", depends: "it depends" };
const [size, left, top, longest, shownRules] = [26, 430, 150, 56, 6] as const;

export function heatMap(ir: Ir, groups: readonly ClassGroup[], verdicts: Verdicts, words: Words, mostRoutes: number): Markup {
  const routes = ir.routes.slice(0, mostRoutes);
  const width = left + groups.length * size + 150;
  const height = top + routes.length * size + 8;
  const heads = groups.map(
    ({ label }, at) =>
      markup`<text transform="translate(${left + at * size + size / 2 + 4} ${top - 8}) rotate(-45)">${shortened(label, 24)}<title>${label}</title></text>`,
  );
  const rows = routes.map((route, row) => {
    const y = top + row * size;
    const cells = groups.map(({ classes, label }, at) => {
      const cell = route.cellOfClass[classes[0] ?? 0] ?? 0;
      const verdict = verdicts.of(cell);
      const x = left + at * size;
      const title = `${route.key}\nfrom ${label}: ${sayings[verdict]}${told(ir, verdicts.rules(cell), words)}`;
      return markup`<g class="cell ${verdict}"><title>${title}</title><rect x="${x + 1}" y="${y + 1}" width="${size - 2}" height="${size - 2}" rx="3"/><text x="${x + size / 2}" y="${y + size / 2 + 4}" text-anchor="middle">${signs[verdict]}</text></g>`;
    });
    return markup`<text x="${left - 10}" y="${y + size / 2 + 4}" text-anchor="end">${shortened(route.key, longest)}<title>${route.key}</title></text>${cells}`;
  });
  return markup`<svg class="map" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="decisions by route and network">
${heads}
${rows}
</svg>`;
}

function told(ir: Ir, rules: readonly number[], { placeOf }: Words): string {
  const lines = rules.slice(0, shownRules).flatMap((number) => {
    const rule = ir.rules[number];
    return rule === undefined ? [] : [`\n${rule.key} ${shortened(rule.label, 80)} (${placeOf(rule.span)})`];
  });
  const more = rules.length - shownRules;
  return lines.join("") + (more > 0 ? `\nand ${more} more rules` : "");
}
