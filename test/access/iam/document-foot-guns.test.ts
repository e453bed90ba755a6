/** Foot-guns of documents that only the program around them shows: where they are told, where not, and that their repair repairs them. */
import { describe, expect, test } from "vitest";
import { checkedText } from "../compile-text.ts";

const PRINCIPALS = `version: 1
accounts:
  "111122223333":
    policies: { All: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] } }
    users:
      ana: { policies: [All], keys: [{ id: AKIAANAEXAMPLE000001, secret: KEY }] }
      ben: { keys: [{ id: AKIABENEXAMPLE000001, secret: KEY }] }
`;
const statement = (condition: object | undefined, effect = "Allow"): object => ({
  Effect: effect,
  Principal: "*",
  Action: "execute-api:Invoke",
  Resource: "*",
  ...(condition && { Condition: condition }),
});
const FROM_OFFICE = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };

const SIGNED = (mode: string, account = "111122223333"): string => `gwl 1
secret KEY: String
identity Signer = sigv4 { principals: from "principals.yaml", regions: ["eu-west-1"] }
gateway shop {
  listen 8080
  arn { region: "eu-west-1", account: ${account}, api_id: "abc123" }
  accept Signer
  resource_policy from "policy.json"${mode}
}
GET "/pets" { respond 200 }
`;
const PRIVATE = (doors: string, isPrivate = true): string => `gwl 1
network balancers { 10.0.9.0/24 }
gateway shop { listen 8080 }
entry balanced { listen 8443, proxy_protocol from balancers }
${doors}
api pets at "/pets"${isPrivate ? " private" : ""} { resource_policy from "policy.json", GET "/" { respond 200 } }
`;
const ENDPOINT = 'entry partners { via balanced, vpce: "vpce-0abc1234def567890", allow }';
const LISTENER = "entry local { listen 8444, allow }";

async function codes(text: string, policy: unknown, principals = PRINCIPALS): Promise<readonly string[]> {
  const { findings } = await checkedText(text, { "policy.json": JSON.stringify(policy), "principals.yaml": principals });
  return findings.map(({ code }) => code).filter((code) => code === "GWL4173" || code === "GWL4174");
}

const one = (...statements: readonly object[]): object => ({ Version: "2012-10-17", Statement: statements });

describe("an allow-list and callers of the same account", () => {
  test.each([
    ["callers have policies of their own", SIGNED(" mode aws"), one(statement(FROM_OFFICE)), ["GWL4174"]],
    ["GWL's own rule: both sides must allow", SIGNED(""), one(statement(FROM_OFFICE)), []],
    [
      "something is denied",
      SIGNED(" mode aws"),
      one(statement(FROM_OFFICE), statement({ Bool: { "aws:SecureTransport": "false" } }, "Deny")),
      [],
    ],
    ["nothing is listed", SIGNED(" mode aws"), one(statement(undefined)), []],
    ["all callers are of another account", SIGNED(" mode aws", "999999999999"), one(statement(FROM_OFFICE)), []],
  ])("%s", async (_, text, policy, found) => {
    expect(await codes(text, policy)).toEqual(found);
  });

  test("nobody has policies of their own", async () => {
    const without = PRINCIPALS.replace("policies: [All], ", "").replace(/ {4}policies: .*\n/, "");
    expect(await codes(SIGNED(" mode aws"), one(statement(FROM_OFFICE)), without)).toEqual([]);
  });

  test("the account is known at the start only: it may be theirs", async () => {
    const text = SIGNED(" mode aws", "ACCOUNT").replace("secret KEY", "env ACCOUNT: AccountId\nsecret KEY");
    expect(await codes(text, one(statement(FROM_OFFICE)))).toEqual(["GWL4174"]);
  });
});

describe("addresses behind VPC endpoints", () => {
  test.each([
    ["only an endpoint leads there", PRIVATE(ENDPOINT), ["GWL4173"]],
    ["an endpoint and a listener do", PRIVATE(`${ENDPOINT}\n${LISTENER}`), ["GWL4173"]],
    ["only a listener does", PRIVATE(LISTENER), []],
    ["the api is not private", PRIVATE(ENDPOINT, false), []],
  ])("%s", async (_, text, found) => {
    expect(await codes(text, one(statement(FROM_OFFICE)))).toEqual(found);
  });

  test("an endpoint policy, whatever the api is", async () => {
    const text = PRIVATE(ENDPOINT.replace("allow", 'endpoint_policy from "policy.json"'), false);
    expect(await codes(text, one(statement(FROM_OFFICE)))).toEqual(["GWL4173"]);
  });
});

describe("repairs", () => {
  test.each([
    ["a list of statements", SIGNED(" mode aws"), one(statement(FROM_OFFICE))],
    ["a lone statement", SIGNED(" mode aws"), { Version: "2012-10-17", Statement: statement(FROM_OFFICE) }],
    ["addresses", PRIVATE(ENDPOINT), one(statement(FROM_OFFICE))],
  ])("%s: the finding is gone, and none has come", async (_, text, policy) => {
    const written = JSON.stringify(policy);
    const { findings } = await checkedText(text, { "policy.json": written, "principals.yaml": PRINCIPALS });
    expect(findings).toHaveLength(1);
    const edits = [...(findings[0]?.fixes[0]?.edits ?? [])].sort((a, b) => b.span.start - a.span.start);
    expect(edits.length).toBeGreaterThan(0);
    const mended = edits.reduce((before, { span, text: put }) => before.slice(0, span.start) + put + before.slice(span.end), written);
    const after = await checkedText(text, { "policy.json": mended, "principals.yaml": PRINCIPALS });
    expect(after.findings.map(({ message }) => message)).toEqual([]);
  });

  test("where a listener leads there too, nothing is replaced", async () => {
    const { findings } = await checkedText(PRIVATE(`${ENDPOINT}\n${LISTENER}`), {
      "policy.json": JSON.stringify(one(statement(FROM_OFFICE))),
    });
    expect(findings.map(({ fixes }) => fixes)).toEqual([[]]);
  });
});
