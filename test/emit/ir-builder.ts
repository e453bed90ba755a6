/** Small IRs by hand: a gateway with what a test names, and everything else as plain as can be. */
import type { Span } from "../../grammar/source/span.ts";
import type { Expr, ExprBody } from "../../compiler/model/expression.ts";
import type { Cell, Ir, IrRoute, IrRule, IrSegment, Node } from "../../compiler/model/ir.ts";
import type { Type, Value } from "../../compiler/model/types.ts";
import { waiting } from "../harness/waiting.ts";

export const bool: Type = { kind: "bool" };
export const int: Type = { kind: "int" };
export const string: Type = { kind: "string" };
export const ip: Type = { kind: "ip" };
export const optional = (type: Type): Type => ({ kind: "optional", type });
export const listOf = (element: Type): Type => ({ kind: "list", element });
export const setOf = (element: Type): Type => ({ kind: "set", element });

export const span = (start = 0, end = start, file = "test.gwl"): Span => ({ file, start, end });
export const expr = (type: Type, body: ExprBody, at: Span = span()): Expr => ({ type, span: at, ...body });
export const constant = (type: Type, value: Value): Expr => expr(type, { op: "const", value });
export const text = (value: string): Expr => constant(string, value);
export const header = (name: string): Expr => expr(optional(string), { op: "header", name });
export const compare = (left: Expr, operator: Extract<ExprBody, { op: "compare" }>["operator"], right: Expr): Expr =>
  expr(bool, { op: "compare", operator, left, right });

export const limits = {
  body: 1000,
  headers: 16_384,
  headerField: 8192,
  target: 8192,
  headerCount: 100,
  jsonDepth: 64,
  jsonKeys: 1000,
  headerTimeout: 10_000,
  bodyTimeout: 30_000,
  idleTimeout: 60_000,
};

const nowhere = { request: 0, principal: 0, body: 0 };
export const cell = (denies: Partial<Cell["denies"]>, allows: Partial<Cell["allows"]>): Cell => ({
  denies: { ...nowhere, ...denies },
  allows: { ...nowhere, ...allows },
});

export function rule(key: string, effect: IrRule["effect"], because?: string): IrRule {
  const sites = key.split("/").map(Number);
  return { key, sites, effect, span: span(), label: `${effect} ${key}`, ...(because === undefined ? {} : { because }) };
}

export function segments(path: string): readonly IrSegment[] {
  return path
    .split("/")
    .filter((part) => part !== "")
    .map((part): IrSegment => {
      const [, name, type = "String"] = /^\{(\w+)(?::(\w+))?\}$/.exec(part) ?? [];
      if (name === undefined) return { kind: "literal", text: part };
      if (type === "Rest") return { kind: "rest", name };
      return { kind: "param", name, type: type === "Int" ? int : type === "Ip" ? ip : string };
    });
}

/** `GET /a/{b:Int}` answered by `respond 200`, its cell 0 for each of two classes, unless said otherwise. */
export function route(key: string, more: Partial<IrRoute> = {}): IrRoute {
  const [method = "GET", path = "/"] = key.split(" ");
  return {
    key,
    method: method as IrRoute["method"],
    path: segments(path),
    span: span(),
    isPublic: false,
    accept: [],
    cellOfClass: [0, 0],
    isPrivate: false,
    entryCells: [],
    singleHeaders: [],
    singleQueries: [],
    readQueries: [],
    target: { kind: "respond", response: { status: 200, headers: [], body: "" } },
    requestHeaders: [],
    responseHeaders: [],
    ...more,
  };
}

/** Class 1: 10.0.0.0/8 and 2001:db8::/32, called `inside`. Node 1 is rule 0, an allow; cell 0 allows by it. */
export function ir(more: Partial<Ir> = {}): Ir {
  const nodes: readonly Node[] = [{ kind: "empty" }, { kind: "rule", rule: 0 }];
  return {
    name: "test",
    inputs: [{ file: "test.gwl", kind: "source", sha256: "00" }],
    stages: [],
    environment: [],
    secrets: [],
    documents: [],
    identities: [],
    backends: [{ kind: "http", name: "orders", targets: [text("http://127.0.0.1:1")], traffic: { timeouts: waiting(1000) }, span: span() }],
    settings: {
      listen: constant(int, 8080),
      hosts: [],
      trustedClasses: [],
      limits,
      paths: { trailingSlash: "ignore", dotSegments: "refuse", emptySegments: "refuse", semicolons: "refuse" },
      explainRefusals: false,
    },
    entries: [],
    routes: [route("GET /")],
    classes: {
      count: 2,
      ipv4: { starts: [0, 0x0a000000, 0x0b000000], classes: [0, 1, 0] },
      ipv6: {
        starts: ["0".repeat(32), `20010db8${"0".repeat(24)}`, `20010db9${"0".repeat(24)}`],
        classes: [0, 1, 0],
      },
      networks: [{ label: "inside", classes: [1] }],
    },
    cells: [cell({}, { request: 1 })],
    nodes,
    predicates: [],
    lookups: [],
    rules: [rule("0", "allow")],
    ...more,
  };
}
