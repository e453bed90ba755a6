import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Node } from "../../compiler/model/ir.ts";
import type { Call } from "../../runtime/kernel/call.ts";
import { diagramWalker } from "../../runtime/kernel/diagram.ts";
import { expr, ir, rule, string } from "../emit/ir-builder.ts";
import { opened } from "./opened-tables.ts";

const predicate = { expr: expr({ kind: "bool" }, { op: "const", value: true }) };
const plainLookup = { subject: expr(string, { op: "path" }), isCollection: true, entries: [] };
const call = {} as Call;

/** What a walk collects, as a list. */
function collector(...given: Parameters<typeof diagramWalker>): (root: number, call: Call) => readonly number[] {
  const { walk, found } = diagramWalker(...given);
  return (root, asked) => [...found.subarray(0, walk(root, asked))];
}

/** What a node collects, as the IR says it: without sharing, order or marks. */
function meaning(
  nodes: readonly Node[],
  at: number,
  truth: readonly boolean[],
  values: readonly string[],
  lookups: readonly Entries[],
): ReadonlySet<number> {
  const node = nodes[at];
  const of = (part: number): ReadonlySet<number> => meaning(nodes, part, truth, values, lookups);
  switch (node?.kind) {
    case "rule":
      return new Set([node.rule]);
    case "test":
      return of(truth[node.predicate] === true ? node.then : node.otherwise);
    case "lookup":
      return new Set((lookups[node.lookup] ?? []).flatMap(([value, next]) => (values.includes(value) ? [...of(next)] : [])));
    case "union":
      return new Set(node.parts.flatMap((part) => [...of(part)]));
    default:
      return new Set();
  }
}
type Entries = readonly (readonly [string, number])[];

const sizes = 12;
const program = fc.tuple(
  fc.array(fc.tuple(fc.nat(3), fc.nat(99), fc.nat(99), fc.nat(99)), { minLength: 4, maxLength: sizes }),
  fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  fc.subarray(["a", "b", "c"]),
);

describe("walking the diagram", () => {
  test("collects what the nodes mean, each rule once, however they are shared", () => {
    fc.assert(
      fc.property(program, ([seeds, truth, values]) => {
        const nodes: Node[] = [{ kind: "empty" }];
        const lookups: Entries[] = [];
        for (const [kind, a, b, c] of seeds) {
          const [left, right, third] = [a % nodes.length, b % nodes.length, c % nodes.length];
          if (kind === 0) nodes.push({ kind: "rule", rule: a % 5 });
          else if (kind === 1) nodes.push({ kind: "test", predicate: a % 3, then: right, otherwise: third });
          else if (kind === 2) nodes.push({ kind: "union", parts: [left, right, third] });
          else
            nodes.push({
              kind: "lookup",
              lookup:
                lookups.push([
                  ["a", left],
                  ["b", right],
                  ["z", third],
                ]) - 1,
            });
        }
        const tables = opened(
          ir({
            nodes,
            rules: Array.from({ length: 5 }, (_, at) => rule(String(at), "deny")),
            predicates: [predicate, predicate, predicate],
            lookups: lookups.map((entries) => ({ ...plainLookup, entries })),
          }),
        );
        const collect = collector(
          tables,
          truth.map((value) => () => value),
          lookups.map(() => () => values),
        );
        for (let root = 0; root < nodes.length; root++) {
          const found = [...collect(root, call)];
          expect(new Set(found)).toEqual(meaning(nodes, root, truth, values, lookups));
          expect(new Set(found).size).toBeLessThanOrEqual(found.length);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("unions of unions cost their number of nodes, not their number of paths", () => {
    const nodes: Node[] = [{ kind: "empty" }, { kind: "rule", rule: 0 }];
    for (let depth = 1; depth < 60; depth++) nodes.push({ kind: "union", parts: [depth, depth] });
    const collect = collector(opened(ir({ nodes })), [], []);
    expect(collect(nodes.length - 1, call)).toEqual([0]);
  });

  test("a long chain of tests and deep unions do not use up the stack", () => {
    const nodes: Node[] = [{ kind: "empty" }, { kind: "rule", rule: 0 }];
    for (let depth = 1; depth < 50_000; depth++)
      nodes.push(depth % 2 === 0 ? { kind: "union", parts: [depth] } : { kind: "test", predicate: 0, then: depth, otherwise: 0 });
    const collect = collector(opened(ir({ nodes, predicates: [predicate] })), [() => true], []);
    expect(collect(nodes.length - 1, call)).toEqual([0]);
  });

  test("keys of many lookups, texts and numbers, of one hash and of none: equals a map for each lookup", () => {
    const keys = [
      "",
      "a",
      "aa",
      "bB",
      "cA",
      "Aa",
      "BB",
      "\u{1f600}",
      "x".repeat(70),
      "y".repeat(65_536),
      ...Array.from({ length: 500 }, (_, at) => `key-${at % 90}-${at}`),
    ];
    const numbers = [0, 1, -1, 2.5, 9007199254740991];
    const lookups = Array.from({ length: 40 }, (_, lookup) => ({
      ...plainLookup,
      isCollection: false,
      entries: [...keys, ...numbers]
        .filter((_one, at) => (at * 7 + lookup) % 3 !== 0)
        .map((key, at) => [key, 1 + ((at + lookup) % 9)] as const),
    }));
    const nodes: Node[] = [{ kind: "empty" }, ...Array.from({ length: 9 }, (_, at): Node => ({ kind: "rule", rule: at }))];
    for (const at of lookups.keys()) nodes.push({ kind: "lookup", lookup: at });
    const rules = Array.from({ length: 9 }, (_, at) => rule(String(at), "deny"));
    const asked = [
      ...keys,
      ...numbers,
      "b",
      "AaAa",
      "BBBB",
      "x".repeat(69),
      "y".repeat(65_535),
      "y".repeat(131_072),
      "",
      "x".repeat(71),
      -0,
      Number.NaN,
      true,
      null,
      {},
      ["a"],
    ];
    let value: unknown;
    const collect = collector(
      opened(ir({ nodes, rules, lookups })),
      [],
      lookups.map(() => () => value),
    );
    for (const [at, { entries }] of lookups.entries()) {
      const map = new Map<unknown, number>(entries);
      for (value of asked) expect(collect(10 + at, call)).toEqual(map.has(value) ? [(map.get(value) ?? 0) - 1] : []);
    }
  });

  test("an absent value, a scalar where a collection is looked up, and an unknown value lead nowhere", () => {
    const nodes: Node[] = [{ kind: "empty" }, { kind: "rule", rule: 0 }, { kind: "lookup", lookup: 0 }];
    const tables = opened(ir({ nodes, lookups: [{ ...plainLookup, entries: [["a", 1]] }] }));
    for (const [value, found] of [
      [undefined, []],
      ["a", []],
      [["b"], []],
      [["b", "a", "a"], [0]],
    ] as const)
      expect(collector(tables, [], [() => value])(2, call)).toEqual(found);
  });
});
