/**
 * Routes as a tree of path shapes: at each depth a segment is a literal, a typed parameter, a plain one or the rest.
 * Promises: each shape exists once, whatever its parameters are called. Knows nothing of requests.
 */
import type { RouteData, RouteMethod } from "../contract/table-data.ts";
import type { ReadParameter } from "./code.ts";

export type ShapeNode = {
  readonly literals: Map<string, ShapeNode>;
  typed?: ShapeNode;
  plain?: ShapeNode;
  /** Routes whose path ends here, and those whose rest begins here. */
  readonly ends: TreeRoute[];
  readonly rests: TreeRoute[];
};

export type TreeRoute = {
  readonly index: number;
  readonly method: RouteMethod;
  readonly parameters: readonly TreeParameter[];
  readonly names: readonly string[];
};

/** `at`: which segment. Without `read` every text fits; `rest` takes all segments from there; `isInt`: the outcome shows the value. */
export type TreeParameter = {
  readonly at: number;
  readonly rest: boolean;
  readonly isInt: boolean;
  readonly read: ReadParameter | undefined;
};

/** `readers`: for each route what code gives for each of its parameters. */
export function shapeTree(routes: readonly RouteData[], readers: readonly (readonly (ReadParameter | undefined)[])[]): ShapeNode {
  const root = shapeNode();
  for (const [index, route] of routes.entries()) addRoute(root, route, index, readers[index] ?? []);
  return root;
}

function shapeNode(): ShapeNode {
  return { literals: new Map(), ends: [], rests: [] };
}

function addRoute(root: ShapeNode, route: RouteData, index: number, readers: readonly (ReadParameter | undefined)[]): void {
  const parameters: TreeParameter[] = [];
  const names: string[] = [];
  let node = root;
  for (const [at, segment] of route.path.entries()) {
    if (segment.kind !== "literal") {
      const isInt = segment.kind === "param" && segment.reads === "int";
      parameters.push({ at, rest: segment.kind === "rest", isInt, read: readers[names.length] });
      names.push(segment.name);
    }
    if (segment.kind === "literal") node = literalChild(node, segment.text);
    else if (segment.kind === "param") node = segment.reads === "plain" ? (node.plain ??= shapeNode()) : (node.typed ??= shapeNode());
  }
  const entry: TreeRoute = { index, method: route.method, parameters, names };
  (route.path.at(-1)?.kind === "rest" ? node.rests : node.ends).push(entry);
}

function literalChild(node: ShapeNode, text: string): ShapeNode {
  const known = node.literals.get(text);
  if (known !== undefined) return known;
  const child = shapeNode();
  node.literals.set(text, child);
  return child;
}
