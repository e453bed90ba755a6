/** Programs by hand, in the shape that the checker gives. Sites are counted in the order in which statements are made. */
import type { Expr } from "../../compiler/model/expression.ts";
import type {
  AccessStatement,
  Api,
  Gateway,
  Group,
  Identity,
  Override,
  Policy,
  Program,
  Route,
  RouteMethod,
  Rule,
  Scope,
  Segment,
  Site,
  Transform,
  Use,
} from "../../compiler/model/program.ts";
import { SPAN, STRING, TRUE, value } from "./expressions.ts";

export type Said = Partial<Pick<Scope, "accept" | "tags" | "access" | "transforms">>;

const LIMITS = {
  body: 1024,
  headers: 1024,
  headerField: 1024,
  target: 1024,
  headerCount: 64,
  jsonDepth: 8,
  jsonKeys: 64,
  headerTimeout: 1000,
  bodyTimeout: 1000,
  idleTimeout: 1000,
};

/** Statements with sites of one program. */
export function statements() {
  const sites: Site[] = [];
  const site = (kind: Site["kind"], label: string): number =>
    sites.push({ kind, label, span: { file: "test.gwl", start: sites.length * 10, end: sites.length * 10 + 9 } }) - 1;
  const rule = (effect: Rule["effect"], when: Expr, label: string): Rule => ({ kind: "rule", site: site("rule", label), effect, when });
  return {
    sites,
    allow: (when: Expr = TRUE, label = "allow") => rule("allow", when, label),
    deny: (when: Expr = TRUE, label = "deny") => rule("deny", when, label),
    require: (when: Expr, label = "require") => rule("require", when, label),
    isPublic: (): AccessStatement => ({ kind: "public", site: site("public", "public"), because: "test" }),
    use: (policy: string, ...args: Expr[]): Use => ({ kind: "use", site: site("use", `use ${policy}`), policy, arguments: args }),
    apply: (policy: string, where: Expr, ...args: Expr[]): AccessStatement => ({
      kind: "apply",
      site: site("apply", `apply ${policy}`),
      policy,
      arguments: args,
      where,
    }),
    override: (policy: string, args?: Expr[]): Override => ({
      kind: "override",
      site: site("override", `override ${policy}`),
      policy,
      ...(args ? { arguments: args } : {}),
      because: "test",
    }),
  };
}
export type Statements = ReturnType<typeof statements>;

export function policy(name: string, parameters: Policy["parameters"], body: readonly (Rule | Use)[], overridable = false): Policy {
  return { name, parameters, overridable, statements: body, span: SPAN };
}

export function route(key: string, said: Said = {}, more: Partial<Pick<Route, "body" | "target">> = {}): Route {
  const [method, path = "/"] = key.split(" ");
  return {
    level: "route",
    key,
    method: method as RouteMethod,
    at: segments(path),
    target: { kind: "respond", response: { status: 200, headers: [], body: "" } },
    ...more,
    ...scope(said),
  };
}

export function api(name: string, at: string, said: Said, children: Api["children"], version?: number): Api {
  return { level: "api", name, at: segments(at), children, ...(version === undefined ? {} : { version }), ...scope(said) };
}

export function group(at: string, said: Said, children: Group["children"]): Group {
  return { level: "group", at: segments(at), children, ...scope(said) };
}

export type ProgramParts = {
  readonly statements: Statements;
  readonly networks?: Readonly<Record<string, readonly string[]>>;
  readonly policies?: readonly Policy[];
  readonly gateway?: Said & Partial<Pick<Gateway, "trustProxies">>;
  readonly stages?: readonly string[];
  readonly children: Gateway["children"];
};

export function program({
  statements: { sites },
  networks = {},
  policies = [],
  gateway = {},
  stages = [],
  children,
}: ProgramParts): Program {
  return {
    edition: 1,
    inputs: [],
    stages,
    environment: [],
    secrets: [],
    networks: Object.entries(networks).map(([name, cidrs]) => ({ name, cidrs, span: SPAN })),
    identities: ["Customer", "Service", "Legacy"].map(identity),
    backends: [],
    tags: [],
    policies,
    documents: [],
    entries: [],
    gateway: {
      level: "gateway",
      name: "test",
      listen: value(8080),
      hosts: [],
      trustProxies: gateway.trustProxies ?? [],
      limits: LIMITS,
      paths: { trailingSlash: "ignore", dotSegments: "refuse", emptySegments: "refuse", semicolons: "refuse" },
      explainRefusals: false,
      children,
      ...scope(gateway),
    },
    sites,
    tests: [],
  };
}

export function setHeader(on: Transform["on"], name: string, headerValue: Expr): Transform {
  return { kind: "setHeader", on, name, value: headerValue, span: SPAN };
}

function scope({ accept, tags = {}, access = [], transforms = [] }: Said): Scope {
  return { ...(accept ? { accept } : {}), tags, access, transforms, span: SPAN };
}

function segments(path: string): readonly Segment[] {
  return path
    .split("/")
    .filter((text) => text !== "")
    .map((text): Segment => (text.startsWith("{") ? { kind: "param", name: text.slice(1, -1), type: STRING } : { kind: "literal", text }));
}

function identity(name: string): Identity {
  return {
    kind: "jwt",
    name,
    issuer: value(`https://${name}`),
    audience: [value("test")],
    clients: [],
    algorithms: ["HS256"],
    keys: { kind: "secret", secret: "KEY" },
    headers: [],
    subject: "sub",
    leeway: 0,
    claims: [],
    span: SPAN,
  };
}
