/**
 * Both hands agree on authorizers, whatever they answer and whenever: the same outcomes, and the same questions asked of them in the same
 * order, bit for bit. So what is kept, for whom and for how long, is the same.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reply } from "../../../runtime/contract/world.ts";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";
import { answered, scene, told } from "./both.ts";

const FIELDS = 'cache: 10s, fields { admin: Bool?, "usageIdentifierKey" as key: String? }';
const IDENTITIES = [
  `http("https://auth.example/check") { source: [header("X-Token"), query("t")], ${FIELDS} }`,
  `http("https://auth.example/check") { source: header "X-Token", sees: [method, path, query("t")], cache: 0s }`,
  `lambda("authz") { source: [header("X-Token"), client.ip], simple: true, match: /^[a-c]/, ${FIELDS} }`,
  `lambda("authz") { source: header "X-Token", type: token, ${FIELDS} }`,
  `lambda("authz") { source: [header("X-Token"), method, path], payload: "1.0", endpoint: "http://127.0.0.1:9001", ${FIELDS} }`,
];

const ARN = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/$default";
const resource = fc.constantFrom("*", `${ARN}/GET/*`, `${ARN}/*/orders/1`, `${ARN}/DELETE/orders`, `${ARN}/`, "arn:*");
const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny", "allow"),
  Action: fc.constantFrom("execute-api:Invoke", "execute-api:*", "*", "s3:GetObject"),
  Resource: fc.oneof(resource, fc.array(resource, { maxLength: 2 })),
});
const policy = fc.record({
  Version: fc.constantFrom("2012-10-17", "2008-10-17", "2020-01-01"),
  Statement: fc.array(statement, { maxLength: 3 }),
});
const context = fc.constantFrom<unknown[]>(
  undefined,
  {},
  null,
  [],
  { admin: true },
  { admin: "yes" },
  { other: { a: 1 } },
  { principalId: "u2" },
);
const member = fc.record(
  {
    id: fc.constantFrom<unknown[]>("u1", "u2", "", 7),
    principalId: fc.constantFrom<unknown[]>("u1", "u2", "x".repeat(257), null),
    isAuthorized: fc.constantFrom<unknown[]>(true, true, false, "true"),
    policyDocument: policy,
    policy,
    context,
    usageIdentifierKey: fc.constantFrom<unknown[]>("k", null, 1),
    errorMessage: fc.constantFrom("Unauthorized", "boom"),
  },
  { requiredKeys: [] },
);
/** Whole answers of each form, which chance alone would seldom make, among others. */
const whole = fc.oneof(
  fc.record({ id: fc.constant("u1"), context: fc.constant({ admin: true }) }),
  fc.record({ isAuthorized: fc.boolean(), context: fc.constant({ admin: false }) }),
  fc.record({ principalId: fc.constant("u1"), policyDocument: policy, usageIdentifierKey: fc.constant("k") }),
);
const reply: fc.Arbitrary<Reply> = fc.oneof(
  { weight: 6, arbitrary: whole.map((body) => answered(200, body)) },
  { weight: 3, arbitrary: member.map((body) => answered(200, body)) },
  { weight: 1, arbitrary: member.map((body) => answered(200, body, [["x-amz-function-error", "Unhandled"]])) },
  { weight: 1, arbitrary: fc.constantFrom(401, 403, 404, 500, 204).map((status) => answered(status, {})) },
  { weight: 1, arbitrary: fc.constantFrom<Reply[]>({ kind: "timeout" }, { kind: "failed", why: "refused" }, answered(200, "[")) },
);
const request = fc.record({
  method: fc.constantFrom("GET", "GET", "HEAD", "DELETE"),
  target: fc.constantFrom("/orders", "/orders/1", "/orders?t=1", "/orders/1?t=2&t=3", "/orders/2?t=%FF", "/orders/1?t=2"),
  headers: fc.constantFrom<(readonly (readonly [string, string])[])[]>(
    [["X-Token", "a"]],
    [["x-token", "b"]],
    [["X-Token", "d"]],
    [["X-Token", ""]],
    [],
  ),
  after: fc.constantFrom(0, 1, 5_000, 9_999, 10_000, -3_000),
});

test("outcomes and questions are the same in both hands", PATIENCE, async () => {
  const seen = new Map<string, number>();
  const sequences = fc.record({
    identity: fc.constantFrom(...IDENTITIES),
    replies: fc.array(reply, { minLength: 1, maxLength: 4 }),
    requests: fc.array(request, { minLength: 4, maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(sequences, async ({ identity, replies, requests }) => {
      // By the question, so that both hands hear the same however often each asks.
      const { ask } = await scene(`identity Legacy = ${identity}`, ({ body = new Uint8Array() }) => {
        const sum = body.reduce((total, byte) => total + byte, 0);
        return replies[sum % replies.length] ?? { kind: "timeout" };
      });
      let at = 0;
      for (const { after, ...asked } of requests) {
        at += after;
        const what = told(await ask(asked, at)).split(" ")[1] ?? "";
        seen.set(what, (seen.get(what) ?? 0) + 1);
      }
    }),
    runs(Math.ceil(runSize("PAIRS", 20_000) / 40)),
  );
  expect([...seen.keys()].sort()).toEqual(expect.arrayContaining(["authorizer-denied", "authorizer-failed", "rule", "unauthenticated"]));
});
