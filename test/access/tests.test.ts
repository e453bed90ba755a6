import { describe, expect, test } from "vitest";
import { programOf, wrong } from "./words.ts";

const PROGRAM = `gateway g { use inside(office), deny when method == PUT because "no puts" }
api a at "/a" { accept Staff
 GET "/" { allow when principal.mfa, respond 200 }
 POST "/" { allow, respond 201 } }
`;
const casesOf = async (text: string) => (await programOf(PROGRAM + text)).tests;
const wrongTest = (text: string): Promise<readonly string[]> => wrong(PROGRAM + text);

describe("a test", () => {
  test("has requests with all their parts", async () => {
    const [found] = await casesOf(
      'test "t" { GET "/a?x=1" as Staff { sub: "u", mfa: true } at 2026-01-31T08:00:00Z from 2001:db8:0::1 headers { "X-A": "b", accept: "c" } body { a: [1, "x", { b: 1.5 }] } expect 403 }',
    );
    expect(found?.request).toEqual({
      method: "GET",
      target: "/a?x=1",
      from: "2001:db8::1",
      as: [{ identity: "Staff", claims: { sub: "u", mfa: true } }],
      headers: [
        ["X-A", "b"],
        ["accept", "c"],
      ],
      body: { a: [1, "x", { b: 1.5 }] },
      at: Date.UTC(2026, 0, 31, 8),
    });
    expect(found?.expect).toEqual({ outcome: { status: 403 } });
  });

  test("comes from a documentation address where it names none", async () => {
    expect((await casesOf('test "t" { GET "/a" expect 401 }'))[0]?.request).toEqual({
      method: "GET",
      target: "/a",
      from: "192.0.2.1",
      as: [],
      headers: [],
    });
  });

  test("runs once for each row, whose cells take on the type that is expected", async () => {
    const cases = await casesOf(
      'test "t" each {\n| where | mfa | team | expect |\n| 10.0.0.1 | true | "x" | allow |\n| 10.0.0.2 | false | | deny by default |\n} { GET "/a" from where as Staff { sub: "u", mfa: mfa, team: team } }',
    );
    expect(cases.map(({ name, request, expect: { outcome, by } }) => [name, request.from, request.as[0]?.claims, outcome, by])).toEqual([
      ['t (where 10.0.0.1, mfa true, team "x")', "10.0.0.1", { sub: "u", mfa: true, team: "x" }, "allow", undefined],
      ["t (where 10.0.0.2, mfa false)", "10.0.0.2", { sub: "u", mfa: false }, "deny", "default"],
    ]);
  });

  test("finds whom it is by: a policy, a use with these arguments, a reason", async () => {
    const program = await programOf(`${PROGRAM}test "t" {
      GET "/a" expect deny by inside
      GET "/a" expect deny by inside(office)
      GET "/a" expect deny by "no puts" }`);
    const labels = program.tests.map(({ expect: { by } }) =>
      typeof by === "object" ? [...by.sites, ...by.uses.map(Number)].map((site) => program.sites[site]?.label) : by,
    );
    expect(labels).toEqual([["use inside(office)"], ["use inside(office)"], ['deny when method == PUT because "no puts"']]);
  });

  test("finds a use whose arguments are those of the policy around", async () => {
    const program = await programOf(`
      policy only(name: String) { deny when query("q") ?? "" != name because "not this one" }
      policy both(first: String) { use only(first), use only("z") }
      gateway g { listen 8080 }
      GET "/a" { public because "x", respond 200, use both("a") }
      GET "/b" { public because "x", respond 200, use both("b") }
      test "t" {
        GET "/a" expect deny by only("a")
        GET "/b" expect deny by only("b")
        GET "/a" expect deny by only("z")
      }`);
    const uses = program.tests.map(({ expect: { by } }) =>
      typeof by === "object" ? by.uses.map((use) => use.split("/").map((site) => program.sites[Number(site)]?.label)) : by,
    );
    const [a, b] = ['use both("a")', 'use both("b")'];
    expect(uses).toEqual([
      [[a, "use only(first)"]],
      [[b, "use only(first)"]],
      [
        [a, 'use only("z")'],
        [b, 'use only("z")'],
      ],
    ]);
  });

  test("says at the cell what does not fit there, once", async () => {
    const table = (cells: string): string => `test "t" each {\n| mfa | expect |\n${cells}\n} { GET "/a" as Staff { sub: "u", mfa: mfa } }`;
    expect((await wrongTest(table('| "yes" | allow |')))[0]).toMatch(/at "yes"$/);
    expect(await wrongTest(table("| true | alow |"))).toEqual(["GWL3553 at alow"]);
    expect(await wrongTest(table("| true |"))).toEqual(["GWL3556 at | true |"]);
    expect(await wrongTest(table("| true | allow |\n| false | deny |").replace("mfa: mfa", "mfa: mfaa"))).toEqual([
      expect.stringMatching(/at mfaa$/),
      "GWL3557 at mfa",
    ]);
  });

  test.each([
    ['test "t" { get "/a" expect allow }', 'GWL3551 at get "/a" expect allow'],
    ['test "t" { GET "/a" }', 'GWL3552 at GET "/a"'],
    ['test "t" { GET "/a" expect maybe }', "GWL3553 at maybe"],
    ['test "t" each {\n| expect |\n| allow |\n} { GET "/a" expect allow }', "GWL3554 at allow"],
    ['test "t" each {\n| a | a |\n| 1 | 2 |\n} { GET "/a" expect allow }', "GWL3555 at a "],
    ['test "t" { }', "GWL3558 at { }"],
    ['test "t" each {\n| expect |\n| allow |\nstray\n} { GET "/a" }', "GWL3559 at stray"],
    [
      'policy p(n: Network) { use inside(n) }\ngroup "/g" { use p(office) }\ntest "t" { GET "/a" expect deny by inside(proxies) }',
      'GWL3212 at GET "/a" expect deny by inside(proxies)',
    ],
    ['test "t" { GET "/a" expect deny by inside(proxies) }', 'GWL3212 at GET "/a" expect deny by inside(proxies)'],
    ['env E: Bool\ntest "t" { GET "/a" as Staff { sub: "u", mfa: E } expect allow }', "GWL3560 at E"],
    ['env E: Bool\ntest "t" { POST "/a" body { a: E } expect allow }', "GWL3560 at E"],
    ['test "t" { GET "/a" expect allow expect deny }', "GWL3561 at expect"],
    ['test "t" { GET "a" expect allow }', 'GWL3562 at "a"'],
    ['test "t" { GET "/a" as Staff { sub: "u", mfa: true, teem: "x" } expect allow }', "GWL3563 at teem"],
    ['test "t" { GET "/a" as Staff { sub: "u" } expect allow }', "GWL3564 at Staff"],
    ['test "t" { GET "/a" stage prod expect allow }', "GWL3565 at prod"],
  ])("%s is refused", async (text, found) => {
    expect((await wrongTest(text)).map((one) => one.trim())).toEqual([found.trim()]);
  });

  test("with two identities names them one after the other", async () => {
    expect(await wrongTest('test "t" { GET "/a" as Staff and Guest { sub: "u" } expect allow }')).toContain("GWL2201 at {");
    const [one] = await casesOf('test "t" { GET "/a" as Staff { sub: "s", mfa: true } as Guest { sub: "u" } expect allow }');
    expect(one?.request.as.map(({ identity }) => identity)).toEqual(["Staff", "Guest"]);
  });
});
