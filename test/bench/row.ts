/** A line of the results: what was measured, the goal, and whether it is met. */
export type BenchRow = { readonly what: string; readonly measured: string; readonly goal: string; readonly isMet: boolean };

export function resultTable(rows: readonly BenchRow[]): string {
  const lines = rows.map(({ what, measured, goal, isMet }) => `| ${what} | ${measured} | ${goal} | ${isMet ? "yes" : "**no**"} |`);
  return ["| what | measured | goal | met |", "|---|---|---|---|", ...lines].join("\n");
}
