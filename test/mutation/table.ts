import type { Verdict } from "./run.ts";

/** The verdicts as a Markdown table, for the test README. */
export function mutationTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(
    ({ fault, noticedBy, seconds }) => `| ${fault.what} | \`${fault.file}\` | ${noticedBy ?? "**nobody**"} | ${seconds.toFixed(0)} s |`,
  );
  return ["| fault | in | noticed by | after |", "|---|---|---|---|", ...rows].join("\n");
}
