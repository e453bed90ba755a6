/** The decision rule, levels, `use`, `apply`, `override`: D6, D7, D9, D24, D50 to D52, sentence by sentence. */
import { expect, test } from "vitest";
import type { Policy, Program } from "../../compiler/model/program.ts";
import { ask, verdict, type Asked } from "./ask.ts";
import {
  allow,
  api,
  apply,
  blocks,
  clientIp,
  constant,
  deny,
  gateway,
  group,
  header,
  isIn,
  isKnown,
  jwt,
  method,
  NETWORK,
  no,
  not,
  open,
  or,
  override,
  parameter,
  policy,
  program,
  require,
  route,
  same,
  STRING,
  tag,
  use,
  yes,
} from "./program-builder.ts";

const onRoute = (...access: Policy["statements"]): Program => program(gateway([route("GET /", { access })]));

test.each<[string, Program, string]>([
  ["no true allow: denied by default", onRoute(allow(1, no)), "deny default"],
  ["a true allow allows", onRoute(allow(1)), "allow rule 1"],
  ["all true allows are determining", onRoute(allow(2), allow(1), allow(3, no)), "allow rule 1,2"],
  ["rules sort as strings", onRoute(allow(9), allow(10)), "allow rule 10,9"],
  ["a true deny beats an allow", onRoute(allow(1), deny(2)), "deny rule 2"],
  ["a false deny is silent", onRoute(allow(1), deny(2, no)), "allow rule 1"],
  ["a false require denies", onRoute(allow(1), require(2, no)), "deny rule 2"],
  ["a true require alone does not allow", onRoute(allow(1, no), require(2, yes)), "deny default"],
  ["denies and requires of a phase are all determining", onRoute(deny(3), require(1, no), deny(2, no), allow(4)), "deny rule 1,3"],
])("%s", async (_, root, expected) => {
  expect(await verdict(root, "GET /")).toBe(expected);
});

const levels = (outer: Parameters<typeof gateway>[1], middle: object, inner: object): Program =>
  program(gateway([api("a", "/a", [group("/g", [route("GET /", inner)], middle)])], outer), {
    policies: [
      policy("gate", [deny(50, not(isIn(clientIp, parameter("net", NETWORK))), "outside")], {
        parameters: [{ name: "net", type: NETWORK }],
        overridable: true,
      }),
      policy("strict", [deny(60)]),
      policy("member", [allow(70, same(header("x"), parameter("name", STRING))), deny(71, no)], {
        parameters: [{ name: "name", type: STRING }],
      }),
      policy("outer", [use(80, "gate", parameter("wide", NETWORK)), allow(81, no)], { parameters: [{ name: "wide", type: NETWORK }] }),
    ],
  });
const NOWHERE = blocks("203.0.113.0/24");
const OTHER = blocks("198.51.100.0/24");

test.each<[string, Program, string]>([
  ["denies of all levels count", levels({ access: [deny(1)] }, { access: [deny(2)] }, { access: [allow(3), deny(4)] }), "deny rule 1,2,4"],
  ["allows come from the nearest level", levels({ access: [allow(1)] }, { access: [allow(2, no)] }, {}), "deny default"],
  ["without allows nearer, the outer ones count", levels({ access: [allow(1)] }, {}, { access: [deny(2, no)] }), "allow rule 1"],
  [
    "a use that allows cuts off outer allows",
    levels({ access: [allow(1)] }, {}, { access: [use(2, "member", constant("u"))] }),
    "deny default",
  ],
  [
    "a use that only denies does not",
    levels({ access: [allow(1)] }, {}, { access: [use(2, "gate", blocks("192.0.2.0/24"))] }),
    "allow rule 1",
  ],
  ["a policy's allow is allowed by use and rule", levels({}, {}, { access: [use(2, "member", constant("v"))] }), "allow rule 2/70"],
  ["public is an allow with its own site", levels({}, { access: [open(5)] }, {}), "allow rule 5"],
  ["a deny stands beside public", levels({ access: [deny(1)] }, { access: [open(5)] }, {}), "deny rule 1"],
  ["a nested use has a path of three", levels({ access: [use(1, "outer", NOWHERE), allow(2)] }, {}, {}), "deny rule 1/80/50"],
  [
    "an override lifts what outer levels bring",
    levels({ access: [use(1, "gate", NOWHERE)] }, { access: [override(2, "gate")] }, { access: [allow(3)] }),
    "allow rule 3",
  ],
  [
    "also inside another policy",
    levels({ access: [use(1, "outer", NOWHERE)] }, {}, { access: [override(2, "gate"), allow(3)] }),
    "allow rule 3",
  ],
  [
    "but not at its own level",
    levels({}, { access: [use(1, "gate", NOWHERE), override(2, "gate")] }, { access: [allow(3)] }),
    "deny rule 1/50",
  ],
  ["nor at a deeper one", levels({}, { access: [override(2, "gate")] }, { access: [use(1, "gate", NOWHERE), allow(3)] }), "deny rule 1/50"],
  [
    "nor a policy that is not overridable",
    levels({ access: [use(1, "strict")] }, {}, { access: [override(2, "strict"), allow(3)] }),
    "deny rule 1/60",
  ],
  [
    "with arguments it lifts that use",
    levels({ access: [use(1, "gate", NOWHERE), use(4, "gate", OTHER)] }, {}, { access: [override(2, "gate", [OTHER]), allow(3)] }),
    "deny rule 1/50",
  ],
  [
    "parameters replaced",
    levels({ access: [use(1, "outer", NOWHERE)] }, {}, { access: [override(2, "gate", [NOWHERE]), allow(3)] }),
    "allow rule 3",
  ],
  [
    "an override does not touch allows",
    levels({ access: [use(1, "member", constant("v"))] }, {}, { access: [override(2, "member")] }),
    "allow rule 1/70",
  ],
])("%s", async (_, root, expected) => {
  expect(await verdict(root, "GET /a/g", { headers: [["X", "v"]] })).toBe(expected);
});

test("an apply selects routes below by tags of the nearest level, and by route facts", async () => {
  const fact = { type: STRING, span: { file: "", start: 0, end: 0 }, op: "routeFact", fact: "api" } as const;
  const pii = same(tag("data"), constant("pii"));
  const root = program(
    gateway(
      [api("a", "/a", [route("GET /x"), route("GET /y", { tags: { data: "public" } })], { tags: { data: "pii" } }), route("GET /z")],
      {
        access: [allow(0), apply(1, "strict", pii), apply(2, "strict", same(fact, constant("a")))],
      },
    ),
    { policies: [policy("strict", [deny(60)])] },
  );
  expect(await verdict(root, "GET /a/x")).toBe("deny rule 1/60,2/60");
  expect(await verdict(root, "GET /a/y")).toBe("deny rule 2/60");
  expect(await verdict(root, "GET /z")).toBe("allow rule 0");
});

test("an apply that names the method is asked for each call of an ANY route", async () => {
  const root = program(
    gateway([route("ANY /any"), route("GET /get"), route("POST /post")], {
      access: [allow(0), apply(1, "strict", not(same(method, constant("GET")))), apply(2, "needs", same(method, constant("PUT")))],
    }),
    { policies: [policy("strict", [deny(60)]), policy("needs", [require(61, no)])] },
  );
  const verdicts = await Promise.all(
    ["GET /any", "HEAD /any", "POST /any", "PUT /any", "GET /get", "POST /post"].map((line) => verdict(root, line)),
  );
  expect(verdicts).toEqual(["allow rule 0", "allow rule 0", "deny rule 1/60", "deny rule 1/60,2/61", "allow rule 0", "deny rule 1/60"]);
});

test("what an applied allow does not select on an ANY route is not opened by an outer level", async () => {
  const root = program(
    gateway([group("/g", [route("ANY /")], { access: [apply(1, "opens", same(method, constant("GET")))] })], { access: [allow(0)] }),
    { policies: [policy("opens", [allow(60)])] },
  );
  expect(await verdict(root, "GET /g")).toBe("allow rule 1/60");
  expect(await verdict(root, "POST /g")).toBe("deny default");
});

test("an allow that reads the caller of a public route sees none", async () => {
  const root = program(
    gateway([route("GET /", { access: [open(1)] })], { access: [deny(2, isKnown), require(3, or(isKnown, yes))], accept: [["A"]] }),
    {
      identities: [jwt("A")],
    },
  );
  const asked: Asked = { headers: [["Authorization", "Bearer x"]] };
  expect(await verdict(root, "GET /", asked)).toBe("allow rule 1");
});

test("refusals explain themselves only where the gateway says so: each reason once, in the order of the rules", async () => {
  const access = [deny(1, yes, "b"), deny(10, yes, "a"), deny(2, yes, "b"), deny(3)];
  const body = async (explainRefusals: boolean): Promise<string> => {
    const { answer } = await ask(program(gateway([route("GET /", { access })], { explainRefusals })), "GET /");
    return answer.kind === "local" ? answer.body : "";
  };
  expect(await body(true)).toBe('{"type":"urn:gwl:refusal:rule","title":"Forbidden","status":403,"detail":"b; a"}');
  expect(await body(false)).toBe('{"type":"urn:gwl:refusal:rule","title":"Forbidden","status":403}');
});
