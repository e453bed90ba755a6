/** The validator that Ajv makes of a body's type, and the runtime's own reading of that type: one answer for each value. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyValidators } from "../../compiler/emit/validators.ts";
import { valueType } from "../../compiler/emit/value-type.ts";
import type { ScalarKind, Type } from "../../compiler/model/types.ts";
import { bodyFaults } from "../../runtime/kernel/body-faults.ts";
import { fits } from "../../runtime/kernel/fits.ts";
import { firstValidator } from "./compiled.ts";
import { ir, route } from "./ir-builder.ts";
import { ownTime } from "../harness/own-time.ts";

const small = fc.nat(3);
const scalarKinds: readonly ScalarKind[] = [
  "duration",
  "size",
  "percent",
  "time",
  "timeOfDay",
  "ip",
  "method",
  "status",
  "url",
  "arn",
  "accountId",
  "uuid",
];
const scalars: fc.Arbitrary<Type> = fc.oneof(
  fc.constant<Type>({ kind: "bool" }),
  fc.record({ min: small, max: small.map((one) => one + 2) }, { requiredKeys: [] }).map((bounds): Type => ({ kind: "int", ...bounds })),
  fc
    .record({ min: small, max: small.map((one) => one + 2.5) }, { requiredKeys: [] })
    .map((bounds): Type => ({ kind: "decimal", ...bounds })),
  fc
    .record(
      { minLength: fc.nat(2), maxLength: small.map((one) => one + 1), pattern: fc.constantFrom("^[a-z]*$", "é", "\\p{L}") },
      { requiredKeys: [] },
    )
    .map((bounds): Type => ({ kind: "string", ...bounds })),
  fc
    .uniqueArray(fc.constantFrom<string | number>("a", "EUR", "__proto__", 1, 2.5), { minLength: 1 })
    .map((values): Type => ({ kind: "literals", values })),
  fc.constantFrom(...scalarKinds).map((kind): Type => ({ kind })),
);
const sizes = fc.record({ minSize: fc.nat(2), maxSize: small.map((one) => one + 1) }, { requiredKeys: [] });
const names = fc.constantFrom("a", "b", "constructor", "toString", "valueOf", "length", "a-b");
const types: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: scalars },
    { weight: 1, arbitrary: fc.tuple(tie("type"), sizes).map(([element, size]): Type => ({ kind: "list", element, ...size })) },
    { weight: 1, arbitrary: fc.tuple(scalars, sizes).map(([element, size]): Type => ({ kind: "set", element, ...size })) },
    { weight: 1, arbitrary: fc.tuple(tie("type"), sizes).map(([element, size]): Type => ({ kind: "map", element, ...size })) },
    { weight: 1, arbitrary: tie("type").map((base): Type => ({ kind: "newtype", name: "N", base })) },
    {
      weight: 3,
      arbitrary: fc.uniqueArray(fc.tuple(names, tie("type"), fc.boolean()), { maxLength: 4, selector: ([name]) => name }).map(
        (fields): Type => ({
          kind: "record",
          fields: fields.map(([name, type, isOptional]) => ({ name, type: isOptional ? { kind: "optional", type } : type })),
        }),
      ),
    },
  ),
})).type;

const texts = fc.constantFrom(
  "",
  "a",
  "b",
  "é",
  "😀",
  "abcd",
  "EUR",
  "__proto__",
  "1",
  "10.0.0.1",
  "010.0.0.1",
  "::1",
  "GET",
  "get",
  "http://a/b",
  "http://a b",
  "arn:aws:s3:::b",
  "111122223333",
  "00000000-0000-4000-8000-00000000000A",
);
const numbers = fc.constantFrom(0, -0, 1, 2, 2.5, 3, -1, 100, 86_399, 86_400, 599, 600, 2 ** 53, 2 ** 53 - 1, 1e300);

/** Values that often fit: the type's own shape, now and then with something else in it. */
function valuesOf(type: Type): fc.Arbitrary<unknown> {
  const other = { weight: 1, arbitrary: fc.oneof<fc.Arbitrary<unknown>[]>(texts, numbers, fc.constantFrom(null, true, [], {})) };
  const usual = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.oneof({ weight: 12, arbitrary }, other);
  switch (type.kind) {
    case "newtype":
      return valuesOf(type.base);
    case "optional":
      return valuesOf(type.type);
    case "list":
    case "set":
      return usual(fc.array(valuesOf(type.element), { maxLength: 4 }));
    case "map":
      return usual(fc.dictionary(names, valuesOf(type.element), { maxKeys: 4, noNullPrototype: true }));
    case "record": {
      const members = Object.fromEntries(type.fields.map((field) => [field.name, valuesOf(field.type)]));
      const optional = type.fields.filter((field) => field.type.kind === "optional").map(({ name }) => name);
      const whole = fc.record(members, {
        requiredKeys: Object.keys(members).filter((name) => !optional.includes(name)),
        noNullPrototype: true,
      });
      return usual(
        fc.oneof({ weight: 6, arbitrary: whole }, { weight: 1, arbitrary: whole.map((one) => ({ ...(one as object), more: 1 })) }),
      );
    }
    case "bool":
      return usual(fc.boolean());
    case "literals":
      return usual(fc.constantFrom(...type.values));
    case "string":
      return usual(texts);
    default:
      return usual(fc.oneof<fc.Arbitrary<unknown>[]>(texts, numbers));
  }
}

function validatorOf(type: Type): (value: unknown) => boolean {
  const { module } = bodyValidators(ir({ routes: [route("POST /", { body: type })] }));
  return firstValidator(module);
}

test("Ajv and the runtime agree on every value, and what is refused has a fault with a place", () => {
  const count = { good: 0, bad: 0 };
  fc.assert(
    fc.property(
      types.chain((type) => fc.tuple(fc.constant(type), fc.array(valuesOf(type), { minLength: 20, maxLength: 20 }))),
      ([type, values]) => {
        const validate = validatorOf(type);
        const own = valueType(type);
        for (const value of values) {
          const isGood = fits(own, value);
          expect(validate(value), JSON.stringify({ type, value })).toBe(isGood);
          count[isGood ? "good" : "bad"]++;
          if (isGood) continue;
          const faults = bodyFaults(own, value);
          expect(faults.length).toBeGreaterThan(0);
          expect(faults.length).toBeLessThanOrEqual(20);
          for (const { at, message } of faults) expect(`${at} ${message}`).toMatch(/^(?:\/[^ ]+)* (?:must|is) /);
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(Math.min(count.good, count.bad)).toBeGreaterThan(500);
});

test("a set of many elements is checked in time that grows with its length", () => {
  const validate = validatorOf({ kind: "set", element: { kind: "string" } });
  const elements = Array.from({ length: 50_000 }, (_, at) => `e${at}`);
  const start = ownTime();
  expect(validate(elements)).toBe(true);
  expect(validate([...elements, "e5"])).toBe(false);
  expect(validate(["__proto__", "__proto__"])).toBe(false);
  expect(ownTime() - start).toBeLessThan(3000);
});

test("a body full of faults is explained in a bounded list", () => {
  const type: Type = { kind: "list", element: { kind: "string" } };
  const start = ownTime();
  expect(
    bodyFaults(
      valueType(type),
      Array.from({ length: 300_000 }, () => 1),
    ),
  ).toHaveLength(20);
  expect(ownTime() - start).toBeLessThan(500);
});
