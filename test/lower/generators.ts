/** Programs and calls in which all that lowering treats apart comes up often: few names, so that rules meet the same questions. */
import fc from "fast-check";
import type { Expr } from "../../compiler/model/expression.ts";
import type { AccessStatement, Gateway, Policy, Program, Rule } from "../../compiler/model/program.ts";
import type { Value } from "../../compiler/model/types.ts";
import * as e from "./expressions.ts";
import { api, group, policy, program, route, statements, type Said, type Statements } from "./program-builder.ts";

const NETWORKS = {
  office: ["10.0.0.0/24", "2001:db8::/32"],
  vpn: ["10.0.0.128/25"],
  world: ["0.0.0.0/0"],
  lab: ["192.0.2.0/30", "10.0.0.200/32"],
};
const names = fc.constantFrom("a", "b", "c");
const networkName = fc.constantFrom("office", "vpn", "world", "lab");

const role = e.field("role", e.optional(e.STRING), ["Customer", "Service"]);
const level = e.field("level", e.INT, ["Customer"]);
const mfa = e.field("mfa", e.BOOL, ["Customer"]);

const networks: fc.Arbitrary<Expr> = fc.letrec<{ net: Expr }>((tie) => ({
  net: fc.oneof(
    { maxDepth: 2 },
    networkName.map(e.network),
    fc.constant(e.blocks("10.0.0.0/25", "198.51.100.0/24")),
    fc.tuple(tie("net"), fc.constantFrom("+" as const, "-" as const, "&" as const), tie("net")).map(([a, op, b]) => e.algebra(a, op, b)),
    fc.tuple(tie("net"), tie("net")).map(([a, b]) => e.byStage({ dev: a, prod: b })),
    fc.tuple(names, tie("net"), tie("net")).map(([name, a, b]) => e.choose(e.equal(e.header("x"), e.value(name)), a, b)),
  ),
})).net;

const requestQuestions: readonly fc.Arbitrary<Expr>[] = [
  networks.map((net) => e.isIn(e.clientIp, net)),
  names.map((name) => e.equal(e.header("x"), e.value(name))),
  names.map((name) => e.equal(e.value(name), e.header("x"))),
  names.map((name) => e.compare(e.header("x"), "!=", e.value(name))),
  fc.uniqueArray(names, { minLength: 1 }).map((some) => e.isIn(e.header("y"), e.list(...some))),
  fc.constant(e.has(e.header("y"))),
  names.map((name) => e.equal(e.orElse(e.header("y"), e.value("a")), e.value(name))),
  fc.constant(e.equal(e.header("x"), e.header("y"))),
  fc.constantFrom("GET", "POST", "PUT").map((method) => e.equal(e.method, e.value(method, { kind: "method" }))),
  fc.constantFrom("GET", "POST").map((method) => e.compare(e.method, "!=", e.value(method, { kind: "method" }))),
  fc.constantFrom("dev", "prod").map((stage) => e.equal(e.stage, e.value(stage))),
  names.map((name) => e.equal(e.tag("team"), e.value(name))),
  names.map((name) => e.equal(e.header("x"), e.byStage({ dev: e.value(name), prod: e.value("c") }))),
  fc.constant(e.isIn(e.header("x"), e.list(...Array.from({ length: 300 }, (_, at) => `v${at}`), "b"))),
  fc.constantFrom(e.TRUE, e.FALSE),
];
const principalQuestions: readonly fc.Arbitrary<Expr>[] = [
  fc.constantFrom("Customer", "Service", "Legacy").map(e.is),
  fc.constant(e.isKnown),
  names.map(e.inGroup),
  names.map((name) => e.equal(role, e.value(name))),
  names.map((name) => e.compare(role, "!=", e.value(name))),
  fc.uniqueArray(names, { minLength: 1 }).map((some) => e.isIn(role, e.list(...some))),
  fc.nat(3).map((number) => e.compare(level, "<=", e.value(number))),
  fc.nat(3).map((number) => e.equal(level, e.value(number))),
  fc.constant(mfa),
  fc.boolean().map((value) => e.equal(mfa, e.value(value))),
];
const bodyQuestions: readonly fc.Arbitrary<Expr>[] = [
  fc.nat(3).map((number) => e.compare(e.amount, ">", e.value(number))),
  fc.nat(3).map((number) => e.equal(e.amount, e.value(number))),
];

type Tie = (name: "condition") => fc.Arbitrary<Expr>;

function conditions(
  questions: readonly fc.Arbitrary<Expr>[],
  more: (tie: Tie) => readonly fc.Arbitrary<Expr>[] = () => [],
): fc.Arbitrary<Expr> {
  return fc.letrec<{ condition: Expr }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: fc.oneof(...questions) },
      { weight: 1, arbitrary: tie("condition").map(e.not) },
      { weight: 2, arbitrary: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((parts) => e.all(...parts)) },
      { weight: 2, arbitrary: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((parts) => e.some(...parts)) },
      { weight: 1, arbitrary: fc.tuple(tie("condition"), tie("condition"), tie("condition")).map(([a, b, c]) => e.choose(a, b, c)) },
      ...more(tie).map((arbitrary) => ({ weight: 1, arbitrary })),
    ),
  })).condition;
}

const staged = (tie: Tie): readonly fc.Arbitrary<Expr>[] => [
  fc.tuple(tie("condition"), tie("condition")).map(([a, b]) => e.byStage({ dev: a, prod: b })),
];

export const anyCondition = fc.oneof(
  conditions(requestQuestions, staged),
  conditions([...requestQuestions, ...principalQuestions], staged),
  conditions([...requestQuestions, ...principalQuestions, ...bodyQuestions], staged),
);
const selectors = conditions([
  fc.constantFrom("GET", "POST").map((method) => e.equal(e.method, e.value(method, { kind: "method" }))),
  names.map((name) => e.equal(e.tag("team"), e.value(name))),
]);

type Draft = (site: Statements) => AccessStatement;
type RuleDraft = (site: Statements) => Rule;

const ruleDraft: fc.Arbitrary<RuleDraft> = fc
  .tuple(fc.constantFrom("allow" as const, "allow" as const, "deny" as const, "require" as const), anyCondition)
  .map(
    ([effect, when]) =>
      (site) =>
        site[effect](when),
  );
const text = names.map((name) => e.value(name));
const statementDraft: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 5, arbitrary: ruleDraft },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom("p", "q"), text).map(
      ([name, given]): Draft =>
        (site) =>
          site.use(name, given),
    ),
  },
  {
    weight: 1,
    arbitrary: networks.map(
      (net): Draft =>
        (site) =>
          site.use("inside", net),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom("p", "q"), text, selectors).map(
      ([name, given, where]): Draft =>
        (site) =>
          site.apply(name, where, given),
    ),
  },
);
const innerDraft: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 8, arbitrary: statementDraft },
  { weight: 1, arbitrary: fc.constant<Draft>((site) => site.isPublic()) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom("p", "q", "inside"), fc.option(text)).map(
      ([name, given]): Draft =>
        (site) =>
          site.override(name, given && name !== "inside" ? [given] : undefined),
    ),
  },
);

/** No caller holds another one whole. */
const anyAccept = fc
  .uniqueArray(fc.constantFrom<string[]>(["Customer"], ["Service"], ["Legacy"], ["Customer", "Service"], ["Service", "Legacy"]), {
    minLength: 1,
    maxLength: 3,
  })
  .map((callers) => callers.filter((caller) => !callers.some((other) => other !== caller && other.every((name) => caller.includes(name)))));

const saidBy = (draft: fc.Arbitrary<Draft>): fc.Arbitrary<(site: Statements) => Said> =>
  fc
    .record({
      accept: fc.option(anyAccept),
      tags: fc.option(names.map((team) => ({ team }))),
      drafts: fc.array(draft, { maxLength: 4 }),
    })
    .map(({ accept, tags, drafts }) => (site) => ({
      ...(accept ? { accept } : {}),
      ...(tags ? { tags } : {}),
      access: drafts.map((make) => make(site)),
    }));

const policiesOf = (first: readonly RuleDraft[], second: readonly RuleDraft[], site: Statements): Policy[] => {
  const name = [{ name: "name", type: e.STRING }];
  const withName = (rule: Rule): Rule => ({ ...rule, when: e.some(rule.when, e.equal(e.header("x"), e.param("name"))) });
  return [
    policy("p", name, [...first.map((make) => withName(make(site))), site.use("q", e.param("name"))], true),
    policy("q", name, [site.allow(e.isIn(e.param("name"), e.groups)), ...second.map((make) => make(site))], true),
    policy(
      "inside",
      [{ name: "net", type: { kind: "network" } }],
      [site.deny(e.not(e.isIn(e.clientIp, e.param("net", { kind: "network" }))))],
      true,
    ),
  ];
};

export const anyProgram: fc.Arbitrary<Program> = fc
  .record({
    first: fc.array(ruleDraft, { maxLength: 2 }),
    second: fc.array(ruleDraft, { maxLength: 2 }),
    gateway: saidBy(statementDraft),
    api: saidBy(innerDraft),
    group: saidBy(innerDraft),
    routes: fc.array(fc.tuple(fc.constantFrom("GET", "POST", "ANY", "HEAD"), saidBy(innerDraft)), { minLength: 1, maxLength: 3 }),
  })
  .map((drawn) => {
    const site = statements();
    const routes = drawn.routes.map(([method, said], at) => route(`${method} /r${at}`, said(site)));
    const [first, ...others] = routes;
    const children: Gateway["children"] = [
      ...others.slice(1),
      api("shop", "/shop", drawn.api(site), [...(first ? [first] : []), group("/g", drawn.group(site), others.slice(0, 1))], 2),
    ];
    return program({
      statements: site,
      networks: NETWORKS,
      policies: policiesOf(drawn.first, drawn.second, site),
      gateway: drawn.gateway(site),
      stages: ["dev", "prod"],
      children,
    });
  });

export type Call = {
  readonly client: string;
  readonly method: string;
  readonly stage: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly identity: number;
  readonly claims: Readonly<Record<string, Value>>;
  readonly body: Value;
};

const CLIENTS = [
  "10.0.0.1",
  "10.0.0.127",
  "10.0.0.128",
  "10.0.0.200",
  "10.0.1.0",
  "192.0.2.3",
  "192.0.2.4",
  "198.51.100.7",
  "2001:db8::1",
  "2001:db9::",
  "::",
];

export const anyCall: fc.Arbitrary<Call> = fc.record({
  client: fc.constantFrom(...CLIENTS),
  method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
  stage: fc.constantFrom("dev", "prod"),
  fields: fc
    .record({ x: names, y: names }, { requiredKeys: [] })
    .map((fields) => Object.entries(fields).map(([name, text]) => [name, text] as const)),
  identity: fc.nat(2),
  claims: fc.record(
    { role: names, groups: fc.uniqueArray(names), level: fc.nat(4), mfa: fc.boolean() },
    { requiredKeys: ["groups", "level", "mfa"] },
  ),
  body: fc.record({ amount: fc.nat(4) }),
});
