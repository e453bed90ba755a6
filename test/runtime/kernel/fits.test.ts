import { expect, test } from "vitest";
import type { ValueType } from "../../../runtime/contract/value-type.ts";
import { fits } from "../../../runtime/kernel/fits.ts";

const text: ValueType = { kind: "string" };
const person: ValueType = {
  kind: "record",
  fields: [
    { name: "name", type: text },
    { name: "age", type: { kind: "optional", type: { kind: "int", min: 0 } } },
  ],
};

const cases: readonly (readonly [type: ValueType, good: readonly unknown[], bad: readonly unknown[]])[] = [
  [{ kind: "bool" }, [true, false], [0, "true", null, undefined]],
  [{ kind: "int", min: 1, max: 3 }, [1, 3, 2.0], [0, 4, 1.5, "2", Number.NaN, null]],
  [{ kind: "int" }, [Number.MAX_SAFE_INTEGER, -0], [2 ** 53, -(2 ** 53), 1e300]],
  [{ kind: "decimal", max: 1 }, [0.5, -1e300], [1.5, Infinity, "1"]],
  [{ kind: "string", minLength: 1, maxLength: 2 }, ["a", "\u{1f600}\u{1f600}"], ["", "abc", 1, null]],
  [{ kind: "string", pattern: "^a+$" }, ["a", "aa"], ["b", "ab", "a\n"]],
  [{ kind: "string", pattern: "b" }, ["abc"], ["ac"]],
  [{ kind: "literals", values: ["EUR", 5] }, ["EUR", 5], ["USD", "5", "eur", null]],
  [{ kind: "set", element: text }, [[], ["a", "b"]], [["a", "a"], "a", [1], null, {}]],
  [
    { kind: "set", element: { kind: "int" } },
    [[1, 2]],
    [
      [1, 1],
      [1, 1.0],
    ],
  ],
  [
    { kind: "set", element: person },
    [[{ name: "a" }, { name: "a", age: 1 }]],
    [
      [
        { name: "a", age: 1 },
        { age: 1, name: "a" },
      ],
    ],
  ],
  [{ kind: "list", element: text, minSize: 1, maxSize: 2 }, [["a", "a"]], [[], ["a", "b", "c"], ["a", null]]],
  [{ kind: "map", element: { kind: "int" }, maxSize: 1 }, [{}, { a: 1 }], [{ a: "1" }, { a: 1, b: 2 }, [], null]],
  [
    person,
    [{ name: "a" }, { name: "a", age: 3 }],
    [{}, { name: "a", age: null }, { name: "a", age: -1 }, { name: "a", x: 1 }, { age: 3 }, []],
  ],
  [{ kind: "record", fields: [{ name: "toString", type: text }] }, [{ toString: "a" }], [{}]],
  [{ kind: "newtype", name: "Id", base: { kind: "string", pattern: "^x" } }, ["x1"], ["y"]],
  [{ kind: "ip" }, ["192.0.2.1", "2001:db8::1"], ["192.0.2.01", "a", 1]],
  [{ kind: "uuid" }, ["123e4567-E89B-12d3-a456-426614174000"], ["123e4567e89b12d3a456426614174000", ""]],
  [{ kind: "accountId" }, ["111122223333"], ["11112222333", 111122223333]],
  [{ kind: "arn" }, ["arn:aws:iam::111122223333:role/x"], ["arn:aws:iam", "urn:x"]],
  [{ kind: "url" }, ["https://a.example/x?y=1"], ["ftp://a", "https://", "https://a b", "javascript:1"]],
  [{ kind: "method" }, ["GET"], ["get", "TRACE"]],
  [{ kind: "status" }, [404], [99, 600, "404"]],
  [{ kind: "duration" }, [0, 1500], [-1, 1.5, "1s"]],
  [{ kind: "timeOfDay" }, [0, 86399], [86400, -1]],
  [{ kind: "percent" }, [0, 99.5], [101, "5"]],
  [{ kind: "rate" }, [[10, 1]], [[10], [0, 1], 10]],
];

test.each(cases)("%j", (type, good, bad) => {
  for (const value of good) expect(fits(type, value), JSON.stringify(value)).toBe(true);
  for (const value of bad) expect(fits(type, value), JSON.stringify(value)).toBe(false);
});
