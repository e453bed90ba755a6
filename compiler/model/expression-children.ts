/** The expressions right inside an expression, to be listed or replaced. Knows which they are, nothing of what they mean. */
import type { Expr } from "./expression.ts";

export function childrenOf(expr: Expr): readonly Expr[] {
  const children: Expr[] = [];
  for (const part of partsOf(expr)) {
    const value = valueOf(expr, part);
    if (part.form === "one") children.push(value as Expr);
    else children.push(...(part.form === "list" ? (value as readonly Expr[]) : Object.values(value as NamedExprs)));
  }
  return children;
}

/** The same expression with each child changed; the very same object where no child is. */
export function mapChildren(expr: Expr, change: (child: Expr) => Expr): Expr {
  let changed: Record<string, unknown> | undefined;
  for (const part of partsOf(expr)) {
    const before = valueOf(expr, part);
    const after = mapPart(before, part.form, change);
    if (after === before) continue;
    changed ??= { ...expr };
    changed[part.name] = after;
  }
  return changed === undefined ? expr : (changed as Expr);
}

type NamedExprs = Readonly<Record<string, Expr>>;
type PartValue = Expr | readonly Expr[] | NamedExprs;
type FormOf<Value> = Value extends Expr ? "one" : Value extends readonly Expr[] ? "list" : Value extends NamedExprs ? "named" : never;
type Body<Op, Candidate = Expr> = Candidate extends { readonly op: infer Ops } ? (Op extends Ops ? Candidate : never) : never;
type Forms<Of> = { readonly [Name in keyof Of as FormOf<Of[Name]> extends never ? never : Name]: FormOf<Of[Name]> };

/** INVARIANT: complete. A part that is missing here, or an expression that is, does not compile. */
const FORMS: { readonly [Op in Expr["op"]]: Forms<Body<Op>> } = {
  const: {},
  env: {},
  stage: {},
  stageValue: { values: "named" },
  param: {},
  clientIp: {},
  method: {},
  path: {},
  host: {},
  header: {},
  headers: {},
  query: {},
  queries: {},
  pathParam: {},
  now: {},
  timeOfDay: { zone: "one" },
  weekday: { zone: "one" },
  tag: {},
  routeFact: {},
  entryFact: {},
  isKnown: {},
  isIdentity: {},
  principalId: {},
  principalField: {},
  applyingStatements: {},
  awsAllows: {},
  awsTable: {},
  body: {},
  answerBody: {},
  field: { object: "one" },
  not: { operand: "one" },
  and: { operands: "list" },
  or: { operands: "list" },
  if: { condition: "one", then: "one", otherwise: "one" },
  compare: { left: "one", right: "one" },
  in: { element: "one", collection: "one" },
  matches: { subject: "one" },
  has: { operand: "one" },
  coalesce: { left: "one", right: "one" },
  startsWith: { subject: "one", part: "one" },
  endsWith: { subject: "one", part: "one" },
  contains: { subject: "one", part: "one" },
  lower: { subject: "one" },
  sizeOf: { subject: "one" },
  text: { subject: "one" },
  concat: { parts: "list" },
  list: { items: "list" },
  record: { fields: "named" },
  each: { collection: "one", value: "one" },
  item: {},
  range: { low: "one", high: "one" },
  network: {},
  networkAlgebra: { left: "one", right: "one" },
};

type Form = "one" | "list" | "named";
type Part = { readonly name: string; readonly form: Form };

const PARTS: ReadonlyMap<string, readonly Part[]> = new Map(
  Object.entries(FORMS).map(([op, forms]) => [op, Object.entries<Form>(forms).map(([name, form]): Part => ({ name, form }))]),
);
const NONE: readonly Part[] = [];

function partsOf(expr: Expr): readonly Part[] {
  return PARTS.get(expr.op) ?? NONE;
}

function valueOf(expr: Expr, { name }: Part): PartValue {
  return (expr as unknown as Readonly<Record<string, PartValue>>)[name] as PartValue;
}

function mapPart(value: PartValue, form: Form, change: (child: Expr) => Expr): PartValue {
  if (form === "one") return change(value as Expr);
  if (form === "list") {
    const children = value as readonly Expr[];
    const changed = children.map(change);
    return changed.every((child, at) => child === children[at]) ? value : changed;
  }
  const named = value as NamedExprs;
  const entries = Object.entries(named).map(([name, child]) => [name, change(child)] as const);
  return entries.every(([name, child]) => child === named[name]) ? value : Object.fromEntries(entries);
}
