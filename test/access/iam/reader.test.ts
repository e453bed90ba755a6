/** What AWS would refuse, and what seldom does what was meant, each at its place in the JSON. The pages of the codes show the others. */
import { describe, expect, test } from "vitest";
import { type PolicyOptions, readPolicyText } from "../../../compiler/constructs/access/iam/read-policy.ts";
import type { Diagnostic } from "../../../grammar/source/diagnostic.ts";

const STATEMENT = { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };

/** The findings, and the piece of the text that each underlines. */
function read(
  text: string,
  options: Omit<PolicyOptions, "report"> = { kind: "resource" },
): readonly (readonly [code: string, at: string])[] {
  return findings(text, options).map(({ code, span }) => [code, text.slice(span.start, span.end)] as const);
}

function findings(text: string, options: Omit<PolicyOptions, "report"> = { kind: "resource" }): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  readPolicyText("policy.json", text, { ...options, report: (one) => found.push(one) });
  return found;
}

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements.map((one) => ({ ...STATEMENT, ...one })) });
}

function when(condition: object, more: object = {}): string {
  return policy({ ...more, Condition: condition });
}

describe("documents that AWS refuses", () => {
  test("GWL4006: the policy of a caller names no principal", () => {
    expect(read(policy({ Resource: "*" }), { kind: "identity" })).toEqual([["GWL4006", '"Principal"']]);
    expect(read(JSON.stringify({ Statement: { ...STATEMENT, Principal: undefined, Resource: "*" } }), { kind: "identity" })).toEqual([]);
  });

  test("GWL4012: AWS takes 8192 characters, white space aside", () => {
    const addresses = (count: number): string[] => Array.from({ length: count }, (_, at) => `10.0.${at >> 8}.${at & 255}/32`);
    const long = when({ IpAddress: { "aws:SourceIp": addresses(700) } });
    expect(read(long)).toEqual([]);
    expect(read(long, { kind: "resource", limit: 8192 }).map(([code]) => code)).toEqual(["GWL4012"]);
    const spaced = when({ IpAddress: { "aws:SourceIp": addresses(450) } }).replaceAll(",", `,${" ".repeat(30)}`);
    expect(spaced.length).toBeGreaterThan(8192);
    expect(read(spaced, { kind: "resource", limit: 8192 })).toEqual([]);
  });

  test.each([
    ["{}", "GWL4003", "{}"],
    ["[]", "GWL4004", "[]"],
    ['{ "Statement": [] }', "GWL4004", "[]"],
    ['{ "Version": "2026-01-01", "Statement": [] }', "GWL4004", '"2026-01-01"'],
    ['{ "Statement": [null] }', "GWL4004", "null"],
    ['{ "statement": [] }', "GWL4002", '"statement"'],
    ["{ 'Statement': [] }", "GWL4001", "'"],
    ['{ "Statement": [1,] }', "GWL4001", ","],
    ['{ "Statement": 1 } // all', "GWL4001", "/"],
  ])("%s", (text, code, at) => {
    expect(read(text)[0]).toEqual([code, at]);
  });

  test.each([
    [{ Action: "s3:GetObject" }, "GWL4010", '"s3:GetObject"'],
    [{ Action: "execute-api:Invok" }, "GWL4010", '"execute-api:Invok"'],
    [{ Action: "Invoke" }, "GWL4010", '"Invoke"'],
    [{ Action: [] }, "GWL4004", "[]"],
    [{ Action: ["execute-api:Invoke", 1] }, "GWL4004", "1"],
    [{ Resource: "arn:aws:s3:::bucket" }, "GWL4010", '"arn:aws:s3:::bucket"'],
    [{ Resource: "arn:aws:execute-api:eu-west-1:1111:abc/*" }, "GWL4010", '"arn:aws:execute-api:eu-west-1:1111:abc/*"'],
    [{ Resource: "arn:aws:execute-api:*" }, "GWL4010", '"arn:aws:execute-api:*"'],
    [{ Resource: "arn:aws:execute-api:${aws:x}:111122223333:abc/*" }, "GWL4010", '"arn:aws:execute-api:${aws:x}:111122223333:abc/*"'],
    [{ Resource: "execute-api:/${aws:x" }, "GWL4011", '"execute-api:/${aws:x"'],
    [{ Principal: { AWS: "arn:aws:iam::111122223333:role/*" } }, "GWL4010", '"arn:aws:iam::111122223333:role/*"'],
    [{ Principal: { AWS: "arn:aws:iam::111122223333:group/admins" } }, "GWL4010", '"arn:aws:iam::111122223333:group/admins"'],
    [{ Principal: { AWS: "11112222" } }, "GWL4010", '"11112222"'],
    [{ Principal: { Aws: "111122223333" } }, "GWL4002", '"Aws"'],
    [{ Principal: "111122223333" }, "GWL4004", '"111122223333"'],
    [{ Principal: {} }, "GWL4004", "{}"],
    [{ Sid: "a.b" }, "GWL4010", '"a.b"'],
    [{ Effect: "Permit" }, "GWL4004", '"Permit"'],
  ])("a statement with %j", (part, code, at) => {
    expect(read(policy(part))).toEqual([[code, at]]);
  });

  test.each([
    [{ IpAddress: { "aws:SourceIp": "10.0.0/8" } }, "GWL4009", '"10.0.0/8"'],
    [{ IpAddress: { "aws:SourceIp": "010.0.0.1" } }, "GWL4009", '"010.0.0.1"'],
    [{ DateLessThan: { "aws:CurrentTime": "2026-02-30T00:00:00Z" } }, "GWL4009", '"2026-02-30T00:00:00Z"'],
    [{ DateLessThan: { "aws:CurrentTime": "2026" } }, "GWL4009", '"2026"'],
    [{ NumericEquals: { "aws:EpochTime": "many" } }, "GWL4009", '"many"'],
    [{ Bool: { "aws:SecureTransport": "yes" } }, "GWL4009", '"yes"'],
    [{ Null: { "aws:UserAgent": 1 } }, "GWL4009", "1"],
    [{ BinaryEquals: { "key:Blob": "AB=" } }, "GWL4009", '"AB="'],
    [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam" } }, "GWL4009", '"arn:aws:iam"'],
    [{ StringEquals: { "aws:UserAgent": [] } }, "GWL4004", "[]"],
    [{ StringEquals: { "aws:UserAgent": null } }, "GWL4004", "null"],
    [{ StringEquals: { UserAgent: "x" } }, "GWL4010", '"UserAgent"'],
    [{ NullIfExists: { "aws:UserAgent": "true" } }, "GWL4008", '"NullIfExists"'],
    [{ "ForAllValue:StringEquals": { "aws:PrincipalOrgPaths": "x" } }, "GWL4008", '"ForAllValue:StringEquals"'],
    [{ stringEquals: { "aws:UserAgent": "x" } }, "GWL4008", '"stringEquals"'],
    [{ StringEquals: "x" }, "GWL4004", '"x"'],
  ])("a condition %j", (condition, code, at) => {
    expect(read(when(condition))).toEqual([[code, at]]);
  });
});

describe("what AWS takes", () => {
  test.each([
    { Principal: { AWS: ["111122223333", "arn:aws:iam::111122223333:root"], Service: "events.amazonaws.com" } },
    { Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/corp" } },
    { Resource: ["*", "execute-api:/*", "arn:aws:execute-api:*:111122223333:*/prod/GET/*"] },
    { Action: ["EXECUTE-API:invoke", "execute-api:*", "*"] },
    { Condition: { Bool: { "aws:SecureTransport": true }, NumericLessThan: { "aws:EpochTime": 2000000000 } } },
    { Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.7/24", "203.0.113.9", "2001:db8::/32"] } } },
    { Condition: { "ForAnyValue:StringLikeIfExists": { "aws:PrincipalTag/cost center": "${aws:username, 'nobody'}*${*}${?}${$}" } } },
    { Condition: {} },
    { Sid: "" },
  ])("a statement with %j", (part) => {
    expect(read(policy(part))).toEqual([]);
  });
});

describe("edits in the JSON", () => {
  function edited(text: string): string {
    const [finding] = findings(text);
    const [edit] = finding?.fixes[0]?.edits ?? [];
    return edit === undefined ? text : text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
  }

  test.each([
    [when({ StringNotEquals: { "aws:UserAgent": "x" } }), "GWL4020"],
    [when({ "ForAllValues:StringEquals": { "aws:PrincipalOrgPaths": "x" } }), "GWL4021"],
    [when({ Bool: { "aws:MultiFactorAuthPresent": "false" } }, { Effect: "Deny" }), "GWL4022"],
    [when({ stringequals: { "aws:UserAgent": "x" } }), "GWL4008"],
    [policy({ principal: "x" }).replace('"Principal":"*",', ""), "GWL4002"],
  ])("repair %s", (text, code) => {
    expect(read(text)[0]?.[0]).toBe(code);
    expect(read(edited(text)).map(([found]) => found)).not.toContain(code);
  });
});
