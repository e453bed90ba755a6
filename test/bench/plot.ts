/** A curve as SVG: sizes to the right, costs upwards, each line ten times the one below. Light and dark by the reader's choice. */
import { type Curve, type Point, time } from "./row.ts";

const [width, height] = [760, 380];
const [left, right, top, bottom] = [64, 168, 40, 40];
/** Told apart without seeing colours as others do, on white and on black (after Okabe and Ito); ours is the first. */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9"] as const;

export function plot(curve: Curve): string {
  const costs = curve.series.flatMap(({ points }) => points.flatMap(({ cost, wrong }) => (wrong === undefined ? (cost ?? []) : [])));
  const low = Math.floor(Math.log10(Math.min(...costs)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...costs))));
  const x = (at: number): number => left + (width - left - right) * (curve.sizes.length === 1 ? 0.5 : at / (curve.sizes.length - 1));
  const y = (cost: number): number => height - bottom - ((height - top - bottom) * (Math.log10(cost) - low)) / (high - low);
  const rules = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at)).map(
    (cost) =>
      `<path class="rule" d="M${left} ${y(cost)}H${width - right}"/><text x="${left - 8}" y="${y(cost) + 4}" text-anchor="end">${time(cost)}</text>`,
  );
  const sizes = curve.sizes.map((size, at) => `<text x="${x(at)}" y="${height - 14}" text-anchor="middle">${escaped(size)}</text>`);
  const lines = curve.series.map(({ points }, at) => line(points, colours[at % colours.length] ?? "", x, y));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(curve.title)}">
<style>text{font:12px system-ui,sans-serif;fill:#333}.title{font-size:14px;font-weight:600}.rule{stroke:#ccc;fill:none}
@media(prefers-color-scheme:dark){text{fill:#ccc}.rule{stroke:#444}}</style>
<text class="title" x="${left}" y="20">${escaped(curve.title)}</text>
${[...rules, ...sizes, ...lines, ...labels(curve, y)].join("\n")}
</svg>
`;
}

function line(points: readonly Point[], colour: string, x: (at: number) => number, y: (cost: number) => number): string {
  const places = points.flatMap(({ cost, wrong }, at) => (cost === undefined || wrong !== undefined ? [] : [{ x: x(at), y: y(cost) }]));
  const path = places.map((place, at) => `${at === 0 ? "M" : "L"}${place.x.toFixed(1)} ${place.y.toFixed(1)}`).join("");
  const dots = places.map((place) => `<circle cx="${place.x.toFixed(1)}" cy="${place.y.toFixed(1)}" r="3.5" fill="${colour}"/>`);
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}`;
}

/** Names to the right, at the height of their last points, moved apart where they would touch. */
function labels({ series }: Curve, y: (cost: number) => number): readonly string[] {
  const wanted = series
    .map(({ name, points }, at) => ({
      name,
      at,
      cost: points.findLast((point) => point.cost !== undefined && point.wrong === undefined)?.cost,
    }))
    .flatMap(({ name, at, cost }) => (cost === undefined ? [] : [{ name, at, y: y(cost) }]))
    .toSorted((a, b) => a.y - b.y);
  let free = top;
  return wanted.map((label) => {
    const place = Math.max(label.y, free);
    free = place + 16;
    const colour = colours[label.at % colours.length];
    const from = width - right + 8;
    return `<rect x="${from}" y="${place - 5}" width="10" height="10" fill="${colour}"/><text x="${from + 16}" y="${place + 4}">${escaped(label.name)}</text>`;
  });
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
