import { describe, expect, test } from "vitest";
import { lower, printIr } from "../../compiler/lower/index.ts";
import type { Ir } from "../../compiler/model/ir.ts";
import * as e from "./expressions.ts";
import { api, policy, program, route, setHeader, statements, type Said } from "./program-builder.ts";

const NETWORKS = { office: ["10.0.0.0/24"], vpn: ["10.0.0.128/25"] };

/** One route, with what it says. */
function lowered(said: (site: ReturnType<typeof statements>) => Said, key = "GET /"): Ir {
  const site = statements();
  return lower(program({ statements: site, networks: NETWORKS, children: [route(key, said(site))] }));
}
const count = (ir: Ir, kind: string): number => ir.nodes.filter((node) => node.kind === kind).length;
const customers: Said = { accept: [["Customer"], ["Service"]] };

/** The longest way from a node to a rule. */
function depth(ir: Ir, number: number): number {
  const node = ir.nodes[number];
  if (node?.kind === "test") return 1 + Math.max(depth(ir, node.then), depth(ir, node.otherwise));
  if (node?.kind === "union") return 1 + Math.max(...node.parts.map((part) => depth(ir, part)));
  if (node?.kind === "lookup") return 1 + Math.max(...(ir.lookups[node.lookup]?.entries ?? []).map(([, entry]) => depth(ir, entry)));
  return 0;
}

describe("a thousand rules cost like one", () => {
  test("a thousand group rules are one test and one lookup", () => {
    const ir = lowered((site) => ({
      ...customers,
      access: Array.from({ length: 1000 }, (_, at) => site.allow(e.all(e.is("Customer"), e.inGroup(`g${at}`)))),
    }));
    expect([count(ir, "test"), count(ir, "lookup"), count(ir, "union"), count(ir, "rule")]).toEqual([1, 1, 0, 1000]);
    expect(ir.lookups[0]?.entries.length).toBe(1000);
    expect(depth(ir, ir.cells[0]?.allows.principal ?? 0)).toBe(2);
  });

  test("two rules for one group share its entry, and a rule for two groups stands at both", () => {
    const ir = lowered((site) => ({
      accept: [["Customer"]],
      access: [site.allow(e.inGroup("a")), site.allow(e.some(e.inGroup("a"), e.inGroup("b"))), site.allow(e.inGroup("c"))],
    }));
    const [lookup] = ir.lookups;
    expect(lookup?.entries.map(([value]) => value)).toEqual(["a", "b", "c"]);
    expect(ir.nodes[lookup?.entries[0]?.[1] ?? 0]).toEqual({ kind: "union", parts: [1, 2] });
  });

  test("denies of a gateway are lowered once for all its routes", () => {
    const size = (routes: number): number => {
      const site = statements();
      const access = Array.from({ length: 200 }, (_, at) => site.deny(e.equal(e.header("x"), e.value(`v${at}`))));
      const children = Array.from({ length: routes }, (_, at) =>
        route(`GET /r${at}`, { access: [site.allow(e.equal(e.header("y"), e.value(`${at}`)))] }),
      );
      const ir = lower(program({ statements: site, gateway: { access }, children }));
      return ir.nodes.length + ir.lookups.reduce((sum, { entries }) => sum + entries.length, 0);
    };
    expect(size(101) - size(100)).toBeLessThan(5);
  });

  test("values of one attribute and something else otherwise: one question, not one after the other", () => {
    const ir = lowered((site) => ({ access: [site.deny(e.not(e.isIn(e.header("x"), e.list("a", "b", "c"))))] }));
    expect(ir.nodes).toEqual([{ kind: "empty" }, { kind: "rule", rule: 0 }, { kind: "test", predicate: 0, then: 0, otherwise: 1 }]);
    expect(ir.predicates[0]?.expr).toMatchObject({ op: "in", collection: { op: "const", value: ["a", "b", "c"] } });
  });

  test("a condition that would grow without measure is one question", () => {
    const pairs = Array.from({ length: 24 }, (_, at) => at + 10).map((at) =>
      e.all(e.equal(e.header(`a${at}`), e.value("1")), e.equal(e.header(`b${at}`), e.value("1"))),
    );
    const ir = lowered((site) => ({ access: [site.deny(e.some(...pairs))] }));
    expect([ir.nodes.length, ir.predicates.length]).toEqual([3, 1]);
  });
});

describe("absent operands", () => {
  test("`!=` is a question of its own where an operand may be absent, and the negation of `==` where not", () => {
    const predicates = (subject: typeof e.method, type: typeof e.STRING) =>
      lowered(
        (site) => ({
          access: [site.deny(e.equal(subject, e.value("GET", type))), site.deny(e.compare(subject, "!=", e.value("GET", type)))],
        }),
        "ANY /",
      ).predicates.length;
    expect([predicates(e.header("x"), e.STRING), predicates(e.method, { kind: "method" })]).toEqual([2, 1]);
  });

  test("a principal that the route cannot have is absent", () => {
    const ir = lowered((site) => ({
      accept: [["Service"]],
      access: [site.allow(e.is("Customer")), site.allow(e.inGroup("a")), site.allow(e.is("Service"))],
    }));
    expect(ir.cells).toEqual([{ denies: { request: 0, principal: 0, body: 0 }, allows: { request: 0, principal: 1, body: 0 } }]);
    expect(ir.rules.length).toBe(3);
  });
});

describe("networks", () => {
  test("what a network decides is not asked again, and algebra is cut away", () => {
    const ir = lowered((site) => ({
      access: [
        site.allow(e.isIn(e.clientIp, e.algebra(e.network("office"), "-", e.network("vpn")))),
        site.deny(e.not(e.inNetwork("office"))),
      ],
    }));
    expect(ir.predicates).toEqual([]);
    expect(ir.classes.networks.map(({ label }) => label)).toEqual(["office", "vpn"]);
    expect(ir.routes[0]?.cellOfClass).toEqual([0, 1, 2]);
    expect(ir.cells[0]).toEqual({ denies: { request: 1, principal: 0, body: 0 }, allows: { request: 0, principal: 0, body: 0 } });
  });

  test("another address than the client's is asked at run time, in a network by its label", () => {
    const address = e.make({ kind: "ip" }, { op: "pathParam", name: "ip" });
    const ir = lowered((site) => ({ access: [site.allow(e.isIn(address, e.blocks("192.0.2.0/24")))] }));
    expect(ir.predicates[0]?.expr).toMatchObject({ op: "in", collection: { op: "network", name: "192.0.2.0/24" } });
    expect(ir.classes.networks).toEqual([{ label: "192.0.2.0/24", classes: [1] }]);
  });

  test("trusted proxies are classes", () => {
    const site = statements();
    const trustProxies = [e.algebra(e.network("office"), "&", e.network("vpn"))];
    const ir = lower(
      program({
        statements: site,
        networks: NETWORKS,
        gateway: { trustProxies },
        children: [route("GET /", { access: [site.isPublic()] })],
      }),
    );
    expect(ir.settings.trustedClasses).toEqual([2]);
  });
});

describe("levels", () => {
  test("allows come from the nearest level, denies from all, and sites lead from the use to the rule", () => {
    const site = statements();
    const nested = policy("outer", [], [site.use("inner", e.value("a"))]);
    const inner = policy("inner", [{ name: "name", type: e.STRING }], [site.allow(e.isIn(e.param("name"), e.groups))]);
    const children = [route("GET /own", { access: [site.use("outer"), site.deny(e.inGroup("x"))] }), route("GET /inherits")];
    const ir = lower(
      program({
        statements: site,
        policies: [nested, inner],
        gateway: { ...customers, access: [site.allow(), site.deny(e.inGroup("y"))] },
        children,
      }),
    );
    expect(ir.rules.map(({ key, effect }) => `${key} ${effect}`)).toEqual(["5 deny", "3 deny", "2/0/1 allow", "4 allow"]);
  });

  test("an override lifts what its policy brought further out, and only with its arguments if it gives any", () => {
    const site = statements();
    const inside = policy(
      "inside",
      [{ name: "net", type: { kind: "network" } }],
      [site.deny(e.not(e.isIn(e.clientIp, e.param("net", { kind: "network" }))))],
      true,
    );
    const office = e.network("office");
    const gateway = { ...customers, access: [site.allow(), site.use("inside", office), site.use("inside", e.network("vpn"))] };
    const children = [
      route("GET /all", { access: [site.override("inside")] }),
      route("GET /one", { access: [site.override("inside", [office]), site.use("inside", office)] }),
    ];
    const ir = lower(program({ statements: site, networks: NETWORKS, policies: [inside], gateway, children }));
    const reach = (key: string) => ir.routes.find((one) => one.key === key)?.cellOfClass.map((cell) => ir.cells[cell]?.denies.request);
    expect(reach("GET /all")).toEqual([0, 0, 0]);
    expect(new Set(reach("GET /one")).size).toBe(3);
    expect(ir.rules.map(({ key }) => key).sort()).toEqual(["1", "3/0", "6/0"]);
  });

  test("an `apply` on an ANY route holds for the methods that it names", () => {
    const site = statements();
    const strict = policy("strict", [], [site.require(e.has(e.header("x")))]);
    const where = e.compare(e.method, "!=", e.value("GET", { kind: "method" }));
    const gateway = { access: [site.apply("strict", where), site.allow(e.has(e.header("y")))] };
    const keys = ["ANY /any", "GET /get", "POST /post"];
    const ir = lower(program({ statements: site, policies: [strict], gateway, children: keys.map((key) => route(key)) }));
    const root = (key: string) => {
      const found = ir.routes.find((one) => one.key === key);
      const node = ir.nodes[ir.cells[found?.cellOfClass[0] ?? 0]?.denies.request ?? 0];
      return node?.kind === "test" ? ir.predicates[node.predicate]?.expr : node?.kind;
    };
    expect(root("GET /get")).toBe("empty");
    expect(root("POST /post")).toMatchObject({ op: "has" });
    expect(root("ANY /any")).toMatchObject({ op: "compare", operator: "==", left: { op: "method" } });
  });

  test("a public route asks for no identity, and its rules see none", () => {
    const ir = lowered((site) => ({ ...customers, access: [site.isPublic(), site.deny(e.isKnown)] }));
    expect(ir.routes[0]).toMatchObject({ isPublic: true, accept: [] });
    expect(ir.cells[0]?.denies.principal).toBe(0);
  });

  test("what an allow reads of the body counts even where the allow cannot hold", () => {
    const ir = lowered((site) => ({ access: [site.allow(e.all(e.FALSE, e.compare(e.amount, "<", e.value(3))))] }));
    expect(ir.nodes[ir.cells[0]?.allows.body ?? 0]).toEqual({ kind: "union", parts: [] });
  });
});

describe("routes", () => {
  test("names read once are those of the rules and transforms in effect", () => {
    const site = statements();
    const gateway: Said = {
      access: [site.allow(e.has(e.header("cut-off"))), site.deny(e.all(e.FALSE, e.has(e.header("x-deny"))))],
      transforms: [setHeader("request", "x-out", e.header("x-in")), setHeader("response", "x-far", e.query("far"))],
    };
    const queries = e.make({ kind: "list", element: e.STRING }, { op: "queries", name: "many" });
    const own: Said = {
      access: [site.allow(e.isIn(e.value("a"), queries))],
      transforms: [setHeader("response", "x-far", e.query("near"))],
    };
    const ir = lower(program({ statements: site, gateway, children: [api("shop", "/shop", {}, [route("GET /a", own)], 3)] }));
    expect(ir.routes[0]).toMatchObject({
      api: "shop",
      version: 3,
      path: [{ text: "shop" }, { text: "a" }],
      singleHeaders: ["x-deny", "x-in"],
      singleQueries: ["near"],
      readQueries: ["many", "near"],
      requestHeaders: [{ name: "x-out" }],
      responseHeaders: [{ name: "x-far", value: { op: "query", name: "near" } }],
    });
  });

  test("facts of the route are filled into conditions and set headers", () => {
    const site = statements();
    const said: Said = {
      tags: { team: "shop" },
      access: [site.allow(e.equal(e.tag("team"), e.value("shop"))), site.allow(e.equal(e.tag("data"), e.value("pii")))],
      transforms: [setHeader("request", "x-method", e.make(e.STRING, { op: "text", subject: e.method }))],
    };
    const ir = lower(program({ statements: site, children: [route("GET /", said)] }));
    expect(ir.nodes).toEqual([{ kind: "empty" }, { kind: "rule", rule: 0 }]);
    expect(ir.routes[0]?.requestHeaders[0]?.value).toMatchObject({ op: "const", value: "GET" });
  });

  test("the printed IR is the same for the same program, and JSON", () => {
    const make = () => lowered((site) => ({ ...customers, access: [site.allow(e.inGroup("a")), site.deny(e.inNetwork("vpn"))] }));
    expect(printIr(make())).toBe(printIr(make()));
    expect(JSON.parse(printIr(make()))).toEqual(JSON.parse(JSON.stringify(make())));
  });
});
