/**
 * The nodes of an access part for each class of addresses. What no network decides is merged once; only the rest is merged
 * again for each group of classes that the part's networks tell apart.
 */
import { FALSE } from "../model/boolean-diagram.ts";
import type { PhaseNodes } from "../model/ir.ts";
import type { AccessPart, PartEntry } from "./access-parts.ts";
import type { ClassPartition, ClassPartitions } from "./class-partition.ts";
import type { ConditionDiagrams } from "./condition-diagrams.ts";
import type { MergeResiduals } from "./merge-residuals.ts";
import type { Residual } from "./residual-pile.ts";
import type { NodeTable } from "./node-table.ts";
import type { Phase } from "./reads.ts";

/** Nodes for each group of classes; classes that are not told apart have the same. */
export type Column = { readonly partition: ClassPartition; readonly groups: readonly PhaseNodes[] };

export type Columns = (parts: readonly AccessPart[]) => Column;

export type ColumnMakers = {
  readonly conditions: ConditionDiagrams;
  readonly partitions: ClassPartitions;
  readonly nodes: NodeTable;
  readonly merge: MergeResiduals;
};

/** The union of some parts; the same parts give the same object. */
export function partColumns(makers: ColumnMakers): Columns {
  const byPart = new Map<number, Column>();
  const byParts = new Map<string, Column>();
  const ofPart = (part: AccessPart): Column => {
    const known = byPart.get(part.id) ?? partColumn(part, makers);
    byPart.set(part.id, known);
    return known;
  };
  return (parts) => {
    const key = parts.map(({ id }) => id).join();
    const known = byParts.get(key) ?? joined(parts.map(ofPart), makers);
    byParts.set(key, known);
    return known;
  };
}

function joined(columns: readonly Column[], { partitions, nodes }: ColumnMakers): Column {
  const [only] = columns;
  if (only !== undefined && columns.length === 1) return only;
  const partition = columns.map((column) => column.partition).reduce(partitions.both, partitions.by([]));
  const groups = partition.representatives.map((one) => {
    const parts = columns.map((column) => nodesAt(column, one));
    return eachPhase((phase) => nodes.union(parts.map((part) => part[phase])));
  });
  return { partition, groups };
}

function partColumn(part: AccessPart, makers: ColumnMakers): Column {
  const { conditions, partitions, nodes, merge } = makers;
  const decided = part.entries.map((entry): Decided => {
    const root = conditions.rootOf(entry);
    return { entry, root, labels: conditions.networksOf(root) };
  });
  const free = decided.filter(({ labels }) => labels.length === 0);
  const bound = decided.filter(({ labels }) => labels.length > 0);
  const base = eachPhase((phase) => merge(inPhase(free, phase, (root) => root)));
  if (bound.length === 0) return { partition: partitions.by([]), groups: [base] };
  const partition = partitions.by(bound.flatMap(({ labels }) => labels));
  const mattering = entriesThatMatter(bound, partition, makers);
  const groups = partition.representatives.map((one, group) => {
    const within = (root: number): number => conditions.within(root, (label) => partitions.isIn(label, one));
    return eachPhase((phase) => nodes.union([base[phase], merge(inPhase(mattering(group), phase, within))]));
  });
  return { partition, groups };
}

type Decided = { readonly entry: PartEntry; readonly root: number; readonly labels: readonly string[] };

/** Of a group of classes: the entries that have one of its networks, and those that may hold outside of all of theirs. */
function entriesThatMatter(
  entries: readonly Decided[],
  { groupOf, representatives }: ClassPartition,
  { conditions, partitions }: ColumnMakers,
): (group: number) => readonly Decided[] {
  const elsewhere = entries.filter(({ root }) => conditions.within(root, () => false) !== FALSE);
  const byGroup = new Map<number, Set<Decided>>();
  for (const entry of entries) {
    for (const one of entry.labels.flatMap(partitions.inside)) {
      const group = groupOf[one] ?? 0;
      if (representatives[group] !== one) continue;
      const found = byGroup.get(group) ?? new Set(elsewhere);
      byGroup.set(group, found.add(entry));
    }
  }
  return (group) => [...(byGroup.get(group) ?? elsewhere)];
}

function inPhase(entries: readonly Decided[], phase: Phase, within: (root: number) => number): readonly Residual[] {
  const residuals: Residual[] = [];
  for (const { entry, root } of entries) if (entry.phase === phase) residuals.push({ rule: entry.rule, f: within(root) });
  return residuals;
}

export function nodesAt(column: Column, one: number): PhaseNodes {
  return column.groups[column.partition.groupOf[one] ?? 0] ?? NOTHING;
}

const NOTHING: PhaseNodes = { request: 0, principal: 0, body: 0 };

function eachPhase(node: (phase: Phase) => number): PhaseNodes {
  return { request: node("request"), principal: node("principal"), body: node("body") };
}
