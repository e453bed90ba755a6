/** Whether the tree of routes is whole: what passes here can be walked for any path without end checks. */
import { columns, listEnd, treeFieldCount, treeFields } from "../contract/route-tree.ts";

/** Whether each node stands where it is said to, and leads to later ones only. */
export function isRouteTree(tree: Int32Array, sets: number): boolean {
  const nodes = new Uint8Array(tree.length);
  for (let node = 0; node < tree.length; ) {
    const end = endOf(tree, node);
    if (end === undefined) return false;
    nodes[node] = 1;
    node = end;
  }
  const leadsOn = (node: number, child: number): boolean => child === 0 || (child > node && nodes[child] === 1);
  for (let node = 0; node < tree.length; node = endOf(tree, node) ?? tree.length) {
    const fields = node + 1 + word(tree, node);
    for (const field of [treeFields.ends, treeFields.rests]) if (word(tree, fields + field) >>> 0 > sets) return false;
    if (!leadsOn(node, word(tree, fields + treeFields.typed)) || !leadsOn(node, word(tree, fields + treeFields.plain))) return false;
    const count = word(tree, fields + treeFields.count);
    const [first, step] = [fields + treeFieldCount + 1, count > 0 ? 1 : 2];
    for (let at = first; at < first + Math.abs(count) * step; at += step) if (!leadsOn(node, word(tree, at))) return false;
  }
  return tree.length > 0;
}

/** Undefined where it would not lie behind the node, or behind all. */
function endOf(tree: Int32Array, node: number): number | undefined {
  const fields = node + 1 + word(tree, node);
  if (fields <= node || fields + treeFieldCount > tree.length) return undefined;
  const count = word(tree, fields + treeFields.count);
  const children = count > 0 ? 1 + count : -2 * count;
  const end = fields + treeFieldCount + children;
  return end > tree.length ? undefined : end;
}

function word(tree: Int32Array, at: number): number {
  return tree[at] ?? 0;
}

/** Whether each column leads to a list of routes that ends. */
export function areCandidates(candidates: Uint32Array, sets: number, routeCount: number): boolean {
  const first = sets * columns;
  if (candidates.length < first || (candidates.length > first && candidates.at(-1) !== listEnd)) return false;
  for (let at = 0; at < first; at++) {
    const list = candidates[at] ?? 0;
    if (list !== 0 && (list < first || list >= candidates.length)) return false;
  }
  for (let at = first; at < candidates.length; at++) if ((candidates[at] ?? 0) >= routeCount && candidates[at] !== listEnd) return false;
  return true;
}
