/**
 * How calls to one route are decided, by who calls and from where. Promises: the rows hold all callers and addresses; "allowed" and "denied" are
 * proved, what may be either or is too hard to know "depends".
 */
import type { Entry } from "../../grammar/ast.ts";
import { isThis } from "../../compiler/analyze/access.ts";
import { fromPhrase } from "../../compiler/analyze/address-phrase.ts";
import { allowsOf, type CellConditions, cellConditions, deniesOf } from "../../compiler/analyze/cell-conditions.ts";
import { addressInClass } from "../../compiler/analyze/index.ts";
import { TRUE } from "../../compiler/model/boolean-diagram.ts";
import type { Cell, Ir, IrRoute } from "../../compiler/model/ir.ts";
import { once } from "../../compiler/model/once.ts";
import { whoOf } from "./describe-access.ts";
import type { DecisionRow, DecisionTable } from "./pictures.ts";
import { type PlaceRule, placeRules } from "./placed-rule.ts";
import type { Spot } from "./places.ts";
import type { Breath } from "./program-view.ts";
import { rangeOf, type Workspace } from "./workspace.ts";

/** The route around the cursor; undefined where there is none, or the program has an error. */
export async function decisionTable(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<DecisionTable | undefined> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return undefined;
  const whole = await seen.whole();
  const { ir, program } = whole;
  if (ir === undefined) return undefined;
  const route = ir.routes.find(({ span }) => span.file === seen.file && isAround(seen.tree.entries, span.start, offset));
  if (route === undefined) return undefined;
  const rows = rowsOf(route, ir, placeRules(seen.view, program));
  return { route: route.key, range: rangeOf(seen.view, route.span), who: whoOf(whole).get(route.key) ?? "nobody", rows };
}

/** Whether the statement that starts at `start` holds `offset`. */
function isAround(entries: readonly Entry[], start: number, offset: number): boolean {
  return entries.some((entry) => {
    if (entry.kind !== "statement" || offset < entry.span.start || offset > entry.span.end) return false;
    if (entry.word.span.start === start) return true;
    return entry.phrase.terms.some((term) => term.kind === "block" && isAround(term.entries, start, offset));
  });
}

const conditionsOf = once(cellConditions);

function rowsOf(route: IrRoute, ir: Ir, place: PlaceRule): readonly DecisionRow[] {
  const conditions = conditionsOf(ir);
  const callers = route.accept.map((caller) => caller.map((number) => ir.identities[number]?.name ?? ""));
  const classes = Map.groupBy(
    route.cellOfClass.map((cell, one) => ({ cell, one })),
    ({ cell }) => cell,
  );
  return (callers.length === 0 ? [undefined] : callers).flatMap((caller) =>
    [...classes].flatMap(([number, members]): readonly DecisionRow[] => {
      const cell = ir.cells[number];
      const example = members.flatMap(({ one }) => addressInClass(ir.classes, one) ?? [])[0];
      if (cell === undefined || example === undefined) return [];
      const from = fromPhrase(ir.classes, new Set(members.map(({ one }) => one))).trim();
      const isCaller = caller === undefined ? TRUE : isThis(caller, callers, conditions);
      const about = { cell, isCaller, conditions, ir, place };
      return [
        {
          caller: caller?.join(" and ") ?? "anybody",
          from: from === "" ? "anywhere" : from.replace(/^(not )?from /, "$1"),
          example,
          verdict: verdictOf(about),
          rules: rulesOf(about),
        },
      ];
    }),
  );
}

type About = {
  readonly cell: Cell;
  readonly isCaller: number;
  readonly conditions: CellConditions;
  readonly ir: Ir;
  readonly place: PlaceRule;
};

function verdictOf({ cell, isCaller, conditions }: About): DecisionRow["verdict"] {
  const { nodes, isPossible } = conditions;
  const [allows, denies] = [allowsOf(cell), deniesOf(cell)];
  if (!allows.some((node) => isPossible([isCaller, nodes.any(node)], denies))) return "denied";
  const isCertain = !isPossible([isCaller], allows) && !denies.some((node) => isPossible([isCaller, nodes.any(node)], []));
  return isCertain ? "allowed" : "depends";
}

/** Rules that can be true of such a call. */
function rulesOf({ cell, isCaller, conditions, ir, place }: About): DecisionRow["rules"] {
  const { nodes, isPossible, questions } = conditions;
  const seen = new Map<number, DecisionRow["rules"][number]>();
  for (const { rule, when } of [...deniesOf(cell), ...allowsOf(cell)].flatMap(nodes.rules)) {
    const found = ir.rules[rule];
    if (found === undefined || seen.has(rule) || !isPossible([isCaller, when], [])) continue;
    const isAlways = !isPossible([isCaller, questions.diagram.not(when)], []);
    seen.set(rule, { ...place(found.sites), effect: found.effect, when: isAlways ? "always" : "on its condition" });
  }
  return [...seen.values()];
}
