/** The expressions right inside an expression, to be listed or replaced. Knows which they are, nothing of what they mean. */
import type { Expr } from "./expression.ts";

export function childrenOf(expr: Expr): readonly Expr[] {
  const children: Expr[] = [];
  mapChildren(expr, (child) => {
    children.push(child);
    return child;
  });
  return children;
}

/** The same expression with each child changed; the very same object where no child is. */
export function mapChildren(expr: Expr, change: (child: Expr) => Expr): Expr {
  if (isLeaf(expr)) return expr;
  switch (expr.op) {
    case "timeOfDay":
    case "weekday":
      return withParts(expr, { zone: change(expr.zone) });
    case "stageValue":
      return withValues(expr, change);
    case "field":
      return withParts(expr, { object: change(expr.object) });
    case "not":
    case "has":
      return withParts(expr, { operand: change(expr.operand) });
    case "and":
    case "or":
      return withList(expr, "operands", expr.operands, change);
    case "if":
      return withParts(expr, { condition: change(expr.condition), then: change(expr.then), otherwise: change(expr.otherwise) });
    case "compare":
    case "coalesce":
    case "networkAlgebra":
      return withParts(expr, { left: change(expr.left), right: change(expr.right) });
    case "in":
      return withParts(expr, { element: change(expr.element), collection: change(expr.collection) });
    case "matches":
    case "lower":
    case "sizeOf":
    case "text":
      return withParts(expr, { subject: change(expr.subject) });
    case "startsWith":
    case "endsWith":
    case "contains":
      return withParts(expr, { subject: change(expr.subject), part: change(expr.part) });
    case "concat":
      return withList(expr, "parts", expr.parts, change);
    case "list":
      return withList(expr, "items", expr.items, change);
    case "range":
      return withParts(expr, { low: change(expr.low), high: change(expr.high) });
  }
}

const LEAVES = [
  "const",
  "env",
  "stage",
  "param",
  "clientIp",
  "method",
  "path",
  "host",
  "header",
  "headers",
  "query",
  "queries",
  "pathParam",
  "now",
  "tag",
  "routeFact",
  "isKnown",
  "isIdentity",
  "principalId",
  "principalField",
  "body",
  "network",
] as const;
type Leaf = Extract<Expr, { readonly op: (typeof LEAVES)[number] }>;
const leaves: ReadonlySet<string> = new Set(LEAVES);

function isLeaf(expr: Expr): expr is Leaf {
  return leaves.has(expr.op);
}

function withParts<E extends Expr>(expr: E, parts: Partial<E>): E {
  const isSame = Object.entries(parts).every(([name, part]) => expr[name as keyof E] === part);
  return isSame ? expr : { ...expr, ...parts };
}

function withList<E extends Expr>(expr: E, name: keyof E, children: readonly Expr[], change: (child: Expr) => Expr): E {
  const changed = children.map(change);
  return changed.every((child, at) => child === children[at]) ? expr : { ...expr, [name]: changed };
}

function withValues(expr: Expr & { readonly op: "stageValue" }, change: (child: Expr) => Expr): Expr {
  const entries = Object.entries(expr.values).map(([stage, value]) => [stage, change(value)] as const);
  return entries.every(([stage, value]) => value === expr.values[stage]) ? expr : { ...expr, values: Object.fromEntries(entries) };
}
