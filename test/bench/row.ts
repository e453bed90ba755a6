/** What benches give: lines with goals, and curves. */
export type BenchRow = {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  readonly isMet: boolean;
  /** Bytes that one call of ours allocates, where they were counted. */
  readonly allocated?: number | undefined;
};

/** Costs in nanoseconds over sizes; a point that is missing was not measured, or its contender answered wrongly. */
export type Curve = {
  /** Names its plot: `routes` is `routes.svg`. */
  readonly name: string;
  readonly title: string;
  /** What was measured, on which data. */
  readonly about: string;
  readonly sizes: readonly string[];
  /** Ours first. */
  readonly series: readonly Series[];
};
export type Series = { readonly name: string; readonly points: readonly Point[] };
/** `ratio`: how many times ours it costs. */
export type Point = { readonly cost?: number | undefined; readonly ratio?: number | undefined; readonly wrong?: string | undefined };

export type BenchResult = { readonly rows: readonly BenchRow[]; readonly curves: readonly Curve[] };

export function resultTable(rows: readonly BenchRow[]): string {
  const lines = rows.map(({ what, measured, goal, isMet }) => `| ${what} | ${measured} | ${goal} | ${isMet ? "yes" : "**no**"} |`);
  return ["| what | measured | goal | met |", "|---|---|---|---|", ...lines].join("\n");
}

export function curveTable({ sizes, series }: Curve): string {
  const lines = series.map(({ name, points }) => `| ${[name, ...points.map(cell)].join(" | ")} |`);
  return [`| | ${sizes.join(" | ")} |`, `|---|${sizes.map(() => "---:").join("|")}|`, ...lines].join("\n");
}

function cell({ cost, ratio, wrong }: Point): string {
  if (wrong !== undefined) return `does not count: ${wrong.replaceAll("|", "\\|").slice(0, 80)}`;
  if (cost === undefined) return "not measured";
  return `${time(cost)}${ratio === undefined || ratio === 1 ? "" : ` (${times(ratio)})`}`;
}

/** Three figures are more than a measurement says. */
export function time(nanoseconds: number): string {
  if (nanoseconds < 1000) return `${nanoseconds.toFixed(0)} ns`;
  return nanoseconds < 1e6 ? `${(nanoseconds / 1000).toFixed(1)} µs` : `${(nanoseconds / 1e6).toFixed(1)} ms`;
}

export function times(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString("en")}×`;
}
