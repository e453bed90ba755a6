import { describe, expect, test } from "vitest";
import { checkedText } from "../access/compile-text.ts";

const HEAD = `gwl 1
tag data: "pii" | "open"
network office { 203.0.113.0/24 }
network other { 10.0.0.0/8 }
policy inside(net: Network = office) overridable { deny when not (client.ip in net) because "outside" }
policy free { allow when client.ip in office }
policy tied { deny when client.ip in other because "other" }
policy readers { allow when method == GET }
policy anybody { allow }
policy known_staff overridable { require principal is Staff because "staff only" }
policy staff { require principal is Staff because "staff only" }
identity Staff = jwt { issuer: "https://a.example", audience: "x", algorithms: [RS256], keys: url "https://a.example/k", claims { mfa: Bool } }
identity Guest = jwt { issuer: "https://b.example", audience: "x", algorithms: [RS256], keys: url "https://b.example/k", claims { } }
`;

/** What is told of these statements; unused declarations of the head aside. */
async function told(text: string): Promise<readonly string[]> {
  const { findings, textAt } = await checkedText(HEAD + text);
  return findings.filter(({ severity }) => severity === "error").map(({ code, span }) => `${code} at ${textAt(span)}`);
}

async function only(text: string) {
  const { findings, textAt } = await checkedText(HEAD + text);
  const [first, ...more] = findings.filter(({ severity }) => severity === "error");
  expect(more.map(({ message }) => message)).toEqual([]);
  return {
    message: first?.message,
    label: first?.label,
    help: first?.help,
    related: first?.related.map(({ span, message }) => `${textAt(span)}: ${message}`),
  };
}

const gateway = (text = ""): string => `gateway shop { ${text} }\n`;
const open = 'public because "a demonstration", respond 200';

describe("a route without an access statement", () => {
  test("is refused, and points at the api that does not say it either", async () => {
    expect(await only(`${gateway()}api a at "/a" { GET "/" { respond 200 } }`)).toEqual({
      message: "nothing says who may call `GET /a`",
      label: "no `allow`, no `public`, no policy that allows",
      help: expect.stringContaining("`public because"),
      related: ['api a at "/a": nor does `a` say it for all its routes'],
    });
  });

  test("is fine where a level around allows, is public, uses or applies what allows", async () => {
    expect(await told(`${gateway()}group "/a" { allow when client.ip in office\n GET "/" { respond 200 } }`)).toEqual([]);
    expect(await told(`${gateway()}group "/a" { public because "x"\n GET "/" { respond 200 } }`)).toEqual([]);
    expect(await told(`${gateway("use free")}GET "/a" { respond 200 }`)).toEqual([]);
    expect(await told(`${gateway("apply free to routes where method == GET")}GET "/a" { respond 200 }`)).toEqual([]);
  });

  test("is not helped by denies, or by an apply that passes it over", async () => {
    expect(await told(`${gateway("use inside()")}GET "/a" { respond 200 }`)).toEqual(['GWL3201 at GET "/a"']);
    expect(await told(`${gateway("apply free to routes where method == GET")}POST "/a" { respond 200 }\nGET "/b" { respond 200 }`)).toEqual(
      ['GWL3201 at POST "/a"'],
    );
  });
});

describe("an allow that opens a route to everybody", () => {
  test("is refused where nobody has to authenticate, and fine where somebody has", async () => {
    expect((await only(`${gateway()}GET "/a" { allow, respond 200 }`)).message).toBe("this `allow` opens `GET /a` to everybody");
    expect(await told(`${gateway()}GET "/a" { accept Staff, allow, respond 200 }`)).toEqual([]);
  });

  test("is seen through policies, facts of the route and constant conditions", async () => {
    const brought = await only(`${gateway("use readers")}GET "/a" { respond 200 }`);
    expect(brought.related).toEqual(["allow when method == GET: the rule that it brings", 'GET "/a": a route that it opens']);
    expect(await told(`${gateway()}GET "/a" { tags { data: "open" }, allow when tag.data == "open", respond 200 }`)).toHaveLength(1);
    expect(await told(`${gateway()}GET "/a" { allow when client.ip in office or true, respond 200 }`)).toHaveLength(1);
    expect(await told(`${gateway()}GET "/a" { allow when not (principal is Staff), respond 200 }`)).not.toEqual([]);
  });

  test("is found for one method of ANY", async () => {
    expect((await only(`${gateway()}ANY "/a" { use readers, respond 200 }`)).message).toBe(
      "this `allow` opens `ANY /a` to everybody who calls `GET`",
    );
  });

  test("is found for the calls that a selector names", async () => {
    const brought = await only(`${gateway("apply anybody to routes where method == GET")}ANY "/a" { respond 200 }`);
    expect(brought.message).toBe("this `allow` opens `ANY /a` to everybody who calls `GET`");
  });

  test("is none where the condition depends on the call, or a nearer level states allows", async () => {
    expect(await told(`${gateway()}GET "/a" { allow when client.ip in office, respond 200 }`)).toEqual([]);
    expect(await told(`${gateway("use readers")}GET "/a" { use free, respond 200 }`)).toEqual([]);
  });
});

describe("what is known before any call", () => {
  const open = async (condition: string): Promise<number> =>
    (await told(`${gateway()}GET "/a" { tags { data: "open" }, allow when ${condition}, respond 200 }`)).filter((found) =>
      found.startsWith("GWL3202"),
    ).length;

  test.each([
    'not (tag.data == "pii")',
    'method in [GET, PUT] and route.path == "/a"',
    'route.path.starts_with("/") or client.ip in office',
    "if method == GET then true else client.ip in office",
    "not (has route.api)",
    "(route.version ?? 1) < 2",
    "route.path.size == 2",
    'concat(route.path, "b").ends_with("ab") and "xay".contains("a") and "AB".lower() matches /^ab$/',
  ])("%s is true on this route", async (condition) => {
    expect(await open(condition)).toBe(1);
  });

  test.each([
    "not (client.ip in office)",
    'header("X") ?? "a" == "a"',
    "if client.ip in office then true else method == PUT",
    'client.ip in office or tag.data == "pii"',
    'tag.data == "pii"',
    'stage in ["dev"]',
  ])("%s depends on the call, or is false", async (condition) => {
    expect(await open(condition)).toBe(0);
  });
});

describe("public", () => {
  test("stands beside no allow of its own level, be it brought by a policy", async () => {
    expect((await only(`${gateway()}GET "/a" { public because "x", use free, respond 200 }`)).related).toEqual([
      "allow when client.ip in office: the rule that it brings",
      'public because "x": everybody may call, says this',
    ]);
    expect(await told(`${gateway("use free")}GET "/a" { ${open} }`)).toEqual([]);
  });
});

describe("an apply", () => {
  test("that selects no route below its level is refused", async () => {
    const rest = `GET "/a" { ${open} }\napi b at "/b" { public because "x"\n tags { data: "pii" }\n POST "/" { respond 200 } }`;
    expect(await told(`${gateway('apply inside() to routes where tag.data == "open"')}${rest}`)).toEqual(['GWL3206 at tag.data == "open"']);
    expect(await told(`${gateway('apply inside() to routes where tag.data == "pii" and method == GET')}${rest}`)).toHaveLength(1);
    expect(await told(`${gateway('apply inside() to routes where tag.data == "pii" and route.api == b')}${rest}`)).toEqual([]);
  });

  test("finds a method among those of ANY", async () => {
    expect(await told(`${gateway("apply inside() to routes where method == PUT")}ANY "/a" { ${open} }`)).toEqual([]);
  });
});

describe("an override", () => {
  test("needs the permission of the policy", async () => {
    expect((await only(`${gateway("use tied")}GET "/a" { ${open}, override tied because "x" }`)).related).toEqual([
      "policy tied: declared without `overridable`",
    ]);
  });

  test("needs something to lift, at an outer level", async () => {
    expect((await only(`${gateway()}GET "/a" { ${open}, use inside(), override inside because "x" }`)).message).toContain(
      "no level around",
    );
    expect(await told(`${gateway("use inside()")}GET "/a" { ${open}, override inside because "x" }`)).toEqual([]);
  });

  test("with arguments needs a use with these", async () => {
    expect((await only(`${gateway("use inside(other)")}GET "/a" { ${open}, override inside(office) because "x" }`)).related).toEqual([
      "use inside(other): used here",
    ]);
    expect(await told(`${gateway("use inside(other)")}GET "/a" { ${open}, override inside(other) because "x" }`)).toEqual([]);
    expect(await told(`${gateway("use inside()")}GET "/a" { ${open}, override inside(office) because "x" }`)).toEqual([]);
  });

  test("lifts a use inside another policy, its parameters replaced", async () => {
    const outer = "policy outer(net: Network) { use inside(net) }\n";
    expect(await told(`${outer}${gateway("use outer(other)")}GET "/a" { ${open}, override inside(other) because "x" }`)).toEqual([]);
    expect(await told(`${outer}${gateway("use outer(other)")}GET "/a" { ${open}, override inside(office) because "x" }`)).toHaveLength(1);
  });
});

describe("identities", () => {
  test("of one issuer and one source cannot be accepted together", async () => {
    const twin =
      'identity Twin = jwt { issuer: "https://a.example", audience: "y", algorithms: [RS256], keys: url "https://a.example/k", claims { } }\n';
    const away = twin.replace("Twin", "Away").replace("claims", 'header: "X-Away", claims');
    expect(await told(`${twin}${gateway()}GET "/a" { accept Staff or Twin, allow, respond 200 }`)).toHaveLength(1);
    expect(
      await told(`${twin}${gateway()}GET "/a" { accept Staff, allow, respond 200 }\nGET "/b" { accept Twin, allow, respond 200 }`),
    ).toEqual([]);
    expect(await told(`${away}${gateway()}GET "/a" { accept Staff or Away, allow, respond 200 }`)).toEqual([]);
  });

  test("are compared stage by stage", async () => {
    const staged =
      'identity Twin = jwt { issuer: stage { dev: "https://a.example", prod: "https://c.example" }, audience: "y", algorithms: [RS256], keys: url "https://a.example/k", claims { } }\n';
    expect(await told(`${staged}${gateway()}GET "/a" { accept Staff or Twin, allow, respond 200 }`)).toHaveLength(1);
    const crossed = staged
      .replace("Twin", "Other")
      .replace("a.example", "c.example")
      .replace('prod: "https://c.example', 'prod: "https://a.example');
    expect(await told(`${staged}${crossed}${gateway()}GET "/a" { accept Other or Twin, allow, respond 200 }`)).toEqual([]);
    expect(
      await told(
        `${staged.replace('a.example", prod', 'd.example", prod')}${gateway()}GET "/a" { accept Staff or Twin, allow, respond 200 }`,
      ),
    ).toEqual([]);
  });
});

describe("rules that ask for the caller where nobody authenticates", () => {
  test("shut a public route: refused, with the route as the second place", async () => {
    const shut = await only(`${gateway("use staff")}GET "/a" { ${open} }`);
    expect(shut.message).toBe("this `require` refuses every call of `GET /a`");
    expect(shut.related).toEqual(['require principal is Staff because "staff only": the rule that it brings', 'GET "/a": it is public']);
  });

  test("are fine where the rule does not decide against the caller, or the route is passed over", async () => {
    expect(await told(`${gateway("deny when principal is Staff and not principal.mfa")}GET "/a" { ${open} }`)).toEqual([]);
    expect(
      await told(
        `${gateway("apply staff to routes where method != GET")}GET "/a" { ${open} }\nPOST "/b" { accept Staff, allow, respond 200 }`,
      ),
    ).toEqual([]);
    expect(await told(`${gateway("use staff")}GET "/a" { accept Staff or Guest, allow, respond 200 }`)).toEqual([]);
  });

  test("by its id or its fields, too, but not where they refuse everybody anyway", async () => {
    expect(await told(`${gateway('require principal.id == "x"')}GET "/a" { ${open} }`)).toHaveLength(1);
    expect(await told(`${gateway("deny when method == GET")}GET "/a" { ${open} }`)).toEqual([]);
  });

  test("are lifted by an override further in, not by one beside them", async () => {
    expect(await told(`${gateway("use known_staff")}GET "/a" { ${open}, override known_staff because "x" }`)).toEqual([]);
    const beside = 'group "/g" { use known_staff\n override known_staff because "x"\n GET "/a" { public because "x", respond 200 } }';
    expect(await told(`${gateway("use known_staff")}${beside}`)).toEqual(["GWL3211 at use known_staff"]);
  });

  test("leave a route without any way in", async () => {
    const group = 'group "/a" { allow when principal is Staff\n GET "/x" { accept Staff, respond 200 }\n GET "/y" { respond 200 } }';
    expect((await only(gateway() + group)).message).toBe("this `allow` can never be true on `GET /a/y`");
  });
});

describe("expectations of tests", () => {
  test("name somebody in the program, or the nearest reason is shown", async () => {
    const text = `${gateway("use tied")}GET "/a" { ${open} }\ntest "t" { GET "/a" expect deny by "othr" }`;
    expect((await only(text)).help).toBe('did you mean `by "other"`?');
    expect(await told(text.replace("othr", "other"))).toEqual([]);
  });
});
