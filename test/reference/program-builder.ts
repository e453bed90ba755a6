/** Programs by hand, for tests of what a program means: expressions, levels, rules, each in one call. Needs no parser. */
import type { Expr, ExprBody } from "../../compiler/model/expression.ts";
import type {
  AccessStatement,
  Api,
  Backend,
  Gateway,
  Group,
  JwtIdentity,
  Limits,
  Policy,
  Program,
  Route,
  RouteMethod,
  Rule,
  Scope,
  Segment,
  StaticResponse,
} from "../../compiler/model/program.ts";
import type { Type, Value } from "../../compiler/model/types.ts";
import { waiting } from "../harness/waiting.ts";

export const span = { file: "test.gwl", start: 0, end: 0 };
export const BOOL: Type = { kind: "bool" };
export const STRING: Type = { kind: "string" };
export const INT: Type = { kind: "int" };
export const IP: Type = { kind: "ip" };
export const UUID: Type = { kind: "uuid" };
export const NETWORK: Type = { kind: "network" };

export function expr(type: Type, body: ExprBody): Expr {
  return { type, span, ...body };
}
export const constant = (value: Value, type: Type = typeof value === "number" ? INT : typeof value === "boolean" ? BOOL : STRING): Expr =>
  expr(type, { op: "const", value });
export const yes = constant(true);
export const no = constant(false);
export const not = (operand: Expr): Expr => expr(BOOL, { op: "not", operand });
export const and = (...operands: Expr[]): Expr => expr(BOOL, { op: "and", operands });
export const or = (...operands: Expr[]): Expr => expr(BOOL, { op: "or", operands });
export const same = (left: Expr, right: Expr): Expr => expr(BOOL, { op: "compare", operator: "==", left, right });
export const compare = (left: Expr, operator: "==" | "!=" | "<" | "<=" | ">" | ">=", right: Expr): Expr =>
  expr(BOOL, { op: "compare", operator, left, right });
export const isIn = (element: Expr, collection: Expr): Expr => expr(BOOL, { op: "in", element, collection });
export const header = (name: string): Expr => expr({ kind: "optional", type: STRING }, { op: "header", name });
export const query = (name: string): Expr => expr({ kind: "optional", type: STRING }, { op: "query", name });
export const method = expr({ kind: "method" }, { op: "method" });
export const clientIp = expr(IP, { op: "clientIp" });
export const isKnown = expr(BOOL, { op: "isKnown" });
export const principalId = expr(STRING, { op: "principalId" });
export const claim = (name: string, type: Type, ...identities: string[]): Expr => expr(type, { op: "principalField", name, identities });
export const bodyField = (name: string, type: Type): Expr =>
  expr(type, { op: "field", object: expr({ kind: "record", fields: [] }, { op: "body" }), name });
export const blocks = (...cidrs: string[]): Expr => constant(cidrs, NETWORK);
export const parameter = (name: string, type: Type): Expr => expr(type, { op: "param", name });
export const tag = (name: string): Expr => expr(STRING, { op: "tag", name });

export const allow = (site: number, when: Expr = yes): Rule => ({ kind: "rule", site, effect: "allow", when });
export const deny = (site: number, when: Expr = yes, because?: string): Rule => ({
  kind: "rule",
  site,
  effect: "deny",
  when,
  ...(because === undefined ? {} : { because }),
});
export const require = (site: number, when: Expr): Rule => ({ kind: "rule", site, effect: "require", when });
export const open = (site: number): AccessStatement => ({ kind: "public", site, because: "open" });
export const use = (site: number, policy: string, ...args: Expr[]) => ({ kind: "use", site, policy, arguments: args }) as const;
export const apply = (site: number, policy: string, where: Expr, ...args: Expr[]): AccessStatement => ({
  kind: "apply",
  site,
  policy,
  arguments: args,
  where,
});
export const override = (site: number, policy: string, args?: Expr[]): AccessStatement => ({
  kind: "override",
  site,
  policy,
  because: "it is safe here",
  ...(args ? { arguments: args } : {}),
});
export const policy = (name: string, statements: Policy["statements"], rest: Partial<Policy> = {}): Policy => ({
  name,
  parameters: [],
  overridable: false,
  statements,
  span,
  ...rest,
});
export const setHeader = (name: string, value: Expr, on: "request" | "response" = "request") =>
  ({ kind: "setHeader", on, name, value, span }) as const;

export const OK: StaticResponse = { status: 200, headers: [["Content-Type", "text/plain"]], body: "ok" };
export const responds = { kind: "respond", response: OK } as const;
export const backend: Backend = {
  kind: "http",
  name: "b",
  targets: [constant("http://localhost:1")],
  traffic: { timeouts: waiting(1000) },
  span,
};

const SCOPE: Scope = { tags: {}, access: [], transforms: [], span };

/** `/a/{id}/{rest*}`; a parameter's type is given by name, `String` without. */
export function path(text: string, types: Readonly<Record<string, Type>> = {}): readonly Segment[] {
  return text
    .split("/")
    .filter((part) => part !== "")
    .map((part): Segment => {
      const name = part.replace(/[{}*]/g, "");
      if (part.endsWith("*}")) return { kind: "rest", name };
      return part.startsWith("{") ? { kind: "param", name, type: types[name] ?? STRING } : { kind: "literal", text: part };
    });
}

export function route(line: string, rest: Partial<Route> & { readonly types?: Readonly<Record<string, Type>> } = {}): Route {
  const { types = {}, ...parts } = rest;
  const [name = "GET", at = "/"] = line.split(" ");
  const target = { kind: "backend", backend: "b" } as const;
  return { ...SCOPE, level: "route", key: line, method: name as RouteMethod, at: path(at, types), target, ...parts };
}

export const group = (at: string, children: Group["children"], rest: Partial<Group> = {}): Group => ({
  ...SCOPE,
  level: "group",
  at: path(at),
  children,
  ...rest,
});
export const api = (name: string, at: string, children: Api["children"], rest: Partial<Api> = {}): Api => ({
  ...SCOPE,
  level: "api",
  name,
  at: path(at),
  children,
  ...rest,
});

export const LIMITS: Limits = {
  body: 1000,
  headers: 1000,
  headerField: 400,
  target: 200,
  headerCount: 20,
  jsonDepth: 4,
  jsonKeys: 10,
  headerTimeout: 1000,
  bodyTimeout: 1000,
  idleTimeout: 1000,
};

export function gateway(children: Gateway["children"], rest: Partial<Gateway> = {}): Gateway {
  const paths = { trailingSlash: "ignore", dotSegments: "refuse", emptySegments: "refuse", semicolons: "refuse" } as const;
  const listen = constant(8080);
  return {
    ...SCOPE,
    level: "gateway",
    name: "g",
    listen,
    hosts: [],
    trustProxies: [],
    limits: LIMITS,
    paths,
    explainRefusals: false,
    children,
    ...rest,
  };
}

export function program(root: Gateway, rest: Partial<Program> = {}): Program {
  const nothing = {
    inputs: [],
    stages: [],
    environment: [],
    secrets: [],
    networks: [],
    identities: [],
    tags: [],
    policies: [],
    documents: [],
    entries: [],
    sites: [],
    tests: [],
  };
  return { edition: 1, ...nothing, backends: [backend], gateway: root, ...rest };
}

export function jwt(name: string, rest: Partial<JwtIdentity> = {}): JwtIdentity {
  return {
    kind: "jwt",
    name,
    issuer: constant("https://issuer.example"),
    audience: [constant("us")],
    clients: [],
    algorithms: ["ES256"],
    keys: { kind: "static", keys: [] },
    headers: [],
    subject: "sub",
    leeway: 0,
    claims: [],
    span,
    ...rest,
  };
}
