/** Short names for expressions, so that a test's program reads like the source it stands for. */
import type { Expr, ExprBody } from "../../compiler/model/expression.ts";
import type { Type, Value } from "../../compiler/model/types.ts";

export const SPAN = { file: "test.gwl", start: 0, end: 0 };
export const BOOL: Type = { kind: "bool" };
export const STRING: Type = { kind: "string" };
export const INT: Type = { kind: "int" };
export const GROUPS: Type = { kind: "set", element: STRING };
export const optional = (type: Type): Type => ({ kind: "optional", type });

export const make = (type: Type, body: ExprBody): Expr => ({ type, span: SPAN, ...body });
export const bool = (body: ExprBody): Expr => make(BOOL, body);

export const value = (given: Value, type: Type = typeof given === "number" ? INT : typeof given === "boolean" ? BOOL : STRING): Expr =>
  make(type, { op: "const", value: given });
export const list = (...items: readonly (string | number)[]): Expr =>
  value(items, { kind: "list", element: typeof items[0] === "number" ? INT : STRING });
export const TRUE = value(true);
export const FALSE = value(false);

export const not = (operand: Expr): Expr => bool({ op: "not", operand });
export const all = (...operands: Expr[]): Expr => bool({ op: "and", operands });
export const some = (...operands: Expr[]): Expr => bool({ op: "or", operands });
export const compare = (left: Expr, operator: "==" | "!=" | "<" | "<=" | ">" | ">=", right: Expr): Expr =>
  bool({ op: "compare", operator, left, right });
export const equal = (left: Expr, right: Expr): Expr => compare(left, "==", right);
export const isIn = (element: Expr, collection: Expr): Expr => bool({ op: "in", element, collection });
export const choose = (condition: Expr, then: Expr, otherwise: Expr): Expr => make(then.type, { op: "if", condition, then, otherwise });
export const has = (operand: Expr): Expr => bool({ op: "has", operand });
export const orElse = (left: Expr, right: Expr): Expr => make(right.type, { op: "coalesce", left, right });

export const clientIp = make({ kind: "ip" }, { op: "clientIp" });
export const method = make({ kind: "method" }, { op: "method" });
export const header = (name: string): Expr => make(optional(STRING), { op: "header", name });
export const query = (name: string): Expr => make(optional(STRING), { op: "query", name });
export const tag = (name: string): Expr => make(optional(STRING), { op: "tag", name });
export const param = (name: string, type: Type = STRING): Expr => make(type, { op: "param", name });
export const stage = make(STRING, { op: "stage" });
export const byStage = (values: Readonly<Record<string, Expr>>): Expr => {
  const [first] = Object.values(values);
  return make(first?.type ?? BOOL, { op: "stageValue", values });
};
export const network = (name: string): Expr => make({ kind: "network" }, { op: "network", name });
export const blocks = (...cidrs: string[]): Expr => make({ kind: "network" }, { op: "const", value: cidrs });
export const algebra = (left: Expr, operator: "+" | "-" | "&", right: Expr): Expr =>
  make({ kind: "network" }, { op: "networkAlgebra", operator, left, right });
export const inNetwork = (name: string): Expr => isIn(clientIp, network(name));

export const isKnown = bool({ op: "isKnown" });
export const is = (identity: string): Expr => bool({ op: "isIdentity", identity });
export const field = (name: string, type: Type = STRING, identities: readonly string[] = ["Customer", "Service"]): Expr =>
  make(type, { op: "principalField", name, identities });
export const groups = field("groups", GROUPS, ["Customer"]);
export const inGroup = (name: string): Expr => isIn(value(name), groups);
export const body = make({ kind: "record", fields: [{ name: "amount", type: INT }] }, { op: "body" });
export const amount = make(INT, { op: "field", object: body, name: "amount" });
