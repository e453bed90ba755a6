import { describe, expect, test } from "vitest";
import { inGateway, inRoute, programOf, routesOf, wrong } from "./words.ts";

describe("a gateway", () => {
  test("has defaults for what it does not say", async () => {
    const { gateway } = await programOf('gateway shop { }\nGET "/a" { public because "x", respond 200 }');
    expect(gateway).toMatchObject({
      name: "shop",
      listen: { op: "const", value: 8080 },
      hosts: [],
      trustProxies: [],
      limits: { body: 1_048_576, headers: 16_384, headerField: 8_192, target: 8_192, headerCount: 100, jsonDepth: 64, jsonKeys: 1_000 },
      paths: { trailingSlash: "ignore", dotSegments: "refuse", emptySegments: "refuse", semicolons: "refuse" },
      explainRefusals: false,
    });
  });

  test("takes what it says", async () => {
    const { gateway } = await programOf(
      inGateway(
        'listen stage { dev: 1, prod: 80 }\nhost: ["A.example", "[::1]"]\ntrust proxies proxies\ntrust proxies office\nlimits { body: 0B, json_depth: 3 }\npaths { trailing_slash: refuse }\nexplain refusals',
      ),
    );
    expect(gateway).toMatchObject({
      listen: { op: "stageValue" },
      hosts: [{ value: "a.example" }, { value: "[::1]" }],
      trustProxies: [{ name: "proxies" }, { name: "office" }],
      limits: { body: 0, jsonDepth: 3, headers: 16_384 },
      paths: { trailingSlash: "refuse", semicolons: "refuse" },
      explainRefusals: true,
    });
  });

  test("has hosts for each stage", async () => {
    const { gateway } = await programOf(inGateway('host: stage { dev: "LOCALHOST", prod: "b.example" }'));
    expect(gateway?.hosts).toMatchObject([{ op: "stageValue", values: { dev: { value: "localhost" }, prod: { value: "b.example" } } }]);
  });

  test.each(['"a.example:80"', '"https://a"', '"a b"', '""', '"a."', '"::1"', '"[1]"'])("cannot be called as %s", async (host) => {
    expect(await wrong(inGateway(`host: ${host}`))).toEqual([`GWL3506 at ${host}`]);
  });

  test("keeps its limits in bounds and its choices among those there are", async () => {
    expect(await wrong(inGateway("limits { body: 2GiB, header_count: 5, header_timeout: 1ms }"))).toEqual([
      "GWL3507 at 2GiB",
      "GWL3507 at 5",
      "GWL3507 at 1ms",
    ]);
    expect(await wrong(inGateway("limits { body: 5 }"))).toHaveLength(1);
    expect(await wrong(inGateway("limits { bodi: 5B }"))).toEqual(["GWL2207 at bodi"]);
    expect(await wrong(inGateway("paths { trailing_slash: never }"))).toEqual(["GWL3508 at never"]);
    expect(await wrong(inGateway("listen 70000"))).toHaveLength(1);
    expect(await wrong(inGateway("listen 1\n listen 2"))).toEqual(["GWL3401 at listen 2"]);
    expect(await wrong(inGateway("trust proxies 5"))).toHaveLength(1);
  });
});

describe("an api", () => {
  test("has a name, a base path, a version", async () => {
    const { gateway } = await programOf('gateway g { }\napi a at "/a" version 3 { GET "/" { public because "x", respond 200 } }');
    expect(gateway?.children).toMatchObject([{ level: "api", name: "a", at: [{ text: "a" }], version: 3, children: [{ key: "GET /a" }] }]);
    expect(await wrong('gateway g { }\napi a at "/a" version 0 { }')).toEqual(["GWL3504 at 0"]);
    const { gateway: closed } = await programOf(
      'gateway g { }\nentry e { listen 1, allow }\napi a at "/a" private { GET "/" { allow when client.ip in 10.0.0.0/8, respond 200 } }',
    );
    expect(closed?.children).toMatchObject([{ level: "api", isPrivate: true }]);
    expect(await wrong("gateway g { }\napi a { }")).toEqual([expect.stringMatching(/^GWL2201/)]);
  });

  test("does not nest", async () => {
    expect(await wrong('gateway g { }\napi a at "/a" { api b at "/b" { } }')).toEqual(["GWL2204 at api"]);
  });
});

describe("a route", () => {
  test("leads to a backend or answers itself", async () => {
    const [route] = await routesOf('gateway g { }\nGET "/a" -> spare { public because "x" }');
    expect(route?.target).toEqual({ kind: "backend", backend: "spare" });
    expect(await wrong('gateway g { }\nGET "/a" { public because "x" }')).toEqual(['GWL3501 at GET "/a"']);
    expect(await wrong('gateway g { }\nGET "/a" -> spare { public because "x", respond 200 }')).toEqual(["GWL3502 at respond 200"]);
    expect((await wrong('gateway g { }\nGET "/a" -> spar { public because "x" }'))[0]).toMatch(/at spar$/);
  });

  test("takes a typed body, which its rules read", async () => {
    const [route] = await routesOf(
      'gateway g { }\nPOST "/a" body { n: Int 1..9 } { public because "x", respond 200, deny when body.n > 5 }',
    );
    expect(route?.body).toMatchObject({ kind: "record" });
    const [named] = await routesOf(
      'gateway g { }\ntype Order = { n: Int }\nPOST "/a" body Order -> spare { public because "x", deny when body.n > 5 }',
    );
    expect(named?.body).toMatchObject({ kind: "record" });
    expect(await wrong('gateway g { }\nPOST "/a" body -> spare { public because "x" }')).toHaveLength(1);
  });

  test.each(["GET", "HEAD", "DELETE"])("warns of a body on %s", async (method) => {
    expect(await wrong(`gateway g { }\n${method} "/a" body { n: Int } { public because "x", respond 200 }`)).toEqual([
      "GWL3503 at { n: Int }",
    ]);
  });
});

describe("set header", () => {
  test("sets a field of the request or of the answer, by a String that may be absent", async () => {
    const [route] = await routesOf(inRoute('set header "X-A" = query("a")\nset response header "X-A" = "b"'));
    expect(route?.transforms).toMatchObject([
      { on: "request", name: "x-a", value: { op: "query" } },
      { on: "response", name: "x-a", value: { op: "const", value: "b" } },
    ]);
    expect(await wrong(inRoute('set header "X-A" = 5'))).toHaveLength(1);
    expect(await wrong(inRoute('set header "X-A" = "a"\nset header "x-a" = "b"'))).toEqual(['GWL3401 at set header "x-a" = "b"']);
  });

  test.each(["Host", "content-length", "X-Forwarded-For", "X-Request-Id", "Connection", "TE", "Expect"])(
    "does not set %s",
    async (name) => {
      expect(await wrong(inRoute(`set header "${name}" = "a"`))).toEqual([`GWL3510 at "${name}"`]);
    },
  );

  test("may set Authorization", async () => {
    expect(await wrong(inRoute('set header "Authorization" = "Basic eDp5"'))).toEqual([]);
  });

  test.each(["X_A", "X A", "", "X:A"])("has no field named `%s`", async (name) => {
    expect(await wrong(inRoute(`set header "${name}" = "a"`))).toEqual([`GWL3509 at "${name}"`]);
  });

  test.each(['"a\\nb"', '"\u{1F600}"'])("has no value %s", async (value) => {
    expect(await wrong(inRoute(`set header "X-A" = ${value}`))).toEqual([`GWL3511 at ${value}`]);
  });
});

describe("respond", () => {
  const responseOf = async (statement: string) => {
    const [route] = await routesOf(`gateway g { }\nGET "/a" { public because "x", ${statement} }`);
    return route?.target.kind === "respond" ? route.target.response : undefined;
  };

  test("answers a status, a text or a record", async () => {
    expect(await responseOf("respond 204")).toEqual({ status: 204, headers: [], body: "" });
    expect(await responseOf('respond 200 "ok"')).toEqual({
      status: 200,
      headers: [["content-type", "text/plain; charset=utf-8"]],
      body: "ok",
    });
    expect(await responseOf('respond 200 { a: 1, b: ["x"] }')).toEqual({
      status: 200,
      headers: [["content-type", "application/json"]],
      body: '{"a":1,"b":["x"]}',
    });
  });

  test.each([
    ["respond 99", "GWL3512 at 99"],
    ["respond 199", "GWL3512 at 199"],
    ['respond "ok"', 'GWL3512 at "ok"'],
    ['respond 204 "ok"', 'GWL3513 at "ok"'],
    ["respond 200 5", "GWL3514 at 5"],
    ["respond 200\n respond 201", "GWL3401 at respond 201"],
  ])("%s is refused", async (statement, found) => {
    expect(await wrong(`gateway g { }\nGET "/a" { public because "x", ${statement} }`)).toEqual([found]);
  });
});
