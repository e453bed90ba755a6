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

/** An array of their own, and none where there are none. */
export function rulesOf(run: Running, cell: number, part: CellPart, call: Call): readonly number[] {
  const { walk, found } = run.diagram;
  const count = walk(rootOf(run, cell, part), call);
  if (count === 0) return noRules;
  // An array that grows is made with room for many.
  if (count === 1) return [found[0] ?? 0];
  const rules: number[] = [];
  for (let at = 0; at < count; at++) rules.push(found[at] ?? 0);
  return rules;
}

export function anyRuleOf(run: Running, cell: number, part: CellPart, call: Call): boolean {
  return run.diagram.walk(rootOf(run, cell, part), call) > 0;
}

export const noRules: readonly number[] = [];
