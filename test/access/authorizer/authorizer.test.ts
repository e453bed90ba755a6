/** Authorizers in both hands: what they are told, what their answers are good for, and for how long (D160 to D163). */
import { describe, expect, test } from "vitest";
import type { Reply } from "../../../runtime/contract/world.ts";
import { answered, type Asked, bodyOf, scene, told } from "./both.ts";

const HTTP = (settings: string): string => `identity Legacy = http("https://auth.example/check") {\n${settings}\n}`;
const LAMBDA = (settings: string): string =>
  `identity Legacy = lambda("arn:aws:lambda:eu-west-1:111122223333:function:authz:live") {\n${settings}\n}`;
const SOURCE = 'source: header "X-Token"\nfields { admin: Bool? }';

describe("answers of a service", () => {
  const rows: readonly (readonly [says: string, reply: Reply, told: string])[] = [
    ["who it is", answered(200, { id: "u1" }), "200 rule u1"],
    ["a context that fits", answered(200, { id: "u1", context: { admin: true, other: [1] } }), "200 rule u1"],
    ["nobody", answered(401, ""), "401 unauthenticated"],
    ["no", answered(403, ""), "403 authorizer-denied"],
    ["a context that does not fit", answered(200, { id: "u1", context: { admin: "true" } }), "500 authorizer-failed"],
    ["null in the context", answered(200, { id: "u1", context: { admin: null } }), "500 authorizer-failed"],
    ["a member that is not known", answered(200, { id: "u1", policies: [] }), "500 authorizer-failed"],
    ["no id", answered(200, { context: {} }), "500 authorizer-failed"],
    ["an empty id", answered(200, { id: "" }), "500 authorizer-failed"],
    ["a long id", answered(200, { id: "x".repeat(257) }), "500 authorizer-failed"],
    ["an id twice", answered(200, '{"id":"u1","id":"admin"}'), "500 authorizer-failed"],
    ["a list", answered(200, []), "500 authorizer-failed"],
    ["no JSON", answered(200, "yes"), "500 authorizer-failed"],
    ["nothing", answered(200, ""), "500 authorizer-failed"],
    ["204", answered(204, ""), "500 authorizer-failed"],
    ["302", answered(302, ""), "500 authorizer-failed"],
    ["500", answered(500, { id: "u1" }), "500 authorizer-failed"],
    ["too late", { kind: "timeout" }, "500 authorizer-failed"],
    ["cannot be reached", { kind: "failed", why: "refused" }, "500 authorizer-failed"],
  ];
  test.each(rows)("%s", async (_says, reply, expected) => {
    const { ask } = await scene(HTTP(SOURCE), () => reply);
    expect(told(await ask({}))).toBe(expected);
  });
});

describe("answers of a function", () => {
  const error = (errorMessage: unknown): Reply =>
    answered(200, { errorMessage, errorType: "Error" }, [["x-amz-function-error", "Unhandled"]]);
  const rows: readonly (readonly [says: string, reply: Reply, told: string])[] = [
    ["yes", answered(200, { isAuthorized: true }), "200 rule Legacy"],
    ["yes, and who it is", answered(200, { isAuthorized: true, context: { principalId: "u1", admin: true } }), "200 rule u1"],
    ["yes, with a context of null", answered(200, { isAuthorized: true, context: null }), "200 rule Legacy"],
    ["no", answered(200, { isAuthorized: false }), "403 authorizer-denied"],
    ["a text for yes", answered(200, { isAuthorized: "true" }), "500 authorizer-failed"],
    ["a policy beside it", answered(200, { isAuthorized: true, policyDocument: {} }), "500 authorizer-failed"],
    ["a context that does not fit", answered(200, { isAuthorized: true, context: { admin: 1 } }), "500 authorizer-failed"],
    ["a context that is none", answered(200, { isAuthorized: true, context: [] }), "500 authorizer-failed"],
    ["an id that is no text", answered(200, { isAuthorized: true, context: { principalId: 7 } }), "500 authorizer-failed"],
    ["null", answered(200, null), "500 authorizer-failed"],
    ["Unauthorized", error("Unauthorized"), "401 unauthenticated"],
    ["unauthorized", error("unauthorized"), "500 authorizer-failed"],
    ["another error", error("boom"), "500 authorizer-failed"],
    ["an error that says yes", answered(200, { isAuthorized: true }, [["x-amz-function-error", "Unhandled"]]), "500 authorizer-failed"],
    ["403 of the Invoke API", answered(403, { message: "no" }), "500 authorizer-failed"],
    ["429 of the Invoke API", answered(429, { isAuthorized: true }), "500 authorizer-failed"],
    ["too late", { kind: "timeout" }, "500 authorizer-failed"],
  ];
  test.each(rows)("%s", async (_says, reply, expected) => {
    const { ask } = await scene(LAMBDA(`${SOURCE}\nsimple: true`), () => reply);
    expect(told(await ask({}))).toBe(expected);
  });

  test("a request whose ARN is too long is asked about by nobody", async () => {
    const { ask, questions } = await scene(LAMBDA(`${SOURCE}\nsimple: true`), () => answered(200, { isAuthorized: true }));
    expect(told(await ask({ target: `/orders/${"x".repeat(1_700)}` }))).toBe("414 target-too-long");
    expect(told(await ask({ target: `/orders/${"x".repeat(1_400)}` }))).toBe("200 rule Legacy");
    expect(questions()).toHaveLength(1);
  });
});

describe("sources", () => {
  const refused: readonly (readonly [what: string, asked: Asked])[] = [
    ["no header", { target: "/orders?t=1", headers: [] }],
    ["an empty header", { target: "/orders?t=1", headers: [["X-Token", ""]] }],
    ["no query", {}],
    ["an empty query", { target: "/orders?t=" }],
    ["a query twice", { target: "/orders?t=1&t=2" }],
    ["a query that is no text", { target: "/orders?t=%FF" }],
    ["a name in the query that is no text", { target: "/orders?t=1&%FF=2" }],
    ["a header that does not match", { target: "/orders?t=1", headers: [["X-Token", "ABC"]] }],
  ];
  test.each(refused)("%s: 401, and nobody is asked", async (_what, asked) => {
    const { ask, questions } = await scene(HTTP('source: [header("X-Token"), query("t")]\nmatch: /^[a-z]+$/'), () =>
      answered(200, { id: "u" }),
    );
    expect(told(await ask(asked))).toBe("401 unauthenticated");
    expect(questions()).toEqual([]);
    expect(told(await ask({ target: "/orders?t=1" }))).toBe("200 rule u");
  });

  test("a service is told what the program names, and nothing else", async () => {
    const parts = 'header("X-Token"), query("t"), client.ip, method, path, host, route.path';
    const { ask, questions } = await scene(HTTP(`source: [${parts}]`), () => answered(200, { id: "u" }));
    await ask({
      target: "/orders/17?t=a&s=b",
      headers: [
        ["x-token", "abc"],
        ["X-Other", "secret"],
      ],
    });
    expect(bodyOf(questions()[0])).toEqual({
      gateway: "shop",
      identity: "Legacy",
      headers: { "x-token": "abc" },
      query: { t: "a" },
      client: { ip: "203.0.113.9" },
      host: "shop.example",
      method: "GET",
      path: "/orders/17",
      route: { path: "/orders/{id}" },
    });
  });

  test("what is only seen may be missing", async () => {
    const { ask, questions } = await scene(HTTP('source: client.ip\nsees: [header("X-Token")]\ncache: 0s'), () =>
      answered(200, { id: "u" }),
    );
    await ask({ headers: [] });
    await ask({});
    expect(questions().map(bodyOf)).toMatchObject([{ headers: {} }, { headers: { "x-token": "abc" } }]);
  });

  const TOKEN = { type: "TOKEN", authorizationToken: "abc" };
  const ARN = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/$default";
  const events: readonly (readonly [form: string, settings: string, event: object])[] = [
    [
      "payload 2.0",
      'source: header "X-Token"\nsimple: true',
      { routeArn: `${ARN}/`, identitySource: ["abc"], headers: { "x-token": "abc" } },
    ],
    [
      "payload 2.0 with the route",
      'source: [header("X-Token"), method, path]\nsimple: true',
      { routeArn: `${ARN}/GET/orders/17`, rawPath: "/orders/17" },
    ],
    [
      "payload 1.0",
      'source: header "X-Token"\npayload: "1.0"',
      { methodArn: `${ARN}/`, headers: { "X-Token": "abc" }, identitySource: "abc" },
    ],
    ["token", 'source: header "X-Token"\ntype: token', { ...TOKEN, methodArn: `${ARN}/` }],
    ["token with the route", 'source: [header("X-Token"), method, path]\ntype: token', { ...TOKEN, methodArn: `${ARN}/GET/orders/17` }],
  ];
  test.each(events)("an event of %s", async (_form, settings, event) => {
    const { ask, questions } = await scene(LAMBDA(settings), () => answered(200, { isAuthorized: true }));
    await ask({
      target: "/orders/17",
      headers: [
        ["X-TOKEN", "abc"],
        ["X-Other", "secret"],
      ],
    });
    expect(bodyOf(questions()[0])).toMatchObject(event);
    expect(JSON.stringify(bodyOf(questions()[0]))).not.toContain("secret");
  });
});

describe("the cache", () => {
  const counting = (reply: () => Reply): (() => Reply) => reply;

  test("an answer serves the same sources until its time is over, to the millisecond", async () => {
    const { ask, questions } = await scene(
      HTTP(`${SOURCE}\ncache: 10s`),
      counting(() => answered(200, { id: "u1" })),
    );
    await ask({}, 0);
    await ask({ target: "/orders/1" }, 9_999);
    expect(questions()).toHaveLength(1);
    await ask({}, 10_000);
    expect(questions()).toHaveLength(2);
    await ask({}, 9_999);
    expect(questions()).toHaveLength(3);
  });

  test("five minutes where nothing is said, and none at all with 0s", async () => {
    const usual = await scene(HTTP(SOURCE), () => answered(200, { id: "u1" }));
    for (const at of [0, 299_999, 300_000]) await usual.ask({}, at);
    expect(usual.questions()).toHaveLength(2);
    const none = await scene(HTTP(`${SOURCE}\ncache: 0s`), () => answered(200, { id: "u1" }));
    for (const at of [0, 0]) await none.ask({}, at);
    expect(none.questions()).toHaveLength(2);
  });

  test("a no is kept; 401 and failures are not", async () => {
    const replies = [answered(500, ""), answered(401, ""), answered(403, ""), answered(200, { id: "u1" })];
    let asked = 0;
    const { ask } = await scene(HTTP(SOURCE), () => replies[Math.floor(asked++ / 2)] ?? { kind: "timeout" });
    const outcomes: string[] = [];
    for (let call = 0; call < 5; call++) outcomes.push(told(await ask({})));
    expect(outcomes).toEqual([
      "500 authorizer-failed",
      "401 unauthenticated",
      "403 authorizer-denied",
      "403 authorizer-denied",
      "403 authorizer-denied",
    ]);
  });

  test("sources that join to one text are different sources", async () => {
    const { ask, questions } = await scene(HTTP('source: [header("X-A"), header("X-B")]'), (question) =>
      answered(200, { id: JSON.stringify(bodyOf(question)) }),
    );
    const values = [
      ["a", "bc"],
      ["ab", "c"],
      ["1:a", "b"],
      ["1", ":ab"],
      ["a1:b", "c"],
    ] as const;
    const ids = new Set<string | undefined>();
    for (const [a, b] of values) {
      const headers = [
        ["X-A", a],
        ["X-B", b],
      ] as const;
      ids.add((await ask({ headers })).decision.principal?.id);
    }
    expect(ids.size).toBe(values.length);
    expect(questions()).toHaveLength(values.length);
  });
});

describe("returned policies", () => {
  const ARN = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/$default";
  const returns = (statement: unknown, more: object = {}): Reply =>
    answered(200, { principalId: "u1", policyDocument: { Version: "2012-10-17", Statement: statement }, ...more });
  const allow = (resource: unknown, more: object = {}): object => ({
    Effect: "Allow",
    Action: "execute-api:Invoke",
    Resource: resource,
    ...more,
  });
  const settings = `${SOURCE.replace("admin: Bool?", 'admin: Bool?, "usageIdentifierKey" as usage_key: String?')}`;

  const rows: readonly (readonly [what: string, reply: Reply, told: string])[] = [
    ["all", returns(allow("*")), "200 rule u1"],
    ["this method and path", returns(allow(`${ARN}/GET/orders/17`)), "200 rule u1"],
    ["all below the stage", returns([allow(`${ARN}/*`)]), "200 rule u1"],
    ["any action of the service", returns(allow("*", { Action: "execute-api:*" })), "200 rule u1"],
    ["the client's network", returns(allow("*", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } })), "200 rule u1"],
    ["another path", returns(allow(`${ARN}/GET/orders`)), "403 authorizer-denied"],
    ["another method", returns(allow(`${ARN}/POST/orders/17`)), "403 authorizer-denied"],
    ["another action", returns(allow("*", { Action: "execute-api:InvalidateCache" })), "403 authorizer-denied"],
    ["another network", returns(allow("*", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })), "403 authorizer-denied"],
    ["all, and a deny", returns([allow("*"), { ...allow(`${ARN}/GET/orders/*`), Effect: "Deny" }]), "403 authorizer-denied"],
    ["the ARN without a route", returns(allow(`${ARN}/`)), "403 authorizer-denied"],
    ["nothing", answered(200, { principalId: "u1" }), "500 authorizer-failed"],
    ["no statement", returns([]), "500 authorizer-failed"],
    ["a principal", returns(allow("*", { Principal: "*" })), "500 authorizer-failed"],
    ["an element that is not known", returns(allow("*", { Resources: "*" })), "500 authorizer-failed"],
    [
      "an operator that is not known",
      returns(allow("*", { Condition: { IpAdress: { "aws:SourceIp": "10.0.0.0/8" } } })),
      "500 authorizer-failed",
    ],
    ["a resource of more than 512 characters", returns(allow(`${ARN}/GET/${"x".repeat(512)}`)), "500 authorizer-failed"],
    ["no principal", answered(200, { policyDocument: { Statement: allow("*") } }), "500 authorizer-failed"],
    ["a simple yes beside it", returns(allow("*"), { isAuthorized: true }), "500 authorizer-failed"],
    ["a usage key", returns(allow("*"), { usageIdentifierKey: "key-1" }), "200 rule u1"],
    ["a usage key that is no text", returns(allow("*"), { usageIdentifierKey: 1 }), "500 authorizer-failed"],
    ["a nested context that is not declared", returns(allow("*"), { context: { other: { a: 1 } } }), "500 authorizer-failed"],
  ];
  test.each(rows)("%s", async (_what, reply, expected) => {
    const { ask } = await scene(LAMBDA(`${settings}\ntype: token`), () => reply);
    expect(told(await ask({ target: "/orders/17" }))).toBe(expected);
  });

  test("a usage key is what rules read under its name, and no context can say another", async () => {
    const reply = returns(allow("*"), { usageIdentifierKey: "key-1", context: { usageIdentifierKey: "other", admin: true } });
    const { ask } = await scene(LAMBDA(`${settings}\ntype: token`), () => reply);
    expect((await ask({})).decision.principal?.claims).toEqual({ usage_key: "key-1", admin: true });
    const without = await scene(LAMBDA(`${settings}\ntype: token`), () =>
      returns(allow("*"), { context: { usageIdentifierKey: "other" } }),
    );
    expect((await without.ask({})).decision.principal?.claims).toEqual({});
  });

  test("one answer is asked about each route anew", async () => {
    const { ask, questions } = await scene(LAMBDA(`${settings}\ntype: token`), () => returns(allow(`${ARN}/GET/orders/*`)));
    const outcomes: string[] = [];
    for (const request of [
      { target: "/orders/1" },
      { target: "/orders" },
      { target: "/orders/2", method: "HEAD" },
      { target: "/orders/2", method: "DELETE" },
    ]) {
      outcomes.push(told(await ask(request)));
    }
    expect(outcomes).toEqual(["200 rule u1", "403 authorizer-denied", "200 rule u1", "403 authorizer-denied"]);
    expect(questions()).toHaveLength(1);
  });

  test("a service may return one as well", async () => {
    const policy = { Version: "2012-10-17", Statement: [allow(`${ARN}/GET/orders/17`)] };
    const { ask } = await scene(HTTP(SOURCE), () => answered(200, { id: "u1", policy }));
    expect(told(await ask({ target: "/orders/17" }))).toBe("200 rule u1");
    expect(told(await ask({ target: "/orders/18" }))).toBe("403 authorizer-denied");
  });
});
