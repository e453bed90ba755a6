/** One condition for each operator of the expression language, in each of the forms that emission tells apart. */
import type { Expr } from "../../compiler/model/expression.ts";
import type { Type, Value } from "../../compiler/model/types.ts";
import { bool, compare, constant, expr, header, int, ip, listOf, optional, setOf, string, text } from "./ir-builder.ts";

const network: Type = { kind: "network" };
const timeOfDay: Type = { kind: "timeOfDay" };
const time: Type = { kind: "time" };
const range = (element: Type): Type => ({ kind: "range", element });
const record: Type = {
  kind: "record",
  fields: [
    { name: "ip", type: ip },
    { name: "tags", type: setOf(string) },
  ],
};

const body = expr(record, { op: "body" });
const field = (name: string, type: Type): Expr => expr(type, { op: "field", object: body, name });
const member = (element: Expr, collection: Expr): Expr => expr(bool, { op: "in", element, collection });
const inside = expr(network, { op: "network", name: "inside" });
const clientIp = expr(ip, { op: "clientIp" });
const now = expr(time, { op: "now" });
const clock = expr(timeOfDay, { op: "timeOfDay", zone: text("Europe/Berlin") });
const claim = (name: string, type: Type, ...identities: string[]): Expr => expr(type, { op: "principalField", name, identities });
const among = (type: Type, value: Value): Expr => constant(type, value);
const say = (value: Expr, what = "z"): Expr => compare(value, "==", text(what));

/** Within a value nothing splits a junction up. */
const chosen = (op: "and" | "or", ...operands: Expr[]): Expr =>
  say(expr(string, { op: "if", condition: expr(bool, { op, operands }), then: text("z"), otherwise: text("y") }));

export const everyOperator: readonly Expr[] = [
  constant(bool, true),
  expr(bool, { op: "env", name: "LIMIT" }),
  say(expr(string, { op: "stage" }), "dev"),
  say(expr(string, { op: "stageValue", values: { dev: text("a"), prod: header("p") } })),
  say(expr({ kind: "method" }, { op: "method" }), "POST"),
  say(expr(string, { op: "path" }), "/z/10.1.2.3"),
  say(expr(string, { op: "host" })),
  member(text("a"), expr(listOf(string), { op: "headers", name: "x" })),
  say(expr(optional(string), { op: "query", name: "q" })),
  member(text("a"), expr(listOf(string), { op: "queries", name: "q" })),
  say(expr(string, { op: "pathParam", name: "plain" })),
  compare(now, ">", constant(time, 5)),
  compare(clock, "<=", constant(timeOfDay, 43_200)),
  member(clock, among(range(timeOfDay), [79_200, 21_600])),
  say(expr(string, { op: "weekday", zone: text("UTC") }), "thu"),
  expr(bool, { op: "isKnown" }),
  expr(bool, { op: "isIdentity", identity: "Customer" }),
  say(expr(string, { op: "principalId" }), "test"),
  expr(bool, { op: "not", operand: say(claim("c", string)) }),
  say(claim("c", string, "Customer")),
  say(claim("c", string, "Customer", "Customer")),
  claim("flag", bool, "Customer"),
  compare(claim("u", { kind: "uuid" }, "Customer"), "==", constant({ kind: "uuid" }, "ABCDEF00-0000-4000-8000-000000000000")),
  compare(field("ip", ip), "!=", clientIp),
  compare(field("tags", setOf(string)), "==", constant(setOf(string), ["q", "p"])),
  compare(body, "==", constant(record, { tags: ["r", "p"], ip: "10.1.2.3" })),
  expr(bool, { op: "not", operand: claim("flag", bool, "Customer") }),
  expr(bool, { op: "and", operands: [] }),
  expr(bool, { op: "or", operands: [constant(bool, false), say(header("x"))] }),
  expr(bool, { op: "if", condition: say(header("x")), then: constant(bool, true), otherwise: claim("flag", bool, "Customer") }),
  say(expr(string, { op: "if", condition: say(header("p")), then: text("a"), otherwise: header("x") })),
  compare(header("x"), "<", text("m")),
  compare(constant(int, 5), ">=", constant(int, 6)),
  member(header("x"), among(setOf(string), ["a", "b"])),
  member(field("tags", setOf(string)), expr(listOf(setOf(string)), { op: "list", items: [constant(setOf(string), ["r", "q"])] })),
  member(
    constant(int, 3),
    expr(range(int), { op: "range", low: constant(int, 1), high: expr(int, { op: "sizeOf", subject: header("x") }) }),
  ),
  member(clientIp, inside),
  member(
    expr(ip, { op: "pathParam", name: "ip" }),
    expr(network, { op: "networkAlgebra", operator: "-", left: inside, right: among(network, ["10.0.0.0/8"]) }),
  ),
  member(clientIp, expr(network, { op: "stageValue", values: { dev: inside, prod: among(network, ["2001:db8::/32"]) } })),
  member(clientIp, expr(network, { op: "if", condition: say(header("x")), then: inside, otherwise: among(network, []) })),
  expr(bool, { op: "matches", subject: header("x"), pattern: '^a/b"$' }),
  expr(bool, { op: "has", operand: header("x") }),
  say(expr(string, { op: "coalesce", left: header("x"), right: text("d") })),
  expr(bool, { op: "startsWith", subject: header("x"), part: text("a") }),
  expr(bool, { op: "endsWith", subject: header("x"), part: text("a") }),
  expr(bool, { op: "contains", subject: header("x"), part: text("a") }),
  say(expr(string, { op: "lower", subject: header("x") })),
  compare(expr(int, { op: "sizeOf", subject: header("x") }), "==", constant(int, 3)),
  say(expr(string, { op: "text", subject: now }), "2026-01-05T22:00:00.000Z"),
  say(expr(string, { op: "concat", parts: [text("a"), constant(int, 5), header("x")] }), "a5zzz"),
  chosen("or", say(header("p")), say(header("x"), "a")),
  chosen("and", say(header("p")), say(header("x"), "zzz")),
];
