import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emit } from "../../compiler/emit/index.ts";
import type { Node } from "../../compiler/model/ir.ts";
import { checksumWord, directoryWords, headerWords, nodeWords, tableSections, tablesChecksum } from "../../runtime/contract/tables.ts";
import { openTables } from "../../runtime/kernel/tables.ts";
import { cell, ir, route, rule, string, expr, compare, header, text } from "../emit/ir-builder.ts";
import { checksumOf, opened } from "./opened-tables.ts";

const nodes: readonly Node[] = [
  { kind: "empty" },
  { kind: "rule", rule: 0 },
  { kind: "rule", rule: 1 },
  { kind: "test", predicate: 0, then: 1, otherwise: 2 },
  { kind: "lookup", lookup: 0 },
  { kind: "union", parts: [3, 4, 2] },
];
const program = ir({
  nodes,
  rules: [rule("0", "allow"), rule("1/2", "allow", "because \ud800 \u2028")],
  predicates: [{ expr: compare(header("x"), "==", text("y")) }],
  lookups: [
    {
      subject: expr(string, { op: "path" }),
      isCollection: false,
      entries: [
        ["/a", 1],
        ["/b", 3],
      ],
    },
  ],
  cells: [cell({}, { request: 5 }), cell({ request: 2 }, { body: 4 })],
  routes: [route("GET /a/{b:Int}/c"), route("POST /x", { cellOfClass: [0, 1] })],
});
const { tables } = emit(program, new Map());
const open = (bytes: Uint8Array): string | undefined => {
  const result = openTables(bytes, checksumOf(tables));
  return result.ok ? undefined : result.problem;
};

/** A changed file whose checksum fits again, as an attacker or a faulty writer would make it. */
function resealed(change: (words: Uint32Array, bytes: Uint8Array) => void): ReturnType<typeof openTables> {
  const bytes = tables.slice();
  const words = new Uint32Array(bytes.buffer);
  change(words, bytes);
  const checksum = tablesChecksum(words);
  words[checksumWord] = checksum;
  return openTables(bytes, checksum);
}

describe("tables.bin", () => {
  test("opens, wherever it lies in a buffer, with what was written", () => {
    const shifted = new Uint8Array(tables.length + 3);
    shifted.set(tables, 3);
    const result = openTables(shifted.subarray(3), checksumOf(tables));
    if (!result.ok) throw new Error(result.problem);
    expect(result.tables.data.rules).toEqual([{ key: "0" }, { key: "1/2", because: "because \ud800 \u2028" }]);
    expect([...result.tables.parts]).toEqual([3, 4, 2]);
    expect([...result.tables.lookupNodes]).toEqual([1, 3]);
    expect([...result.tables.rows]).toEqual([0, 0, 0, 1]);
    expect([...result.tables.cells]).toEqual([0, 0, 0, 5, 0, 0, 2, 0, 0, 0, 0, 4]);
  });

  test("every truncation is refused in words", () => {
    for (let length = 0; length < tables.length; length++)
      expect(open(tables.slice(0, length))).toMatch(/^the tables of the gateway cannot be used: /);
  });

  test("every flipped bit is refused", () => {
    for (let at = 0; at < tables.length; at++) {
      for (const bit of [1, 16, 128]) {
        const broken = tables.slice();
        broken[at] = (broken[at] ?? 0) ^ bit;
        expect(open(broken), `byte ${at}, bit ${bit}`).toBeDefined();
      }
    }
  });

  test("tables of another build are refused", () => {
    const other = emit(ir({ name: "other" }), new Map()).tables;
    expect(openTables(other, checksumOf(tables))).toEqual({ ok: false, problem: expect.stringContaining("another build") });
  });

  test("with a good checksum, random changes are refused or open to tables whose walks end", () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(tables.length / 4 - 1), fc.nat(0xffff_ffff)), { minLength: 1, maxLength: 4 }), (changes) => {
        const result = resealed((words) => {
          for (const [at, value] of changes) words[at] = value;
        });
        if (!result.ok) refused++;
        else expect(result.tables.routes.count).toBe(2);
        if (result.ok) expect(walksEnd(result.tables.nodes, result.tables.parts, result.tables.lookupNodes)).toBe(true);
      }),
      { numRuns: 3000 },
    );
    // What a route says of other tables is checked when it is read.
    expect(refused).toBeGreaterThan(1500);
  });

  test.each([
    ["a node that leads to itself", "nodes", 3 * nodeWords + 2, 3],
    ["a union that holds a later node", "parts", 0, 5],
    ["a key that leads to a later node", "lookupNodes", 1, 4],
    ["a rule that is not there", "nodes", nodeWords + 1, 2],
    ["a predicate that is not there", "nodes", 3 * nodeWords + 1, 1],
    ["a cell that names no node", "cells", 3, 6],
    ["ranges that do not ascend", "ipv4Starts", 2, 1],
    ["a first range that does not start at zero", "ipv6Starts", 3, 1],
  ] as const)("%s is refused", (_, section, at, value) => {
    const directory = headerWords + tableSections.indexOf(section) * directoryWords;
    const result = resealed((words) => {
      words[(words[directory] ?? 0) / 4 + at] = value;
    });
    expect(result).toEqual({ ok: false, problem: expect.stringContaining("contradict") });
  });
});

test("lists of a route that are empty are not in the file, and are there again when it is opened", () => {
  const lists = { singleHeaders: ["x-one"], singleQueries: ["q"], readQueries: ["q", "r"] };
  const made = ir({ routes: [route("GET /"), route("GET /a", lists)] });
  const { routes } = opened(made);
  const none = { singleHeaders: [], singleQueries: [], readQueries: [], requestHeaders: [], responseHeaders: [] };
  expect(routes.all()).toMatchObject([none, { ...none, ...lists }]);
  const written = new TextDecoder().decode(emit(made, new Map()).tables);
  expect(["readQueries", "responseHeaders"].map((name) => written.split(name).length - 1)).toEqual([1, 0]);
});

function walksEnd(nodes: Uint32Array, parts: Uint32Array, lookupNodes: Uint32Array): boolean {
  for (let node = 0; node * nodeWords < nodes.length; node++) {
    const [kind, a = 0, b = 0, c = 0] = nodes.subarray(node * nodeWords);
    if (kind === 2 && (b >= node || c >= node)) return false;
    if (kind === 4 && [...parts.subarray(a, b)].some((part) => part >= node)) return false;
    if (kind === 3 && [...lookupNodes].some((part) => part >= nodes.length / nodeWords)) return false;
  }
  return true;
}
