/** Methods and functions of values. Each row: source, then the typed expression in prefix form and its type, or the findings with what they underline. */
import { describe, expect, test } from "vitest";
import { outcome } from "./checked.ts";

type Row = readonly [source: string, outcome: string];
const CASES: Readonly<Record<string, readonly Row[]>> = {
  "methods, functions and `size`": [
    ['path.starts_with("/a")', 'startsWith(path, "/a":String) : Bool'],
    ["path.ends_with(group)", "endsWith(path, param group) : Bool"],
    ['path.contains("x")', 'contains(path, "x":String) : Bool'],
    ["path.lower()", "lower(path) : String"],
    ['path.lower().starts_with("x")', 'startsWith(lower(path), "x":String) : Bool'],
    ["body.currency.lower()", "lower(body.currency) : String"],
    ['body.home.starts_with("https")', 'startsWith(body.home, "https":String) : Bool'],
    ['body.order.ends_with("1")', 'endsWith(body.order, "1":String) : Bool'],
    ["path.size", "sizeOf(path) : Int"],
    ['headers("A").size', "sizeOf(headers a) : Int"],
    ["body.names.size", "sizeOf(body.names) : Int"],
    ["body.currency.size", "sizeOf(body.currency) : Int"],
    ["body.amount.text()", "text(body.amount) : String"],
    ["body.share.text()", "text(body.share) : String"],
    ["client.ip.text()", "text(clientIp) : String"],
    ["body.ref.text()", "text(body.ref) : String"],
    ["time.now.text()", "text(now) : String"],
    ["method.text()", "text(method) : String"],
    [
      'principal is Customer and principal.mfa.text() == "true"',
      'and(is Customer, ==(text(principal.mfa[Customer]), "true":String)) : Bool',
    ],
    ['concat("a")', 'concat("a":String) : String'],
    ["concat(path, host, group, body.order)", "concat(path, host, param group, body.order) : String"],
  ],
  "what they do not take": [
    ["path.text()", "wrong-operand @ path"],
    ["body.status.text()", "wrong-operand @ body.status"],
    ["body.lines.text()", "wrong-operand @ body.lines"],
    ["client.ip.lower()", "wrong-operand @ client.ip"],
    ['client.ip.starts_with("10.")', "wrong-operand @ client.ip"],
    ["body.amount.contains(1)", "wrong-operand @ body.amount"],
    ["path.contains(1)", "wrong-operand @ 1"],
    ["path.contains()", "wrong-arguments @ path.contains()"],
    ['path.contains("a", "b")', 'wrong-arguments @ path.contains("a", "b")'],
    ['path.lower("a")', 'wrong-arguments @ path.lower("a")'],
    ["path.size()", "unknown-method @ size"],
    ["path.contains", "unknown-field @ contains"],
    ["path.foo()", "unknown-method @ foo"],
    ["path.length", "unknown-field @ length"],
    ['principal is Customer and principal.groups.contains("a")', "wrong-operand @ principal.groups"],
    ["body.lines.sku", "unknown-field @ sku"],
    ["concat()", "wrong-arguments @ concat()"],
    ["concat(client.ip)", "wrong-operand @ client.ip"],
    ['concat("a", 1)', "wrong-operand @ 1"],
    ["time.of_day()", "wrong-arguments @ time.of_day()"],
    ['time.of_day("Europe/Berlni") < 08:00', 'literal-does-not-fit @ "Europe/Berlni"'],
    ['time.of_day("+02:00") < 08:00', 'literal-does-not-fit @ "+02:00"'],
    ["time.of_day(group) < 08:00", "type-mismatch @ group"],
    ["time.of_day(path) < 08:00", "zone-not-constant @ path"],
    ['time.weekday("UTC") == "saturday"', 'literal-does-not-fit @ "saturday"'],
  ],
};

for (const [title, rows] of Object.entries(CASES)) {
  describe(title, () => test.each(rows)("%s", (source, expected) => expect(outcome(source)).toBe(expected)));
}
