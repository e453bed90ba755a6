/** The rules that a cell of the decision structure collects for a call, by phase. */
import type { Call } from "./call.ts";
import type { Running } from "./running.ts";

/** The six numbers of a cell. */
export const cellParts = {
  deniesOfRequest: 0,
  deniesOfPrincipal: 1,
  deniesOfBody: 2,
  allowsOfRequest: 3,
  allowsOfPrincipal: 4,
  allowsOfBody: 5,
} as const;
export type CellPart = (typeof cellParts)[keyof typeof cellParts];

export function rootOf({ tables }: Running, cell: number, part: CellPart): number {
  return tables.cells[cell + part] ?? 0;
}

export function rulesOf(run: Running, cell: number, part: CellPart, call: Call): readonly number[] {
  return run.collect(rootOf(run, cell, part), call);
}
