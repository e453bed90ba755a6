import { describe, expect, test } from "vitest";
import { analyze } from "../../compiler/analyze/index.ts";
import { lower } from "../../compiler/lower/index.ts";
import type { Gateway } from "../../compiler/model/program.ts";
import * as e from "../lower/expressions.ts";
import { api, policy, program, type ProgramParts, route, type Said, statements, type Statements } from "../lower/program-builder.ts";

const NETWORKS = { office: ["10.0.0.0/24"], vpn: ["10.0.0.128/25"] };

/** What is found, as `line: message | related lines`; the line is the statement's number. */
function findings(make: (site: Statements) => Omit<ProgramParts, "statements">): readonly string[] {
  const site = statements();
  const made = program({ networks: NETWORKS, ...make(site), statements: site });
  return analyze(made, lower(made)).map(({ span, message, related }) => {
    const lines = related.map((one) => one.span.start / 10).join();
    return `${span.start / 10}: ${message}${lines === "" ? "" : ` | ${lines}`}`;
  });
}
const onRoute = (make: (site: Statements) => Said["access"] & object, said: Said = { accept: [["Customer"], ["Service"]] }) =>
  findings((site) => ({ children: [route("GET /", { ...said, access: make(site) })] }));

describe("rules that decide nothing", () => {
  test("an allow that keeps the allows of a level around out is not to be just removed", () => {
    const helpOf = (around: boolean): string | undefined => {
      const site = statements();
      const own = [site.deny(e.inNetwork("office")), site.allow(e.inNetwork("vpn"))];
      const level = api("a", "/a", { access: around ? [site.isPublic()] : [] }, [route("GET /", { access: own })]);
      const made = program({ networks: NETWORKS, children: [level], statements: site });
      return analyze(made, lower(made)).find(({ code }) => code === "GWL4101")?.help;
    };
    expect(helpOf(true)).toContain("just removed");
    expect(helpOf(false)).toContain("remove it, or");
  });

  test("an allow behind a deny without condition, with the deny", () => {
    expect(onRoute((site) => [site.deny(), site.allow(e.inGroup("a"))])).toEqual(["1: `allow` never allows anything | 0"]);
  });

  test("an allow that a deny of a later phase covers whole", () => {
    expect(
      onRoute((site) => [
        site.allow(e.all(e.is("Customer"), e.has(e.header("x")))),
        site.deny(e.is("Customer")),
        site.allow(e.is("Service")),
      ]),
    ).toEqual(["0: `allow` never allows anything | 1"]);
  });

  test("an allow that several denies cover together, with all of them", () => {
    expect(
      onRoute((site) => [
        site.allow(e.isIn(e.header("x"), e.list("a", "b"))),
        site.deny(e.equal(e.header("x"), e.value("a"))),
        site.deny(e.equal(e.header("x"), e.value("b"))),
        site.allow(e.has(e.header("y"))),
      ]),
    ).toEqual(["0: `allow` never allows anything | 1,2"]);
  });

  test("an allow that holds only where a deny refuses all addresses", () => {
    expect(onRoute((site) => [site.allow(e.inNetwork("vpn")), site.deny(e.inNetwork("office")), site.allow(e.is("Service"))])).toEqual([
      "0: `allow` never decides a call | 1",
    ]);
  });

  test("a deny of a later phase that an earlier one makes moot, and a require likewise", () => {
    const covered = e.equal(e.header("x"), e.value("a"));
    expect(onRoute((site) => [site.deny(covered), site.deny(e.all(covered, e.is("Customer"))), site.allow(e.is("Service"))])).toEqual([
      "1: `deny` never refuses anything | 0",
    ]);
    expect(
      onRoute((site) => [site.deny(covered), site.require(e.some(e.not(covered), e.is("Customer"))), site.allow(e.is("Service"))]),
    ).toEqual(["1: `require` never refuses anything | 0"]);
  });

  test("a condition that is false by what is known: identities, tags, values of one attribute", () => {
    expect(onRoute((site) => [site.allow(e.is("Legacy")), site.allow(e.is("Service"))])).toEqual(["0: `allow` can never be true"]);
    expect(onRoute((site) => [site.allow(), site.deny(e.equal(e.tag("data"), e.value("pii")))])).toEqual(["1: `deny` can never be true"]);
    const both = e.all(e.equal(e.header("x"), e.value("a")), e.equal(e.header("x"), e.value("b")));
    expect(onRoute((site) => [site.allow(), site.deny(both)])).toEqual(["1: `deny` can never be true"]);
  });

  test("an allow that no route takes because nearer ones do", () => {
    expect(
      findings((site) => ({
        gateway: { accept: [["Customer"]], access: [site.allow()] },
        children: [route("GET /a", { access: [site.allow(e.inGroup("a"))] }), route("GET /b", { access: [site.allow(e.inGroup("b"))] })],
      })),
    ).toEqual(["0: `allow` is in force on no route | 0"]);
  });

  test("a use that refuses by two rules is named once", () => {
    const found = findings((site) => {
      const [here, there] = [e.has(e.header("x")), e.not(e.has(e.header("x")))];
      const careful = policy("careful", [], [site.deny(here), site.deny(there)]);
      return { policies: [careful], children: [route("GET /", { access: [site.use("careful"), site.isPublic()] })] };
    });
    expect(found).toEqual(["3: `public` never allows anything | 2"]);
  });

  test("a use that brings nothing is named where it stands; a rule that is dead in every use, once in its policy", () => {
    const group = (site: Statements) =>
      policy("group", [{ name: "name", type: e.STRING }], [site.allow(e.isIn(e.param("name"), e.groups))]);
    const children = (site: Statements, second: Said): Gateway["children"] => [
      route("GET /a", { accept: [["Service"]], access: [site.use("group", e.value("a")), site.allow(e.is("Service"))] }),
      route("GET /b", { ...second, access: [site.use("group", e.value("b")), site.allow(e.is("Service"))] }),
    ];
    const found = (second: Said) => findings((site) => ({ policies: [group(site)], children: children(site, second) }));
    expect(found({ accept: [["Customer"], ["Service"]] })).toEqual(["1: `use group` can never be true"]);
    expect(found({ accept: [["Service"]] })).toEqual(["0: `allow` can never be true"]);
  });
});

describe("what is not said", () => {
  test("rules that are true together decide together: nothing shadows within a phase", () => {
    expect(onRoute((site) => [site.allow(), site.allow(e.inGroup("a")), site.deny(e.inGroup("b")), site.deny(e.inGroup("b"))])).toEqual([]);
  });

  test("a rule that is dead on one route and alive on another", () => {
    expect(
      findings((site) => ({
        gateway: { access: [site.deny(e.is("Legacy"))] },
        children: [
          route("GET /a", { accept: [["Service"]], access: [site.allow()] }),
          route("GET /b", { accept: [["Legacy"], ["Service"]], access: [site.allow()] }),
        ],
      })),
    ).toEqual([]);
  });

  test("a require that always holds", () => {
    expect(onRoute((site) => [site.require(e.isKnown), site.allow()])).toEqual([]);
  });

  test("a deny of an outer level that no route of today fits; without a look at the route it is a mistake", () => {
    const outer = (when: ReturnType<typeof e.is>) =>
      findings((site) => ({
        gateway: { access: [site.deny(when)] },
        children: [route("GET /", { accept: [["Customer"]], access: [site.allow()] })],
      }));
    expect(outer(e.all(e.equal(e.tag("team"), e.value("platform")), e.has(e.header("x"))))).toEqual([]);
    expect(outer(e.is("Legacy"))).toEqual([]);
    const both = e.all(e.equal(e.header("x"), e.value("a")), e.equal(e.header("x"), e.value("b")));
    expect(outer(both)).toEqual(["0: `deny` can never be true"]);
  });

  test("rules about optional values that are compared both ways", () => {
    const [same, other] = [e.equal(e.header("x"), e.value("a")), e.compare(e.header("x"), "!=", e.value("a"))];
    expect(onRoute((site) => [site.deny(same), site.deny(other), site.allow()])).toEqual([]);
  });
});

describe("routes that nobody can reach", () => {
  test("an inherited allow that a deny takes away on one route", () => {
    expect(
      findings((site) => ({
        children: [
          api("shop", "/shop", { accept: [["Customer"], ["Service"]], access: [site.allow(e.is("Customer"))] }, [
            route("GET /open"),
            route("GET /shut", { access: [site.deny(e.is("Customer"))] }),
          ]),
        ],
      })),
    ).toEqual(["0: nobody can reach `GET /shut` | 1"]);
  });

  test("not a route that is closed on purpose, and not twice where the allow is named already", () => {
    expect(
      findings((site) => ({
        children: [
          api("shop", "/shop", { accept: [["Customer"]], access: [site.allow()] }, [
            route("GET /open"),
            route("GET /gone", { access: [site.deny()] }),
          ]),
        ],
      })),
    ).toEqual([]);
    expect(onRoute((site) => [site.allow(e.is("Legacy"))])).toEqual(["0: `allow` can never be true"]);
  });
});
