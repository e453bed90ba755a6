import { describe, expect, test } from "vitest";
import { emit } from "../../compiler/emit/index.ts";
import type { Ir } from "../../compiler/model/ir.ts";
import { openTables } from "../../runtime/kernel/tables.ts";
import { checksumOf } from "../kernel-tables/opened-tables.ts";
import { testWorld } from "../harness/world.ts";
import { firstValidator, startModule } from "./compiled.ts";
import { bool, cell, compare, constant, expr, header, ir, listOf, optional, route, rule, setOf, string, text } from "./ir-builder.ts";

const hostile = [
  `"; process.exit(1); "`,
  "'); evil(); ('",
  "`${evil()}`",
  "*/ evil(); /*",
  "</script><script>evil()",
  "line\nbreak\r\nevil()",
  "\u2028evil()\u2029",
  "\\u0022; evil()",
  "__proto__",
  "constructor",
  "\ud800 lone \udc00",
  "\u0000\u0001\u007f",
  "$1 $& $` $'",
  'const func1 = require("ajv/dist/runtime/ucs2length").default;',
];
/** What no part of a handler may hold outside its comments. */
const traces = /evil|process\.exit|__proto__|constructor|script|lone|ucs2length|[^\n -~]/;

const withoutComments = (code: string): string => code.replace(/^\/\/.*$/gm, "");

/** Members have names that are Unicode, since JSON has no others. */
const nameOf = (one: string): string => one.toWellFormed();

/** A gateway that says `one` wherever a text can be said. */
function saying(one: string): Ir {
  const field = expr(optional(string), { op: "field", object: expr({ kind: "record", fields: [] }, { op: "body" }), name: one });
  const claim = expr(setOf(string), { op: "principalField", name: one, identities: [one] });
  return ir({
    name: one,
    stages: [one],
    environment: [{ name: one, type: string, value: text(one), span: { file: one, start: 0, end: 0 } }],
    secrets: [one],
    identities: [
      {
        kind: "jwt",
        name: one,
        issuer: text(one),
        audience: [text(one)],
        clients: [],
        algorithms: ["RS256"],
        keys: { kind: "static", keys: [{ kid: one }] },
        headers: ["x-token"],
        subject: "sub",
        leeway: 0,
        claims: [{ claim: one, name: one, type: setOf(string), span: { file: one, start: 0, end: 0 } }],
        span: { file: one, start: 0, end: 0 },
      },
    ],
    routes: [
      route("GET /a", {
        span: { file: one, start: 0, end: 0 },
        key: one,
        path: [
          { kind: "literal", text: "a" },
          { kind: "param", name: one, type: { kind: "literals", values: [one] } },
        ],
        requestHeaders: [{ name: "x-a", value: text(one), span: { file: one, start: 0, end: 0 } }],
        body: { kind: "record", fields: [{ name: nameOf(one), type: { kind: "literals", values: [one] } }] },
        singleHeaders: [one],
        readQueries: [one],
      }),
    ],
    rules: [{ ...rule("0", "allow", one), label: one }],
    predicates: [
      { expr: compare(header(one), "==", text(one)) },
      { expr: compare(field, "!=", text(one)) },
      { expr: expr(bool, { op: "in", element: text(one), collection: claim }) },
      { expr: expr(bool, { op: "in", element: header("x"), collection: constant(listOf(string), [one]) }) },
      { expr: compare(expr(string, { op: "stageValue", values: { [one]: text(one) } }), "==", expr(string, { op: "env", name: one })) },
    ],
    lookups: [{ subject: expr(string, { op: "pathParam", name: one }), isCollection: false, entries: [[one, 1]] }],
  });
}

describe("texts of a program", () => {
  test.each(hostile)("are in the tables, unchanged, and never in the handler's code: %j", (one) => {
    const { handler, tables } = emit(saying(one), new Map());
    expect(withoutComments(handler)).not.toMatch(traces);
    const opened = openTables(tables, checksumOf(tables));
    if (!opened.ok) throw new Error(opened.problem);
    const { data } = opened.tables;
    expect(data.texts).toContain(one);
    expect(data.values).toContainEqual([one]);
    expect([data.name, data.stages[0], data.secrets[0], data.rules[0]?.because, opened.tables.routes.at(0).key, data.keys[0]]).toEqual(
      Array.from({ length: 6 }, () => one),
    );
  });

  test.each(hostile)("stay within one line of a comment: %j", (one) => {
    const comments = emit(saying(one), new Map())
      .handler.split("\n")
      .filter((line) => line.startsWith("//"));
    expect(comments.length).toBeGreaterThan(8);
    for (const comment of comments) {
      expect(comment).toMatch(/^\/\/ [ -~]{0,140}$/);
      expect(comment.slice(2)).not.toMatch(/\*\/|\/\*/);
    }
  });

  test.each(hostile)("give a program that runs, and values that reach the answer: %j", async (one) => {
    const program = ir({
      rules: [rule("0", "allow", one)],
      predicates: [{ expr: compare(text(one), "==", constant(string, one)) }],
      nodes: [{ kind: "empty" }, { kind: "rule", rule: 0 }, { kind: "test", predicate: 0, then: 1, otherwise: 0 }],
      cells: [cell({}, { request: 2 })],
      routes: [route("GET /", { target: { kind: "respond", response: { status: 200, headers: [], body: one } } })],
    });
    const started = startModule(emit(program, new Map()))({ stage: undefined, variables: {} });
    if ("problems" in started) throw new Error(started.problems.join());
    const request = { method: "GET", target: "/", httpVersion: "1.1", rawHeaders: ["Host", "h"], peer: "192.0.2.1", secure: false };
    const { decision, answer } = await started.gateway.handle({ ...request, readBody: async () => ({ kind: "incomplete" }) }, testWorld());
    expect(decision.rules).toEqual(["0"]);
    expect(answer).toMatchObject({ status: 200, body: one });
  });

  test.each(hostile)("as property names and patterns of a body are quoted by Ajv and mean themselves: %j", (one) => {
    const body = {
      kind: "record",
      fields: [
        { name: nameOf(one), type: { kind: "literals", values: [one] } },
        { name: "p", type: { ...string, pattern: `^${one.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}$` } },
      ],
    } as const;
    const { validators } = emit(ir({ routes: [route("POST /", { body })] }), new Map());
    const validate = firstValidator(validators);
    const good = JSON.parse(`{${JSON.stringify(nameOf(one))}:${JSON.stringify(one)},"p":${JSON.stringify(one)}}`) as object;
    // Bodies with a member `__proto__` are refused before they are validated, so that a type which asks for one fits nothing.
    expect(validate(good)).toBe(one !== "__proto__");
    expect(validate({ ...good, p: "other" })).toBe(false);
    expect(validate({ p: one })).toBe(false);
  });
});
