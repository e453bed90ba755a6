/**
 * How large the decision table comes to be, told before it is made: rows of classes, and what the classes of each part collect. Counts
 * from above; what it calls small enough is made in time and room that it names. Knows no nodes.
 */
import type { AddressClasses } from "../model/ir.ts";
import type { AccessPart } from "./access-parts.ts";
import type { AtomTable } from "./atoms.ts";
import { type ClassPartitions, classPartitions } from "./class-partition.ts";
import type { Formula } from "./formula.ts";
import type { RouteAccess } from "./route-access.ts";

/** What the table is made of, once a program: parts and rows each once. */
export type TableDemand = { readonly rows: number; readonly parts: readonly PartDemand[] };
/** Of each rule of the part that asks networks: their labels, and whether it may hold outside of all of them. */
export type PartDemand = { readonly rules: readonly { readonly labels: readonly string[]; readonly isElsewhere: boolean }[] };

/** A rule that is placed in a cell takes as long to make as this many numbers. Measured. */
export const PLACED = 16;

export function tableDemand(accesses: readonly RouteAccess[], atoms: AtomTable): TableDemand {
  const rows = new Set<string>();
  const parts = new Map<number, AccessPart>();
  const row = (denies: readonly AccessPart[], allows: readonly AccessPart[]): void => {
    for (const part of [...denies, ...allows]) parts.set(part.id, part);
    rows.add(`${denies.map(({ id }) => id).join()} ${allows.map(({ id }) => id).join()}`);
  };
  for (const { denies, allows, entries } of accesses) {
    row(denies, allows);
    for (const entry of entries) row([entry.denies], [entry.allows]);
  }
  return { rows: rows.size, parts: [...parts.values()].map((part) => partDemand(part, atoms)) };
}

function partDemand({ entries }: AccessPart, atoms: AtomTable): PartDemand {
  const rules = entries.flatMap(({ collects }) => {
    const labels = networksOf(collects, atoms);
    return labels.size === 0 ? [] : [{ labels: [...labels], isElsewhere: outside(collects, atoms) !== false }];
  });
  return { rules };
}

/** Numbers in rows, and rules that are placed, where only the networks of `classes` are told by classes. */
export function tableSize({ rows, parts }: TableDemand, classes: AddressClasses, most: number): number {
  const size = rows * classes.count;
  if (size > most) return size;
  const told = new Set(classes.networks.map(({ label }) => label));
  const partitions = classPartitions(classes);
  return parts.reduce((sum, part) => (sum > most ? sum : sum + partSize(part, told, partitions, classes.count)), size);
}

function partSize({ rules }: PartDemand, told: ReadonlySet<string>, partitions: ClassPartitions, classCount: number): number {
  const labels = rules.map((rule) => rule.labels.filter((label) => told.has(label)));
  const all = [...new Set(labels.flat())];
  if (all.length === 0) return 0;
  const groups = partitions.by(all).representatives.length;
  const elsewhere = rules.filter(({ isElsewhere }, at) => isElsewhere && labels[at]?.length !== 0).length;
  const inside = labels.flat().reduce((sum, label) => sum + partitions.inside(label).length, 0);
  return classCount + (groups * elsewhere + inside) * PLACED;
}

function networksOf(formula: Formula, atoms: AtomTable): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [formula];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "atom") {
      const body = atoms.atom(next.atom)?.body;
      if (body?.kind === "network") found.add(body.label);
    } else if (next.kind === "not") open.push(next.operand);
    else if (next.kind === "choice") open.push(next.condition, next.then, next.otherwise);
    else if (next.kind !== "constant") open.push(...next.operands);
  }
  return found;
}

/** What the formula is for an address in none of its networks; undefined: that depends. */
function outside(formula: Formula, atoms: AtomTable): boolean | undefined {
  const inner = (part: Formula): boolean | undefined => outside(part, atoms);
  switch (formula.kind) {
    case "constant":
      return formula.value;
    case "atom":
      return atoms.atom(formula.atom)?.body.kind === "network" ? false : undefined;
    case "not": {
      const operand = inner(formula.operand);
      return operand === undefined ? undefined : !operand;
    }
    case "all":
    case "any": {
      const decides = formula.kind === "any";
      const operands = formula.operands.map(inner);
      if (operands.includes(decides)) return decides;
      return operands.includes(undefined) ? undefined : !decides;
    }
    case "choice": {
      const condition = inner(formula.condition);
      if (condition !== undefined) return inner(condition ? formula.then : formula.otherwise);
      const [then, otherwise] = [inner(formula.then), inner(formula.otherwise)];
      return then === otherwise ? then : undefined;
    }
  }
}
