/** Whatever the parser accepts, the checker answers: never an exception, never a finding without poison, never poison without a finding. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkExpression, checkValue } from "../../../compiler/check/expressions/check-expression.ts";
import { evaluateConstant } from "../../../compiler/check/expressions/evaluate-constant.ts";
import { readType } from "../../../compiler/check/types/read-type.ts";
import type { Expr } from "../../../compiler/model/expression.ts";
import type { Type } from "../../../compiler/model/types.ts";
import type { Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { tryTerms } from "../parsed.ts";
import { scopeOf, DECLARED } from "../types/read.ts";
import { CONSTANT, PUBLIC, SELECTOR, SHOP } from "./shop-place.ts";

const atoms = fc.constantFrom(
  ..."1 0.5 5s 10/s 1KiB 5% 08:00 2026-01-01 10.0.0.1 10.0.0.0/8 10.0.0.1/8 true /a+/ stage method path host".split(" "),
  ..."client.ip time.now tag.data route.api route.version params.id params.year principal.id principal.mfa principal.tenant".split(" "),
  ..."principal.region principal body body.amount body.note body.flag body.address body.address.zip body.codes body.currency".split(" "),
  ..."body.lines LARGE LIMIT KEY office group zone net orders BROKEN nope GET prod admin Customer List<String> String?".split(" "),
  '"a"',
  '""',
  'header("A")',
  'query("a")',
  'headers("A")',
  'time.of_day("UTC")',
  "principal is Customer",
  "principal is known",
  "{ a: 1 }",
  "[]",
);
const operators = fc.constantFrom(..."and or implies == != < <= > >= in matches ?? + - & .. |".split(" "));
const { source } = fc.letrec<{ source: string }>((tie) => ({
  source: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    atoms,
    fc.tuple(tie("source"), operators, tie("source")).map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    fc.tuple(tie("source"), operators, tie("source")).map(([left, operator, right]) => `${left} ${operator} ${right}`),
    fc.tuple(fc.constantFrom("not", "has", "-"), tie("source")).map(([operator, operand]) => `${operator} (${operand})`),
    fc.tuple(tie("source"), tie("source"), tie("source")).map(([a, b, c]) => `if ${a} then ${b} else ${c}`),
    fc.array(tie("source"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
      .tuple(tie("source"), fc.constantFrom("size", "text()", "lower()", "zip", "id", 'contains("a")'))
      .map(([object, name]) => `(${object}).${name}`),
    fc
      .tuple(fc.constantFrom("concat", "header", "query", "time.of_day", "foo"), tie("source"))
      .map(([name, argument]) => `${name}(${argument})`),
    fc.tuple(tie("source"), fc.constantFrom("Customer", "Partner", "known", "Nobody")).map(([subject, name]) => `(${subject}) is ${name}`),
  ),
}));
const types: readonly (Type | undefined)[] = [
  undefined,
  { kind: "bool" },
  { kind: "string" },
  { kind: "optional", type: { kind: "string" } },
  { kind: "duration" },
  { kind: "network" },
  { kind: "set", element: { kind: "string" } },
  { kind: "literals", values: ["a"] },
];

describe("any expression", () => {
  test("is checked without an exception, and is poison exactly when something was found", () => {
    let parsed = 0;
    fc.assert(
      fc.property(source, fc.constantFrom(SHOP, CONSTANT, SELECTOR, PUBLIC), fc.constantFrom(...types), (text, place, expected) => {
        const terms = tryTerms(text)?.terms;
        const [node] = terms ?? [];
        if (terms === undefined || node === undefined || node.kind === "block" || node.kind === "mark") return;
        parsed++;
        const found: Diagnostic[] = [];
        const expr = checkExpression(node, place, (diagnostic) => found.push(diagnostic), expected);
        checkValue({ terms, span: node.span }, place, () => undefined, expected);
        evaluateConstant(expr);
        if (!text.includes("BROKEN")) expect(isPoison(expr)).toBe(found.length > 0);
        for (const diagnostic of found) expect(diagnostic.message.length).toBeGreaterThan(0);
        for (const diagnostic of found) expect(diagnostic.span.start).toBeLessThan(diagnostic.span.end);
      }),
      { numRuns: 4000 },
    );
    expect(parsed).toBeGreaterThan(1500);
  });

  test("is read as a type without an exception", () => {
    fc.assert(
      fc.property(source, (text) => {
        const terms = tryTerms(text)?.terms ?? [];
        const found: Diagnostic[] = [];
        const type = readType(terms, { file: "test.gwl", start: 0, end: 1 }, scopeOf(DECLARED, found), (diagnostic) =>
          found.push(diagnostic),
        );
        expect(JSON.stringify(type).includes('"poison"')).toBe(found.length > 0);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["and", "true"],
    ["or", "true"],
    ["implies", "true"],
    ["??", 'header("A")'],
    ["+", "office"],
    ["|", '"a"'],
  ])("with a thousand times `%s` is checked", (operator, operand) => {
    const node = tryTerms(Array.from({ length: 999 }, () => operand).join(` ${operator} `))?.terms[0];
    expect(node?.kind).toBe("binary");
    if (node === undefined || node.kind === "block" || node.kind === "mark") return;
    expect(() => checkExpression(node, SHOP, () => undefined)).not.toThrow();
  });

  test("with hundreds of methods is checked", () => {
    const node = tryTerms(`path${".lower()".repeat(333)}`)?.terms[0];
    if (node === undefined || node.kind === "block" || node.kind === "mark") throw new Error("does not parse");
    expect(() => checkExpression(node, SHOP, () => undefined)).not.toThrow();
  });
});

function isPoison(expr: Expr): boolean {
  return expr.type.kind === "poison";
}
