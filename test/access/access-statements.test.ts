import { describe, expect, test } from "vitest";
import { inGateway, inRoute, programOf, routesOf, wrong } from "./words.ts";

describe("accept", () => {
  const inApi = (statement: string): string =>
    `gateway g { }\napi a at "/a" { ${statement}\n GET "/" { allow when client.ip in office, respond 200 } }`;

  test("takes one identity or several, each once", async () => {
    expect((await programOf(inApi("accept Staff or Guest"))).gateway?.children[0]?.accept).toEqual([["Staff"], ["Guest"]]);
    expect((await programOf(inApi("accept Staff and Guest"))).gateway?.children[0]?.accept).toEqual([["Staff", "Guest"]]);
    expect(await wrong(inApi("accept Staff or Staff"))).toEqual(["GWL3403 at Staff"]);
    expect(await wrong(inApi("accept Staff\n accept Guest"))).toEqual(["GWL3401 at accept Guest"]);
    expect(await wrong(inApi("accept Staff and Staff"))).toEqual(["GWL3403 at Staff"]);
    expect(await wrong(inApi("accept Staff or (Staff and Guest)"))).toEqual(["GWL3832 at Staff"]);
    expect(await wrong(inApi("accept Staff == Guest"))).toEqual(["GWL3402 at Staff == Guest"]);
    expect((await wrong(inApi("accept Stuff")))[0]).toMatch(/at Stuff$/);
    expect((await wrong(inApi("accept OrderId")))[0]).toMatch(/at OrderId$/);
  });

  test("says who the caller may be: one identity's fields are read at once, others after `is`", async () => {
    expect(await wrong(inApi("accept Staff\n deny when principal.mfa").replace("allow when client.ip in office", "allow"))).toEqual([]);
    expect(
      await wrong(inApi("accept Staff or Guest\n deny when principal.mfa").replace("allow when client.ip in office", "allow")),
    ).toHaveLength(1);
    expect(
      await wrong(
        inApi("accept Staff or Guest\n deny when principal is Staff and principal.mfa").replace("allow when client.ip in office", "allow"),
      ),
    ).toEqual([]);
  });

  test("of a route below widens what rules of its api may ask", async () => {
    const api =
      'gateway g { }\napi a at "/a" { deny when principal is Guest and (principal.team ?? "") == "x"\n accept Staff\n GET "/" { accept Guest, allow, respond 200 }\n GET "/b" { allow, respond 200 } }';
    expect(await wrong(api)).toEqual([]);
    expect(await wrong(api.replace("accept Guest, ", ""))).toHaveLength(1);
  });

  test("of the gateway holds for all apis, in whatever file", async () => {
    expect(await wrong('GET "/" { allow when principal.mfa, respond 200 }\ngateway g { accept Staff }')).toEqual([]);
  });
});

describe("rules", () => {
  test("say their effect, condition and reason, and have a place", async () => {
    const program = await programOf(
      inRoute('deny when method == GET because "read"\nrequire client.ip in office\ndeny when query("x") ?? "" == "y"'),
    );
    const access = program.gateway?.children[0]?.access ?? [];
    expect(
      access.map((statement) =>
        statement.kind === "rule" ? [statement.effect, statement.because, program.sites[statement.site]?.label] : statement.kind,
      ),
    ).toEqual([
      "public",
      ["deny", "read", 'deny when method == GET because "read"'],
      ["require", undefined, "require client.ip in office"],
      ["deny", undefined, 'deny when query("x") ?? "" == "y"'],
    ]);
  });

  test("without a condition always hold", async () => {
    const [route] = await routesOf('gateway g { }\nGET "/a" { accept Staff, allow, deny, respond 200 }');
    expect(route?.access.map((statement) => (statement.kind === "rule" ? statement.when : undefined))).toMatchObject([
      { op: "const", value: true },
      { op: "const", value: true },
    ]);
  });

  test("say what is wrong with them at the word that is wrong", async () => {
    expect(await wrong(inRoute("deny if true"))).toEqual([expect.stringMatching(/^GWL/)]);
    expect(await wrong(inRoute("deny when"))).toEqual([expect.stringMatching(/^GWL2201/)]);
    expect(await wrong(inRoute("require"))).toEqual([expect.stringMatching(/^GWL2201/)]);
    expect(await wrong(inRoute("deny when path"))).toHaveLength(1);
    expect(await wrong(inRoute('deny because ""'))).toEqual(['GWL3410 at ""']);
    expect(await wrong(inRoute("deny observe until 2026-01-01 when true"))).toEqual(["GWL2205 at observe"]);
    expect(await wrong(inRoute("deny when body.x == 1"))).toHaveLength(1);
  });
});

describe("public", () => {
  test("needs a reason and takes no condition", async () => {
    const route = (statement: string): string => `gateway g { }\nGET "/a" { respond 200\n ${statement} }`;
    expect(await wrong(route("public"))).toEqual([expect.stringMatching(/^GWL2201/)]);
    expect(await wrong(route('public because "  "'))).toEqual(['GWL3410 at "  "']);
    expect(await wrong(route('public when true because "x"'))).toEqual(["GWL3404 at when"]);
    expect(await wrong(route('public because "x"\n public because "y"'))).toEqual(['GWL3401 at public because "y"']);
  });

  test("does not stand in the gateway", async () => {
    expect(await wrong(inGateway('public because "x"'))).toEqual(["GWL2204 at public"]);
  });
});

describe("use", () => {
  const argumentsOf = async (use: string) => {
    const [route] = await routesOf(inRoute(use));
    return route?.access.flatMap((statement) => (statement.kind === "use" ? [statement.arguments] : []))[0];
  };

  test("fills parameters in order, by name and by default", async () => {
    expect(await argumentsOf("use inside()")).toMatchObject([{ op: "network", name: "office" }]);
    expect(await argumentsOf("use inside")).toMatchObject([{ op: "network", name: "office" }]);
    expect(await argumentsOf("use inside(proxies)")).toMatchObject([{ op: "network", name: "proxies" }]);
    expect(await argumentsOf("use at_most(value: 1, most: 2)")).toMatchObject([
      { op: "const", value: 2 },
      { op: "const", value: 1 },
    ]);
  });

  test("takes arguments that read the request, the body of the route included", async () => {
    expect(await wrong('gateway g { }\nPOST "/a" body { n: Int } { public because "x", respond 200, use at_most(5, body.n) }')).toEqual([]);
    expect(await wrong(inRoute("use at_most(5, body.n)"))).toHaveLength(1);
  });

  test("says which argument is wrong", async () => {
    expect(await wrong(inRoute("use inside(office, office)"))).toEqual(["GWL3405 at office"]);
    expect(await wrong(inRoute("use at_most(1)"))).toEqual(["GWL3406 at at_most(1)"]);
    expect(await wrong(inRoute("use at_most(1, velue: 2)"))).toEqual(["GWL3407 at velue"]);
    expect(await wrong(inRoute("use at_most(1, most: 2)"))).toEqual(["GWL3408 at most: 2"]);
    expect((await wrong(inRoute('use at_most(1, "2")')))[0]).toMatch(/at "2"$/);
    expect((await wrong(inRoute("use insid()")))[0]).toMatch(/at insid$/);
    expect(await wrong(inRoute("use 5"))).toEqual([expect.stringMatching(/^GWL2201/)]);
  });
});

describe("apply", () => {
  test("has a policy, and a selector that reads facts of routes only", async () => {
    const program = await programOf(inGateway("apply inside(proxies) to routes where method == GET"));
    expect(program.gateway?.access).toMatchObject([
      { kind: "apply", policy: "inside", arguments: [{ name: "proxies" }], where: { op: "compare" } },
    ]);
    expect(await wrong(inGateway("apply inside() to routes where client.ip in office"))).toHaveLength(1);
    expect(await wrong(inGateway("apply inside() to routes"))).toEqual([expect.stringMatching(/^GWL2201/)]);
    expect(await wrong(inRoute("apply inside() to routes where method == GET"))).toEqual(["GWL2204 at apply"]);
  });
});

describe("override", () => {
  test("needs a reason, and arguments that are constants", async () => {
    expect(await wrong(inRoute("override inside"))).toEqual([expect.stringMatching(/^GWL2201/)]);
    expect(await wrong(inRoute('override at_most(1, params.n) because "x"', '"/{n: Int}"'))).toHaveLength(1);
    expect(await wrong(inGateway('override inside because "x"'))).toEqual(["GWL2204 at override"]);
    expect(await wrong(`env MOST: Int\n${inRoute('override at_most(MOST, 1) because "x"')}`)).toEqual(["GWL3409 at MOST"]);
  });
});

describe("tags", () => {
  test("are declared tags with declared values, each once a level", async () => {
    const [route] = await routesOf(inRoute('tags { data: "pii" }'));
    expect(route?.tags).toEqual({ data: "pii" });
    expect((await wrong(inRoute('tags { data: "pi" }')))[0]).toMatch(/at "pi"$/);
    expect((await wrong(inRoute('tags { date: "pii" }')))[0]).toMatch(/at date$/);
    expect(await wrong(inRoute('tags { data: "pii", data: "open" }'))).toEqual(["GWL2209 at data"]);
    expect(await wrong(inRoute('tags { data: "pii" }\ntags { data: "open" }'))).toEqual(['GWL3401 at tags { data: "open" }']);
  });
});
