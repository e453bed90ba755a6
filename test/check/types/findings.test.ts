/** What each finding about a type says. Kinds that need several declarations are shown in `type-resolver.test.ts`. */
import { describe, expect, test } from "vitest";
import * as kinds from "../../../compiler/check/types/diagnostics.ts";
import { read } from "./read.ts";

type Case = {
  readonly code: string;
  readonly source: string;
  readonly message: string;
  readonly label?: string;
  readonly related?: readonly string[];
};

const CASES: readonly Case[] = [
  { code: "GWL2101", source: "5s", message: "a type is expected here" },
  { code: "GWL2102", source: "Strng", message: "there is no type `Strng`", label: "did you mean `String`?" },
  { code: "GWL2103", source: "List", message: "`List` takes the type of its elements" },
  { code: "GWL2104", source: "Bool 1..5", message: "`Bool` cannot be constrained by `1..5`" },
  { code: "GWL2105", source: "Int maks 4", message: "this is no part of a type", label: "not understood" },
  { code: "GWL2106", source: "Int max 4 max 5", message: "`max` is said twice" },
  { code: "GWL2107", source: "Int 5..1", message: "nothing lies in `5..1`", label: "5 comes after 1" },
  { code: "GWL2108", source: "Int max", message: "a number is expected here" },
  { code: "GWL2109", source: '"a" | 1', message: "a union lists literals, all texts or all whole numbers" },
  { code: "GWL2110", source: '"a" | "b" | "a"', message: '`"a"` is listed twice', related: ["first here"] },
  { code: "GWL2111", source: "(String?)?", message: "this type is optional already" },
  { code: "GWL2112", source: "List<String?>", message: "the elements of a List cannot be optional" },
  { code: "GWL2113", source: "Set<Set<Int>>", message: "a Set cannot hold `Set<Int>`" },
  { code: "GWL2114", source: "{ a: Int, a: String }", message: "the record has `a` twice", label: "here again", related: ["first here"] },
  { code: "GWL2115", source: "{ a: Int, deny when x }", message: "this is no field of a record type" },
  {
    code: "GWL2116",
    source: '{ "__proto__": Int }',
    message: "no field may be called `__proto__`",
    label: "many programs give this name a power of its own",
  },
  { code: "GWL2121", source: "Int 0..100?", message: "`?` stands behind a constraint" },
];
const SHOWN_ELSEWHERE: readonly string[] = [kinds.typeCycle, kinds.optionalDeclaration, kinds.typeTooLarge, kinds.typeChainTooLong].map(
  (kind) => kind.code,
);

describe("findings", () => {
  test.each(CASES)("$code $source", ({ code, source, message, label, related }) => {
    const [first] = read(source).found;
    expect(
      first && { code: first.code, message: first.message, label: first.label, related: first.related.map((other) => other.message) },
    ).toEqual({
      code,
      message,
      label,
      related: related ?? [],
    });
    expect(first?.help).toBeTruthy();
    expect(message).toMatch(/^[a-z`].*[^.]$/);
  });

  test("each kind has a case", () => {
    const shown = [...CASES.map((known) => known.code), ...SHOWN_ELSEWHERE];
    expect(
      Object.values(kinds)
        .map((kind) => kind.code)
        .toSorted(),
    ).toEqual([...new Set(shown)].toSorted());
  });
});
