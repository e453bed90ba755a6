/** `gwl explain`, `gwl routes` and `gwl test`: what they say about a small gateway, to the letter, and in their frozen forms. */
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../../compiler/diagnostics/catalogue.ts";
import { folderWith, gwl } from "./gwl.ts";

const GATEWAY = `gwl 1

network office { 203.0.113.0/24 }
secret KEY: String

identity User = jwt {
  issuer: "https://login.example"
  audience: "notes"
  algorithms: [HS256]
  secret: KEY
  claims { groups: Set<String> }
}

policy inside(net: Network) {
  deny when not (client.ip in net) because "only from the office"
}

gateway notes {
  listen 0
  host: stage { dev: "localhost", prod: "notes.example" }
}

GET "/health" { public because "the load balancer asks", respond 200 "ok" }

api notes at "/notes" version 2 {
  accept User
  DELETE "/{id: Int}" {
    use inside(office)
    allow when "admins" in principal.groups
    respond 204
  }
}

test "admins delete" {
  DELETE "/notes/7" from 203.0.113.5 as User { sub: "u1", groups: ["admins"] } expect allow
}
`;
const FAILING = `${GATEWAY}
test "everybody deletes" {
  DELETE "/notes/7" from 203.0.113.5 as User { sub: "u1", groups: [] } expect allow
  DELETE "/notes/7" as User { sub: "u1", groups: ["admins"] } stage prod expect deny by default
}
`;
const notes = (text = GATEWAY): string => folderWith({ "notes/gateway.gwl": text });

describe("gwl explain REQUEST", () => {
  const words = ["explain", "DELETE /notes/7", "notes", "--as", "User", "--claims", '{"sub":"u1","groups":["admins"]}'];

  test("a call that is denied before anybody is asked who they are", async () => {
    const { code, out, err } = await gwl(words, { cwd: notes() });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(`denied (403)
  by deny when not (client.ip in net) because "only from the office"  notes/gateway.gwl:15
     through use inside(office)  notes/gateway.gwl:28

DELETE /notes/7 from 192.0.2.1 as User {"sub":"u1","groups":["admins"]} in stage dev

request                 DELETE /notes/7
client                  192.0.2.1
route                   DELETE /notes/{id: Int} with id = 7
repeated fields         nothing that is read as one value came twice
rules for every caller  denied
  ▶ true  deny when not (client.ip in net) because "only from the office"  notes/gateway.gwl:15
            through use inside(office)  notes/gateway.gwl:28
never asked             it was decided before
    -     allow when "admins" in principal.groups  notes/gateway.gwl:29
`);
  });

  test("a call that is allowed, in another stage", async () => {
    const { out } = await gwl([...words, "--from", "203.0.113.5", "--stage", "prod"], { cwd: notes() });
    expect(out).toMatch(/^allowed \(204\)\n {2}by allow when "admins" in principal\.groups {2}notes\/gateway\.gwl:29\n/);
    expect(out).toMatch(
      /in stage prod\n[^]*^caller +User u1\nrules about the caller +allowed\n {2}▶ true {2}allow when[^]*^answer +204\n$/m,
    );
  });

  test.each([
    ["GET /nowhere", "refused (404): no route\n"],
    ["DELETE /notes/7", "denied (403)\n"],
    ["GET /health", "allowed (200)\n"],
    ["POST /health", "refused (405): method not allowed\n"],
  ])("%s by nobody", async (request, first) => {
    expect((await gwl(["explain", request, "notes"], { cwd: notes() })).out.startsWith(first)).toBe(true);
  });

  test("a token that lacks a claim is told apart from a wrong rule", async () => {
    const { out, err } = await gwl(["explain", "DELETE /notes/7", "notes", "--as", "User", "--from", "203.0.113.5"], { cwd: notes() });
    expect(err).toBe("note: a token of User without groups does not verify; add to `--claims`\n");
    expect(out).toMatch(/^refused \(401\): unauthenticated\n/);
  });

  test("json is frozen", async () => {
    const { code, out } = await gwl([...words, "--format", "json"], { cwd: notes() });
    const rule = {
      label: 'deny when not (client.ip in net) because "only from the office"',
      at: "notes/gateway.gwl:15",
      through: [{ label: "use inside(office)", at: "notes/gateway.gwl:28" }],
    };
    const allow = { label: 'allow when "admins" in principal.groups', at: "notes/gateway.gwl:29", through: [] };
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        format: "gwl-explanation/1",
        request: {
          method: "DELETE",
          target: "/notes/7",
          from: "192.0.2.1",
          as: [{ identity: "User", claims: { sub: "u1", groups: ["admins"] } }],
          headers: [],
          stage: "dev",
        },
        client: "192.0.2.1",
        decision: { effect: "deny", cause: "rule", status: 403, route: "DELETE /notes/{id: Int}", parameters: { id: 7 }, rules: [rule] },
        answer: {
          kind: "local",
          status: 403,
          headers: expect.any(Array),
          body: '{"type":"urn:gwl:refusal:rule","title":"Forbidden","status":403}',
        },
        phases: [
          { name: "canonical request", happened: "DELETE /notes/7", rules: [] },
          { name: "client address", happened: "192.0.2.1", rules: [] },
          { name: "route", happened: "DELETE /notes/{id: Int}", rules: [] },
          { name: "single fields", happened: "nothing that is read as one value came twice", rules: [] },
          {
            name: "rules before authentication",
            happened: "refused: rule",
            rules: [{ ...rule, effect: "deny", because: "only from the office", condition: "true", decided: true }],
          },
        ],
        notAsked: [{ ...allow, effect: "allow", condition: "not asked", decided: false }],
      },
    ]);
  });

  test.each([
    [["--as", "Usr"], "there is no identity `Usr`; did you mean `User`?"],
    [["--stage", "test"], "there is no stage `test`; there are dev, prod"],
    [["--from", "1.2"], "`1.2` is no IPv4 or IPv6 address"],
    [["--at", "noon"], "`noon` is no time; write it as 2026-01-31T08:00:00Z"],
    [["--claims", "{}"], "`--claims` needs `--as IDENTITY`"],
    [["--as", "User", "--claims", "[1]"], '`--claims` is a JSON object, such as \'{"sub":"u1"}\''],
    [["--header", "X-A"], "`--header` is `'NAME: VALUE'`"],
  ])("%j is wrong use", async (more, message) => {
    expect(await gwl(["explain", "GET /health", "notes", ...more], { cwd: notes() })).toEqual({
      code: 2,
      out: "",
      err: `gwl: ${message}\n`,
    });
  });

  test("a request without its target, and a file with errors", async () => {
    const { code, err } = await gwl(["explain", "GET", "/health"], { cwd: notes() });
    expect([code, err]).toEqual([2, expect.stringContaining('a request is a method and a target in one argument: "GET /orders"')]);
    const broken = await gwl(["explain", "GET /health", "notes", "--format", "json"], { cwd: notes("gwl 1\ngateway a { lisen 1 }\n") });
    expect([broken.code, JSON.parse(broken.out)]).toMatchObject([1, { format: "gwl-diagnostics/1", errors: 1 }]);
  });
});

describe("gwl explain CODE", () => {
  test("prints the page, by code in any case and by name", async () => {
    const [code, name] = await Promise.all([gwl(["explain", "gwl3104"]), gwl(["explain", "host-bits-set"])]);
    expect(code).toMatchObject({ code: 0, err: "" });
    expect(code.out).toMatch(/^GWL3104: host-bits-set\n\n[^]*│ network office \{ 203\.0\.113\.7\/24 \}\n/);
    expect(name).toEqual(code);
  });

  test("says what was meant", async () => {
    const [first] = CATALOGUE;
    expect((await gwl(["explain", `${first?.name}s`])).err).toContain(`did you mean \`${first?.name}\`?`);
    expect(await gwl(["explain", "no-such-thing-at-all"])).toMatchObject({ code: 2, out: "" });
  });
});

describe("gwl routes", () => {
  test("says who may call, one line a route where nothing limits lines", async () => {
    expect(await gwl(["routes", "notes"], { cwd: notes() })).toEqual({
      code: 0,
      err: "",
      out: 'GET     /health           public: the load balancer asks  notes/gateway.gwl:23\nDELETE  /notes/{id: Int}  User from office, if `"admins" in principal.groups`  notes/gateway.gwl:27\n',
    });
  });

  test("json is frozen", async () => {
    const { out } = await gwl(["routes", "notes", "--format", "json"], { cwd: notes() });
    const kinds = (causes: Readonly<Record<string, number>>): object[] =>
      Object.entries(causes).map(([kind, status]) => ({ kind, status }));
    const everywhere = { malformed: 400, "body-too-large": 413, internal: 500 };
    expect(JSON.parse(out)).toEqual({
      format: "gwl-routes/1",
      answers: expect.arrayContaining(kinds({ "target-too-long": 414, "no-route": 404 })),
      routes: [
        {
          method: "GET",
          path: "/health",
          access: "public: the load balancer asks",
          at: "notes/gateway.gwl:23",
          answers: kinds(everywhere),
        },
        {
          method: "DELETE",
          path: "/notes/{id: Int}",
          api: "notes",
          version: 2,
          access: 'User from office, if `"admins" in principal.groups`',
          at: "notes/gateway.gwl:27",
          answers: kinds({ malformed: 400, rule: 403, default: 403, unauthenticated: 401, "body-too-large": 413, internal: 500 }),
        },
      ],
    });
  });

  test("says by which doors somebody may come, where there are others than the gateway's own", async () => {
    const text = `gwl 1
network balancers { 10.0.9.0/24 }
gateway shop { listen 8080 }
entry balanced { listen 8443, proxy_protocol from balancers }
entry partners { via balanced, vpce: "vpce-0abc1234def567890", allow when route.api == admin and method == GET }
entry local { listen 8444, deny when route.api == admin and method == DELETE, allow }
api admin at "/admin" private {
  allow when client.ip in 10.0.0.0/8
  GET    "/" { respond 200 }
  POST   "/" { respond 200 }
  DELETE "/" { respond 200 }
}
GET "/health" { public because "a probe", respond 200 }
`;
    const { out } = await gwl(["routes", "--format", "json"], { cwd: folderWith({ "gateway.gwl": text }) });
    const { routes } = JSON.parse(out) as { routes: readonly { method: string; path: string; doors: readonly string[] }[] };
    expect(routes.map(({ method, path, doors }) => `${method} ${path}: ${doors.join(", ")}`)).toEqual([
      "GET /admin: partners, local",
      "POST /admin: local",
      "DELETE /admin: ",
      "GET /health: listen, local",
    ]);
    const listed = await gwl(["routes"], { cwd: folderWith({ "gateway.gwl": text }) });
    expect(listed.out).toContain("; by listen, local  gateway.gwl:13\n");
    expect(listed.out).toContain("; no door leads here  gateway.gwl:11\n");
  });

  test("of a library are none, and that is said", async () => {
    const { code, err } = await gwl(["routes", "a.gwl"], { cwd: folderWith({ "a.gwl": "gwl 1\n" }) });
    expect([code, err]).toEqual([2, "gwl: a.gwl declares no gateway, so it serves no routes; name the file that does\n"]);
  });
});

describe("gwl test", () => {
  test("passes in all stages", async () => {
    expect(await gwl(["test", "notes"], { cwd: notes() })).toEqual({ code: 0, out: "✓ admins delete\n", err: "2 passed, 0 failed\n" });
  });

  test("shows both sides of what failed, and in which stages", async () => {
    const { code, out, err } = await gwl(["test", "notes"], { cwd: notes(FAILING) });
    expect([code, err]).toEqual([1, "3 passed, 3 failed\n".replace("3 passed", "2 passed")]);
    expect(out).toBe(`✓ admins delete
✗ everybody deletes (2 requests)
  notes/gateway.gwl:39  DELETE /notes/7 from 203.0.113.5 as User {"sub":"u1","groups":[]}
    expected  allow
    was       denied (403) by default: no rule allows it
    in stages  dev, prod
  notes/gateway.gwl:40  DELETE /notes/7 from 192.0.2.1 as User {"sub":"u1","groups":["admins"]}
    expected  deny by default
    was       denied (403) by \`use inside(office)\` (notes/gateway.gwl:28)
    in stage  prod
`);
  });

  test("does not depend on the environment of whoever runs it", async () => {
    const source = `gwl 1\n\nenv WORD: String = "right"\n\ngateway a { listen 0 }\n\nGET "/" {\n  public because "open"\n  deny when WORD != "right"\n  respond 200\n}\n\ntest "open" { GET "/" expect allow }\n`;
    expect(await gwl(["test"], { cwd: folderWith({ "gateway.gwl": source }), env: { WORD: "wrong" } })).toMatchObject({ code: 0 });
  });

  test("--only picks by name, and a name that no test has is wrong use", async () => {
    expect(await gwl(["test", "notes", "--only", "admins"], { cwd: notes(FAILING) })).toMatchObject({ code: 0, out: "✓ admins delete\n" });
    expect(await gwl(["test", "notes", "--only", "admirals"], { cwd: notes() })).toEqual({
      code: 2,
      out: "",
      err: "gwl: no test of notes/gateway.gwl has `admirals` in its name\n",
    });
  });

  test("json is frozen", async () => {
    const { code, out } = await gwl(["test", "notes", "--format", "json"], { cwd: notes(FAILING) });
    const { format, results } = JSON.parse(out) as { readonly format: string; readonly results: readonly unknown[] };
    expect([code, format, results.length]).toEqual([1, "gwl-tests/1", 5]);
    const request = { method: "DELETE", target: "/notes/7", from: "203.0.113.5", headers: [] };
    const decision = { route: "DELETE /notes/{id: Int}", parameters: { id: 7 } };
    const principal = (groups: readonly string[]): object => ({ identity: "User", id: "u1", claims: { groups } });
    expect(results[0]).toEqual({
      name: "admins delete",
      at: "notes/gateway.gwl:35",
      stage: "dev",
      request: { ...request, as: [{ identity: "User", claims: { sub: "u1", groups: ["admins"] } }] },
      passed: true,
      decision: {
        ...decision,
        effect: "allow",
        cause: "rule",
        status: 204,
        principal: principal(["admins"]),
        rules: [{ label: 'allow when "admins" in principal.groups', at: "notes/gateway.gwl:29", through: [] }],
      },
    });
    expect(results[2]).toEqual({
      name: "everybody deletes",
      at: "notes/gateway.gwl:39",
      stage: "dev",
      request: { ...request, as: [{ identity: "User", claims: { sub: "u1", groups: [] } }] },
      passed: false,
      failure: "expected allow",
      decision: { ...decision, effect: "deny", cause: "default", status: 403, principal: principal([]), rules: [] },
    });
  });

  test("without tests says how they are written", async () => {
    const cwd = notes(GATEWAY.slice(0, GATEWAY.indexOf("test ")));
    expect(await gwl(["test", "notes"], { cwd })).toMatchObject({ code: 0, err: expect.stringContaining("gwl init --template jwt") });
  });
});
