/**
 * The nodes of an access part for each class of addresses. What no network decides is merged once; only the rest is merged
 * again for each group of classes that the part's networks tell apart.
 */
import type { PhaseNodes } from "../model/ir.ts";
import type { AccessPart, PartEntry } from "./access-parts.ts";
import type { ClassPartition, ClassPartitions } from "./class-partition.ts";
import type { ConditionDiagrams } from "./condition-diagrams.ts";
import type { MergeResiduals } from "./merge-residuals.ts";
import type { Residual } from "./residual-pile.ts";
import type { NodeTable } from "./node-table.ts";
import type { Phase } from "./reads.ts";

/** Nodes for each group of classes; classes that are not told apart have the same. */
export type Column = { readonly labels: readonly string[]; readonly partition: ClassPartition; readonly groups: readonly PhaseNodes[] };

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
  const labels = [...new Set(columns.flatMap((column) => column.labels))];
  const partition = partitions.by(labels);
  const groups = partition.representatives.map((one) => {
    const parts = columns.map((column) => nodesAt(column, one));
    return eachPhase((phase) => nodes.union(parts.map((part) => part[phase])));
  });
  return { labels, partition, groups };
}

function partColumn(part: AccessPart, { conditions, partitions, nodes, merge }: ColumnMakers): Column {
  const entries = part.entries.map((entry) => ({ entry, root: conditions.rootOf(entry) }));
  const decided = entries.map(({ entry, root }) => ({ entry, root, labels: conditions.networksOf(root) }));
  const free = decided.filter(({ labels }) => labels.length === 0);
  const bound = decided.filter(({ labels }) => labels.length > 0);
  const base = eachPhase((phase) => merge(inPhase(free, phase, (root) => root)));
  const labels = [...new Set(bound.flatMap((one) => one.labels))];
  const partition = partitions.by(labels);
  const groups = partition.representatives.map((one) => {
    const within = (root: number): number => conditions.within(root, (label) => partitions.isIn(label, one));
    return eachPhase((phase) => nodes.union([base[phase], merge(inPhase(bound, phase, within))]));
  });
  return { labels, partition, groups };
}

type Decided = { readonly entry: PartEntry; readonly root: number };

function inPhase(entries: readonly Decided[], phase: Phase, within: (root: number) => number): readonly Residual[] {
  return entries.filter(({ entry }) => entry.phase === phase).map(({ entry, root }) => ({ rule: entry.rule, f: within(root) }));
}

export function nodesAt(column: Column, one: number): PhaseNodes {
  return column.groups[column.partition.groupOf[one] ?? 0] ?? NOTHING;
}

const NOTHING: PhaseNodes = { request: 0, principal: 0, body: 0 };

function eachPhase(node: (phase: Phase) => number): PhaseNodes {
  return { request: node("request"), principal: node("principal"), body: node("body") };
}
