/**
 * Whether opened tables are whole: each number names something that exists, ranges ascend, nodes lead to smaller ones.
 * INVARIANT: what passes here can be walked for any request without end checks. Says yes or no; a broken file has no partial use.
 */
import { cellWords, lookupWords, nodeKinds, nodeWords } from "../contract/tables.ts";
import { areCandidates, isRouteTree } from "./route-tree-checks.ts";
import type { Numbers, TableViews } from "./table-views.ts";

export function isSound(tables: TableViews): boolean {
  try {
    return addressesAreSound(tables) && loneAreSound(tables) && rowsAreSound(tables) && nodesAreSound(tables) && routesAreSound(tables);
  } catch {
    // A member of the data section that is missing or of another shape.
    return false;
  }
}

/** What is left of IPv4 is seen where its index is made: another pass over millions of ranges would take longer than that. */
function addressesAreSound({ data, ipv4Starts, ipv4Classes, ipv6Starts, ipv6Classes }: TableViews): boolean {
  if (ipv4Starts.length !== ipv4Classes.length || ipv6Starts.length !== ipv6Classes.length * 4) return false;
  if (ipv4Starts[0] !== 0 || ipv6Starts.length === 0 || ipv6Starts.subarray(0, 4).some((word) => word !== 0)) return false;
  for (let at = 4; at < ipv6Starts.length; at += 4) if (!ascends(ipv6Starts, at - 4, at)) return false;
  const classes = data.classCount;
  return allBelow(ipv6Classes, classes) && data.trustedClasses.every((one) => one < classes);
}

function loneAreSound({ loneEnds, loneIpv4, loneIpv6 }: TableViews): boolean {
  if (loneEnds.length % 2 !== 0) return false;
  let [ipv4, ipv6] = [0, 0];
  for (let at = 0; at < loneEnds.length; at += 2) {
    const [ipv4End, ipv6End] = [word(loneEnds, at), word(loneEnds, at + 1)];
    if (ipv4End < ipv4 || ipv6End < ipv6 || ipv6End % 4 !== 0) return false;
    for (let bound = ipv4 + 1; bound < ipv4End; bound++) if (word(loneIpv4, bound - 1) >= word(loneIpv4, bound)) return false;
    for (let bound = ipv6 + 4; bound < ipv6End; bound += 4) if (!ascends(loneIpv6, bound - 4, bound)) return false;
    [ipv4, ipv6] = [ipv4End, ipv6End];
  }
  return ipv4 === loneIpv4.length && ipv6 === loneIpv6.length;
}

function ascends(starts: Uint32Array, left: number, right: number): boolean {
  for (let at = 0; at < 4; at++) {
    const difference = word(starts, right + at) - word(starts, left + at);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function rowsAreSound({ data, rows, cells, nodes }: TableViews): boolean {
  if (data.classCount < 1 || rows.length % data.classCount !== 0 || cells.length % cellWords !== 0) return false;
  return allBelow(rows, cells.length / cellWords) && allBelow(cells, nodes.length / nodeWords);
}

function lookupsAreSound({ data, lookups, lookupKeys, lookupNodes }: TableViews): boolean {
  if (lookups.length % lookupWords !== 0 || lookupKeys.length !== lookupNodes.length) return false;
  let end = 0;
  for (let at = 0; at < lookups.length; at += lookupWords) {
    if (word(lookups, at) >= data.subjectCount || word(lookups, at + 1) > 1 || word(lookups, at + 2) < end) return false;
    end = word(lookups, at + 2);
  }
  return end === lookupNodes.length && allBelow(lookupKeys, data.keys.length);
}

function nodesAreSound(tables: TableViews): boolean {
  const { data, nodes, parts, lookups, lookupNodes } = tables;
  if (nodes.length % nodeWords !== 0 || nodes.length === 0 || !lookupsAreSound(tables)) return false;
  const endOf = (lookup: number): number => (lookup < 0 ? 0 : word(lookups, lookup * lookupWords + 2));
  for (let node = 0; node * nodeWords < nodes.length; node++) {
    const at = node * nodeWords;
    const kind = word(nodes, at);
    const a = word(nodes, at + 1);
    const b = word(nodes, at + 2);
    const c = word(nodes, at + 3);
    if (kind === nodeKinds.empty) continue;
    else if (kind === nodeKinds.rule) {
      if (a >= data.rules.length) return false;
    } else if (kind === nodeKinds.test) {
      if (a >= data.predicateCount || b >= node || c >= node) return false;
    } else if (kind === nodeKinds.lookup) {
      if (a * lookupWords >= lookups.length || !rangeBelow(lookupNodes, endOf(a - 1), endOf(a), node)) return false;
    } else if (kind === nodeKinds.union) {
      if (a > b || b > parts.length || !rangeBelow(parts, a, b, node)) return false;
    } else return false;
  }
  return true;
}

/** What each says of other tables is checked when it is read. */
function routesAreSound({ data, routes, routeTree, routeCandidates }: TableViews): boolean {
  const { sets, mostParameters } = data.shapes;
  return mostParameters <= routeTree.length && isRouteTree(routeTree, sets) && areCandidates(routeCandidates, sets, routes.count);
}

function allBelow(numbers: Numbers, limit: number): boolean {
  return rangeBelow(numbers, 0, numbers.length, limit);
}

function rangeBelow(numbers: Numbers, from: number, end: number, limit: number): boolean {
  for (let at = from; at < end; at++) if (word(numbers, at) >= limit) return false;
  return true;
}

function word(numbers: Numbers, at: number): number {
  return numbers[at] ?? 0;
}
