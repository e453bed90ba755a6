import { describe, expect, test } from "vitest";
import { checkedText } from "./compile-text.ts";
import { HEAD, inRoute, routesOf, wrong } from "./words.ts";

const pathOf = async (path: string) => (await routesOf(inRoute("", path)))[0]?.at;

const helpOf = async (text: string) => (await checkedText(HEAD + text)).findings.find(({ code }) => code === "GWL3301")?.help;

describe("a path", () => {
  test("has literal, plain, typed and open segments", async () => {
    expect(await pathOf('"/"')).toEqual([]);
    expect(await pathOf('"/v1:batch/{id}/{n: Int 1..5}/{rest: Rest}"')).toEqual([
      { kind: "literal", text: "v1:batch" },
      { kind: "param", name: "id", type: { kind: "string" } },
      { kind: "param", name: "n", type: { kind: "int", min: 1, max: 5 } },
      { kind: "rest", name: "rest" },
    ]);
  });

  test("may have a slash inside the braces of a parameter", async () => {
    expect(await pathOf('"/x/{id: String max 4 matches /^a$/}/y"')).toMatchObject([
      { text: "x" },
      { type: { pattern: "^a$", maxLength: 4 } },
      { text: "y" },
    ]);
  });

  test("names its route, with the levels around", async () => {
    const routes = await routesOf(
      'gateway g { }\napi a at "/a/{t}" { group "/b" { ANY "/{id: OrderId}/{r: Rest}" { public because "x", respond 200 } } }',
    );
    expect(routes.map(({ key }) => key)).toEqual(["ANY /a/{t}/b/{id: OrderId}/{r: Rest}"]);
  });

  test.each([
    ['"/a/"', "/a"],
    ['"/"', undefined],
    ['"a"', "/a"],
    ['""', "/"],
    ['"/a//b"', "/a/b"],
    ['"/caf\u00e9"', "/caf%C3%A9"],
    ['"/%41%2a"', "/A%2A"],
    ['"/a b"', "/a%20b"],
    ['"/100%"', "/100%25"],
    ['"/a;b"', "/a%3Bb"],
  ])("%s is written as every request has it", async (path, canonical) => {
    const found = await wrong(inRoute("", path));
    expect(found).toEqual(canonical === undefined ? [] : [`GWL3301 at ${path}`]);
    if (canonical !== undefined) expect(await helpOf(inRoute("", path))).toBe(`its canonical form is \`${canonical}\``);
    if (canonical !== undefined) expect(await wrong(inRoute("", JSON.stringify(canonical)))).toEqual([]);
  });

  test.each(['"/a/../b"', '"/%2e%2e"', '"/a%2fb"', '"/a%00"', '"/%ff"', '"/%252e"', '"/a\\\\b"'])(
    "%s can be no request's",
    async (path) => {
      expect((await wrong(inRoute("", path))).map((found) => found.slice(0, 7))).toEqual(["GWL3302"]);
    },
  );

  test("has no query", async () => {
    expect(await wrong(inRoute("", '"/a?b=1"'))).toEqual(["GWL3303 at ?b=1"]);
  });

  test("points inside the quotes at what is wrong with a parameter", async () => {
    expect(await wrong(inRoute("", '"/x/{Id}"'))).toEqual(["GWL3304 at {Id}"]);
    expect(await wrong(inRoute("", '"/x/a{id}"'))).toEqual(["GWL3304 at a{id}"]);
    expect(await wrong(inRoute("", '"/x/{id: }"'))).toEqual(["GWL3304 at {id: }"]);
    expect(await wrong(inRoute("", '"/x/{id:   Decimal}"'))).toEqual(["GWL3306 at Decimal"]);
    expect(await wrong(inRoute("", '"/x/{id: List<String>}"'))).toEqual(["GWL3306 at List<String>"]);
    expect((await wrong(inRoute("", '"/x/{id: OrderIdd}"')))[0]).toMatch(/at OrderIdd$/);
    expect((await wrong(inRoute("", '"/x/{id: Int 9..1}"')))[0]).toMatch(/at (9\.\.1|Int 9\.\.1)$/);
  });

  test("names each parameter once, levels around included", async () => {
    expect(await wrong(inRoute("", '"/{id}/{id}"'))).toEqual(["GWL3305 at {id}"]);
    expect(await wrong('gateway g { }\ngroup "/{id}" { GET "/{id: Int}" { public because "x", respond 200 } }')).toEqual([
      "GWL3305 at {id: Int}",
    ]);
  });

  test("ends where Rest stands, which is in a route", async () => {
    expect(await wrong(inRoute("", '"/{r: Rest}/a"'))).toEqual(["GWL3307 at {r: Rest}"]);
    expect(await wrong('gateway g { }\ngroup "/{r: Rest}" { GET "/a" { public because "x", respond 200 } }')).toEqual([
      "GWL3307 at {r: Rest}",
    ]);
  });

  test("is read by the rules of its route and of the levels with the parameter", async () => {
    const text = (rule: string): string =>
      `gateway g { }\ngroup "/{t}" { ${rule}\n GET "/{n: Int}" { public because "x", respond 200, deny when params.n > 5 and params.t == "x" } }`;
    expect(await wrong(text('deny when params.t == "y"'))).toEqual([]);
    expect(await wrong(text("deny when params.n > 5"))).toHaveLength(1);
  });
});
