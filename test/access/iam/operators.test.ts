/** Every condition operator with a key that fits, one that does not, one that is absent and one that is empty; plain, IfExists, and over sets. */
import { describe, expect, test } from "vitest";
import { conditionHolds } from "../../../compiler/reference/iam/condition.ts";
import { prepareCondition } from "../../../runtime/access/iam/condition.ts";
import { CONDITION_OPERATORS, type ConditionOperator, type PolicyCondition } from "../../../runtime/contract/iam.ts";

type Sample = { readonly wanted: string; readonly fits: string; readonly misses: string };

const ARN = "arn:aws:iam::111122223333:role/Reader";
const SAMPLES: Readonly<Record<Exclude<ConditionOperator, "Null">, Sample>> = {
  StringEquals: { wanted: "Red", fits: "Red", misses: "red" },
  StringNotEquals: { wanted: "Red", fits: "red", misses: "Red" },
  StringEqualsIgnoreCase: { wanted: "Red", fits: "rED", misses: "blue" },
  StringNotEqualsIgnoreCase: { wanted: "Red", fits: "blue", misses: "rED" },
  StringLike: { wanted: "R?d*", fits: "Rod/x", misses: "rod" },
  StringNotLike: { wanted: "R?d*", fits: "rod", misses: "Rod/x" },
  NumericEquals: { wanted: "5", fits: "5.0", misses: "6" },
  NumericNotEquals: { wanted: "5", fits: "6", misses: "5.0" },
  NumericLessThan: { wanted: "5", fits: "4.9", misses: "5" },
  NumericLessThanEquals: { wanted: "5", fits: "5", misses: "5.1" },
  NumericGreaterThan: { wanted: "5", fits: "5.1", misses: "5" },
  NumericGreaterThanEquals: { wanted: "5", fits: "5", misses: "-6" },
  DateEquals: { wanted: "2026-01-01T00:00:00Z", fits: "1767225600", misses: "1767225601" },
  DateNotEquals: { wanted: "2026-01-01T00:00:00Z", fits: "1767225601", misses: "2026-01-01" },
  DateLessThan: { wanted: "2026-01-01T00:00:00Z", fits: "2025-12-31T23:59:59Z", misses: "2026-01-01" },
  DateLessThanEquals: { wanted: "2026-01-01T00:00:00Z", fits: "2026-01-01T01:00:00+01:00", misses: "2026-01-01T00:00:01Z" },
  DateGreaterThan: { wanted: "2026-01-01T00:00:00Z", fits: "2026-01-01T00:00:00.5Z", misses: "2026-01" },
  DateGreaterThanEquals: { wanted: "2026-01-01T00:00:00Z", fits: "2026-01", misses: "2025-12" },
  Bool: { wanted: "true", fits: "true", misses: "false" },
  BinaryEquals: { wanted: "AAEC", fits: "AAEC", misses: "AAED" },
  IpAddress: { wanted: "192.0.2.9/24", fits: "192.0.2.200", misses: "192.0.3.1" },
  NotIpAddress: { wanted: "192.0.2.9/24", fits: "192.0.3.1", misses: "192.0.2.200" },
  ArnEquals: { wanted: "arn:aws:iam::*:role/*", fits: ARN, misses: "arn:aws:iam::111122223333:user/ana" },
  ArnNotEquals: { wanted: "arn:aws:iam::*:role/*", fits: "arn:aws:iam::111122223333:user/ana", misses: ARN },
  ArnLike: { wanted: "arn:aws:iam::1111????3333:role/Re*", fits: ARN, misses: "arn:aws:iam:eu:111122223333:role/Reader" },
  ArnNotLike: { wanted: "arn:aws:iam::1111????3333:role/Re*", fits: "no arn", misses: ARN },
};
const operators = CONDITION_OPERATORS.filter((operator) => operator !== "Null");

function holds(
  condition: Partial<PolicyCondition> & Pick<PolicyCondition, "operator" | "values">,
  found: readonly string[] | undefined,
): boolean {
  const whole: PolicyCondition = { ifExists: false, key: "k", ...condition };
  const keys = (name: string): readonly string[] | undefined => (name === "k" ? found : undefined);
  const fast = prepareCondition(whole, "2012-10-17")(keys);
  expect(fast).toBe(conditionHolds(whole, { version: "2012-10-17", keys }));
  return fast;
}

describe.each(operators)("%s", (operator) => {
  const { wanted, fits, misses } = SAMPLES[operator];
  const isNegated = operator.includes("Not");
  const values = [wanted];

  test("with a key: by its value", () => {
    expect(holds({ operator, values }, [fits])).toBe(true);
    expect(holds({ operator, values }, [misses])).toBe(false);
  });

  test("without the key, or with no value: only a negated one holds", () => {
    expect(holds({ operator, values }, undefined)).toBe(isNegated);
    expect(holds({ operator, values }, [])).toBe(isNegated);
  });

  test("IfExists holds without the key, and is itself with it", () => {
    expect(holds({ operator, values, ifExists: true }, undefined)).toBe(true);
    expect(holds({ operator, values, ifExists: true }, [])).toBe(true);
    expect(holds({ operator, values, ifExists: true }, [fits])).toBe(true);
    expect(holds({ operator, values, ifExists: true }, [misses])).toBe(false);
  });

  test("ForAllValues: each value has to fit, and none does", () => {
    expect(holds({ operator, values, quantifier: "all" }, [fits, fits])).toBe(true);
    expect(holds({ operator, values, quantifier: "all" }, [fits, misses])).toBe(false);
    for (const nothing of [undefined, [], [""]]) expect(holds({ operator, values, quantifier: "all" }, nothing)).toBe(true);
  });

  test("ForAnyValue: one value has to fit, and none does not", () => {
    expect(holds({ operator, values, quantifier: "any" }, [misses, fits])).toBe(true);
    expect(holds({ operator, values, quantifier: "any" }, [misses, misses])).toBe(false);
    for (const nothing of [undefined, [], [""]]) expect(holds({ operator, values, quantifier: "any" }, nothing)).toBe(false);
    expect(holds({ operator, values, quantifier: "any", ifExists: true }, undefined)).toBe(true);
  });
});

describe("Null", () => {
  test("true asks for no key, false for one; an empty text is a value", () => {
    expect([undefined, [], [""], ["x"]].map((found) => holds({ operator: "Null", values: ["true"] }, found))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([undefined, [], [""], ["x"]].map((found) => holds({ operator: "Null", values: ["false"] }, found))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(holds({ operator: "Null", values: ["true", "false"] }, undefined)).toBe(true);
  });
});

describe("several values in the document", () => {
  test("one is enough, but for a negated operator: none may fit", () => {
    expect(holds({ operator: "StringEquals", values: ["a", "b"] }, ["b"])).toBe(true);
    expect(holds({ operator: "StringNotEquals", values: ["a", "b"] }, ["b"])).toBe(false);
    expect(holds({ operator: "StringNotEquals", values: ["a", "b"] }, ["c"])).toBe(true);
    expect(holds({ operator: "NumericLessThan", values: ["1", "10"] }, ["5"])).toBe(true);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["NumericEquals", "1", "one"],
    ["DateLessThan", "2026-01-01", "yesterday"],
    ["DateEquals", "2026-02-29", "2026-02-29"],
    ["IpAddress", "192.0.2.0/24", "192.0.2"],
    ["IpAddress", "::/0", "192.0.2.1"],
    ["ArnLike", "arn:aws:iam::*:role/*", "role/Reader"],
  ] as const)("%s compares %s and %s as different", (operator, wanted, found) => {
    expect(holds({ operator, values: [wanted] }, [found])).toBe(false);
  });
});
