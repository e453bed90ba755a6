/** The tables by which AWS combines policies, row by row, in both hands. */
import { describe, expect, test } from "vitest";
import { accessAnswer as reference, isDeniedBeforeAuthorizer } from "../../../compiler/reference/iam/outcome.ts";
import { accessAnswer } from "../../../runtime/access/iam/access-answer.ts";
import type { AccessQuestion, Grant, Verdict } from "../../../runtime/contract/iam.ts";

type Word = "allow" | "deny" | "silent";

function verdict(word: Word, grant: Grant = "limited"): Verdict {
  if (word === "silent") return { effect: "silent" };
  return word === "deny" ? { effect: "explicitDeny", statements: [0] } : { effect: "allow", statements: [0], grant };
}

function isAllowed(question: Partial<AccessQuestion>): boolean {
  const whole: AccessQuestion = { authentication: "none", isPrivate: false, sameAccount: true, ...question };
  const [fast, dull] = [accessAnswer(whole), reference(whole)];
  expect(fast).toEqual(dull);
  return fast.allowed;
}

/** Table A: either side allows and neither denies. */
const TABLE_A: readonly (readonly [own: Word, resource: Word, allowed: boolean])[] = [
  ["allow", "allow", true],
  ["allow", "silent", true],
  ["allow", "deny", false],
  ["silent", "allow", true],
  ["silent", "silent", false],
  ["silent", "deny", false],
  ["deny", "allow", false],
  ["deny", "silent", false],
  ["deny", "deny", false],
];

/** Table B: both sides allow. */
const TABLE_B = TABLE_A.map(([own, resource]) => [own, resource, own === "allow" && resource === "allow"] as const);

describe("IAM in one account (Table A)", () => {
  test.each(TABLE_A)("the caller's policies: %s, the resource policy: %s, let in: %s", (own, resource, allowed) => {
    expect(isAllowed({ authentication: "iam", identity: verdict(own), resource: verdict(resource) })).toBe(allowed);
  });
});

describe("IAM across accounts (Table B)", () => {
  test.each(TABLE_B)("the caller's policies: %s, the resource policy: %s, let in: %s", (own, resource, allowed) => {
    const question = { authentication: "iam", sameAccount: false, identity: verdict(own), resource: verdict(resource) } as const;
    expect(isAllowed(question)).toBe(allowed);
  });

  test("an API without a resource policy lets nobody in from another account", () => {
    expect(isAllowed({ authentication: "iam", sameAccount: false, identity: verdict("allow") })).toBe(false);
  });
});

describe("a Lambda authorizer, in two phases", () => {
  test.each(TABLE_A)("the returned policy: %s, the resource policy: %s, let in: %s", (own, resource, allowed) => {
    expect(isAllowed({ authentication: "lambda", authorizer: verdict(own), resource: verdict(resource) })).toBe(allowed);
  });

  test("what the resource policy denies never gets to the function, what it does not allow does", () => {
    expect(isDeniedBeforeAuthorizer(verdict("deny"))).toBe(true);
    expect(isDeniedBeforeAuthorizer(verdict("silent"))).toBe(false);
    expect(isDeniedBeforeAuthorizer(undefined)).toBe(false);
  });

  test("without a resource policy the returned one has the say", () => {
    expect(isAllowed({ authentication: "lambda", authorizer: verdict("allow") })).toBe(true);
    expect(isAllowed({ authentication: "lambda", authorizer: verdict("silent") })).toBe(false);
    expect(isAllowed({ authentication: "lambda" })).toBe(false);
  });
});

describe.each(["none", "token"] as const)("no authorizer, and Cognito or another token: %s", (authentication) => {
  test.each([
    ["allow", true],
    ["silent", false],
    ["deny", false],
  ] as const)("the resource policy: %s, let in: %s", (resource, allowed) => {
    expect(isAllowed({ authentication, resource: verdict(resource) })).toBe(allowed);
  });

  test("without a resource policy it is open to whoever got here", () => {
    expect(isAllowed({ authentication })).toBe(true);
  });
});

describe("private APIs", () => {
  test.each(["none", "token", "iam", "lambda"] as const)("without a resource policy nobody gets in: %s", (authentication) => {
    const policies = { identity: verdict("allow"), authorizer: verdict("allow"), endpoint: verdict("allow") };
    expect(isAllowed({ authentication, isPrivate: true, ...policies })).toBe(false);
  });

  test.each([
    ["allow", "allow", true],
    ["allow", "silent", false],
    ["silent", "allow", false],
    ["deny", "allow", false],
    ["allow", "deny", false],
  ] as const)("the endpoint's policy: %s, the resource policy: %s, let in: %s", (endpoint, resource, allowed) => {
    expect(isAllowed({ isPrivate: true, endpoint: verdict(endpoint), resource: verdict(resource) })).toBe(allowed);
  });
});

describe("what only narrows", () => {
  const both = { authentication: "iam", identity: verdict("allow"), resource: verdict("allow") } as const;

  test.each(["boundary", "session", "organization"] as const)("a %s that is silent or denies", (role) => {
    expect(isAllowed({ ...both, [role]: verdict("allow") })).toBe(true);
    expect(isAllowed({ ...both, [role]: verdict("silent") })).toBe(false);
    expect(isAllowed({ ...both, [role]: verdict("deny") })).toBe(false);
  });

  test.each(["boundary", "session"] as const)("a resource policy that names the caller itself is not narrowed by a silent %s", (role) => {
    const named = { authentication: "iam", identity: verdict("silent"), [role]: verdict("silent") } as const;
    expect(isAllowed({ ...named, resource: verdict("allow", "direct") })).toBe(true);
    expect(isAllowed({ ...named, resource: verdict("allow", "limited") })).toBe(false);
    expect(isAllowed({ ...named, [role]: verdict("deny"), resource: verdict("allow", "direct") })).toBe(false);
  });

  test("an allow that names an account leaves the say to that account's policies", () => {
    const delegated = { authentication: "iam", resource: verdict("allow", "delegated") } as const;
    expect(isAllowed({ ...delegated, identity: verdict("silent") })).toBe(false);
    expect(isAllowed({ ...delegated, identity: verdict("allow") })).toBe(true);
    expect(isAllowed({ ...delegated, sameAccount: false, identity: verdict("allow") })).toBe(true);
  });
});
