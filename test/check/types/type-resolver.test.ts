/** Declared types: read once, and never for ever. */
import { describe, expect, test } from "vitest";
import { printType } from "../../../compiler/check/types/print-type.ts";
import type { Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import { scopeOf } from "./read.ts";

const SPAN: Span = { file: "test.gwl", start: 0, end: 1 };

function resolve(
  declarations: string,
  ...names: readonly string[]
): { readonly types: readonly string[]; readonly found: readonly Diagnostic[] } {
  const found: Diagnostic[] = [];
  const scope = scopeOf(declarations, found);
  const types = names.map((name) => printType(scope.lookup({ kind: "name", name, span: SPAN }) ?? { kind: "poison" }));
  return { types, found };
}

describe("declared types", () => {
  test("may be declared in any order", () => {
    expect(resolve("type A = { b: B }\ntype B = List<C>\ntype C = Int 1..2\n", "A").types).toEqual(["{ b: List<C> }"]);
  });

  test("are read once: a finding inside comes once, however often the name is used", () => {
    const { found, types } = resolve("type A = { x: Nope, y: Int }\ntype B = { a: A, b: A }\n", "B", "A", "B");
    expect(found.map((diagnostic) => diagnostic.name)).toEqual(["unknown-type"]);
    expect(types[1]).toBe("{ x: ?, y: Int }");
  });

  test("that hold themselves are named with the way round, once", () => {
    const { found } = resolve("type A = { b: B }\ntype B = List<C>\ntype C = { a: A }\n", "A", "B", "C");
    expect(found.map((diagnostic) => [diagnostic.name, diagnostic.label, diagnostic.related.length])).toEqual([
      ["type-cycle", "`A` holds `B` holds `C` holds `A`", 2],
    ]);
  });

  test("that are their own name are a cycle of one", () => {
    expect(resolve("type A = A\n", "A").found.map((diagnostic) => diagnostic.message)).toEqual(["`A` holds itself"]);
  });

  test("cannot be optional as a whole", () => {
    expect(resolve("type A = Int?\n", "A").found.map((diagnostic) => diagnostic.name)).toEqual(["optional-declaration"]);
  });

  test("that double with each name end in findings, not in the heat of the sun", () => {
    const doubling = Array.from({ length: 40 }, (_, at) => `type T${at + 1} = { a: T${at}, b: T${at} }`);
    const { found } = resolve(["type T0 = { x: Int }", ...doubling, ""].join("\n"), "T40");
    expect([...new Set(found.map((diagnostic) => diagnostic.name))]).toEqual(["type-too-large"]);
  });

  const chain = ["type T0 = { x: Int }", ...Array.from({ length: 3000 }, (_, at) => `type T${at + 1} = { a: T${at} }`), ""].join("\n");
  test("that nest too deep are found, whether asked for from the inside", () => {
    const names = Array.from({ length: 3000 }, (_, at) => `T${at}`);
    expect(new Set(resolve(chain, ...names).found.map((diagnostic) => diagnostic.name))).toEqual(new Set(["type-too-large"]));
  });

  test("or from the outside", () => {
    expect(resolve(chain, "T3000").found.map((diagnostic) => diagnostic.name)).toContain("type-chain-too-long");
  });
});
