import { describe, expect, test } from "vitest";
import { addressInClass, whoMayCall } from "../../compiler/analyze/index.ts";
import { lower } from "../../compiler/lower/index.ts";
import { addressClasses } from "../../compiler/lower/address-classes.ts";
import { addressSetOfCidrs } from "../../compiler/model/address-ranges.ts";
import { classOf } from "../lower/walk-ir.ts";
import * as e from "../lower/expressions.ts";
import { policy, program, route, type Said, statements, type Statements } from "../lower/program-builder.ts";

const NETWORKS = { office: ["10.0.0.0/24"], vpn: ["10.0.1.0/24"], blocked: ["192.0.2.0/24"] };

function who(said: (site: Statements) => Said, gateway: (site: Statements) => Said = () => ({})): string | undefined {
  const site = statements();
  const made = program({
    statements: site,
    networks: NETWORKS,
    policies: [policy("group", [{ name: "name", type: e.STRING }], [site.allow(e.isIn(e.param("name"), e.groups))])],
    gateway: gateway(site),
    children: [route("GET /", said(site))],
  });
  return whoMayCall(lower(made), made)[0]?.who;
}
const both = { accept: [["Customer"], ["Service"]] };

describe("who may call", () => {
  test("everybody accepted, one of them, nobody", () => {
    expect(who((site) => ({ ...both, access: [site.allow()] }))).toBe("Customer or Service");
    expect(who((site) => ({ ...both, access: [site.allow(e.is("Service"))] }))).toBe("Service");
    expect(who((site) => ({ ...both, access: [site.allow(), site.deny()] }))).toBe("nobody");
  });

  test("the addresses, as the networks that they are", () => {
    const from = (condition: ReturnType<typeof e.is>) => who((site) => ({ ...both, access: [site.allow(), site.deny(condition)] }));
    expect(from(e.not(e.inNetwork("office")))).toBe("Customer or Service from office");
    expect(from(e.not(e.some(e.inNetwork("office"), e.inNetwork("vpn"))))).toBe("Customer or Service from office or vpn");
    expect(from(e.inNetwork("blocked"))).toBe("Customer or Service not from blocked");
    expect(from(e.all(e.is("Customer"), e.not(e.inNetwork("vpn"))))).toBe("Customer from vpn; Service");
  });

  test("conditions by the words of their statements", () => {
    const access = (site: Statements) => [
      site.use("group", e.value("a")),
      site.allow(e.has(e.header("x")), 'allow when principal is Customer and has header("x")'),
    ];
    expect(who((site) => ({ accept: [["Customer"]], access: access(site) }))).toBe('Customer, if `group` or `has header("x")`');
    const deny = (site: Statements) => [site.allow(), site.deny(e.has(e.header("x")), 'deny when it rains because "wet"')];
    expect(who((site) => ({ accept: [["Customer"]], access: deny(site) }))).toBe("Customer, unless `it rains`");
  });

  test("what must be so is said as it is written, and not as the contrary of a contrary", () => {
    const said = (access: (site: Statements) => NonNullable<Said["access"]>): string | undefined =>
      who((site) => ({ accept: [["Customer"]], access: access(site) }));
    const x = e.has(e.header("x"));
    expect(said((site) => [site.allow(), site.require(x, "require it rains or snows")])).toBe("Customer, if `it rains or snows`");
    expect(said((site) => [site.allow(), site.deny(e.not(x), 'deny when not (it rains and "(" is open)')])).toBe(
      'Customer, if `it rains and "(" is open`',
    );
    expect(said((site) => [site.allow(), site.deny(e.not(x), 'deny when not has("x")')])).toBe('Customer, if `has("x")`');
    expect(said((site) => [site.allow(), site.deny(x, "deny when not (a) and (b)")])).toBe("Customer, unless `not (a) and (b)`");
    expect(said((site) => [site.allow(e.has(e.header("y")), "allow when (a or b)"), site.require(x, "require c")])).toBe(
      "Customer, if `a or b`, and only if `c`",
    );
  });

  test("the gateway's own conditional denies are not repeated at every route", () => {
    const gateway = (site: Statements): Said => ({ access: [site.deny(e.has(e.header("x")))] });
    expect(who((site) => ({ accept: [["Customer"]], access: [site.allow()] }), gateway)).toBe("Customer");
  });

  test("public routes say why, and nobody is asked who has no name", () => {
    expect(who((site) => ({ access: [site.isPublic()] }))).toBe("public: test");
    expect(who((site) => ({ access: [site.isPublic(), site.deny(e.inNetwork("blocked"))] }))).toBe("public: test, not from blocked");
    expect(who((site) => ({ access: [site.allow(e.inNetwork("office"))] }))).toBe("anybody from office");
  });
});

test("an address of a class is in that class", () => {
  const cidrs = { v4: ["10.0.0.0/8"], v6: ["2001:db8::/32"], all: ["0.0.0.0/0"] };
  const classes = addressClasses(Object.entries(cidrs).map(([label, list]) => ({ label, addresses: addressSetOfCidrs(list) })));
  const witnesses = Array.from({ length: classes.count }, (_, one) => addressInClass(classes, one));
  expect(witnesses).toEqual(["::", "0.0.0.0", "10.0.0.0", "2001:db8::"]);
  expect(witnesses.map((witness) => classOf({ classes }, witness ?? ""))).toEqual([0, 1, 2, 3]);
  expect(addressInClass(classes, 4)).toBeUndefined();
});
