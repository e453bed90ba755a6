/** Values where a type is expected: literals take it on wherever they stand, all else must be assignable. */
import { describe, expect, test } from "vitest";
import { evaluateConstant } from "../../../compiler/check/expressions/evaluate-constant.ts";
import { read } from "../types/read.ts";
import { check, outcome, phraseOutcome } from "./checked.ts";
import { CONSTANT, SHOP } from "./shop-place.ts";

describe("fits", () => {
  test.each([
    ["5", "Decimal", "5:Decimal : Decimal"],
    ["5", "Int 1..9", "5:Int 1..9 : Int 1..9"],
    ["404", "Status", "404:Status : Status"],
    ["GET", "Method", '"GET":Method : Method'],
    ['"ord_1"', "OrderId", '"ord_1":OrderId : OrderId'],
    ["111122223333", "AccountId", '"111122223333":AccountId : AccountId'],
    ["000000000001", "AccountId?", '"000000000001":AccountId : AccountId'],
    ['"UTC"', "Zone", '"UTC":Zone : Zone'],
    ["zone", "Zone", "param zone : Zone"],
    ["CITY", "Zone", '"Europe/Berlin":Zone : Zone'],
    ["LARGE", "Decimal", "100:Decimal : Decimal"],
    ['["a", "b"]', "Set<String>", '["a":String, "b":String]:Set<String> : Set<String>'],
    ["[]", "Set<String>", "[]:Set<String> : Set<String>"],
    ["[GET]", "List<Method>", '["GET":Method]:List<Method> : List<Method>'],
    ["[1, 0.5]", "List<Decimal>", "[1:Decimal, 0.5:Decimal]:List<Decimal> : List<Decimal>"],
    ['if true then "ord_1" else "ord_2"', "OrderId", 'if(true:Bool, "ord_1":OrderId, "ord_2":OrderId) : OrderId'],
    ["if true then 1 else body.share", "Decimal", "if(true:Bool, 1:Decimal, body.share) : Decimal"],
    ['header("A")', "String?", "header a : String?"],
    ["path", "String?", "path : String"],
    ['header("A") ?? "x"', "String", '??(header a, "x":String) : String'],
    ["body.order", "String", "body.order : OrderId"],
    ["principal is Customer and principal.mfa", "Bool", "and(is Customer, principal.mfa[Customer]) : Bool"],
    ["office + vpn", "Network", "+(network office, network vpn) : Network"],
    ["203.0.113.0/24", "Network", '["203.0.113.0/24"]:Network : Network'],
  ])("%s as %s", (source, type, expected) => expect(outcome(source, SHOP, read(type).type)).toBe(expected));

  test.each([
    ["stage { dev: 1, prod: 2 }", "Decimal", "stageValue(dev=1:Decimal, prod=2:Decimal) : Decimal"],
    ['stage { dev: "UTC", prod: "Asia/Tokyo" }', "Zone", 'stageValue(dev="UTC":Zone, prod="Asia/Tokyo":Zone) : Zone'],
    ['{ sku: "a", qty: 3 }', "Line", '{"sku":"a","qty":3}:{ sku: String, qty: Int 1..9 } : { sku: String, qty: Int 1..9 }'],
    [
      "{ a: [], b: 1 }",
      "{ a: Set<String>, b: Decimal, c: Int? }",
      '{"a":[],"b":1}:{ a: Set<String>, b: Decimal, c: Int? } : { a: Set<String>, b: Decimal, c: Int? }',
    ],
    [
      '[{ sku: "a", qty: 1 }]',
      "List<Line>",
      '[{"sku":"a","qty":1}:{ sku: String, qty: Int 1..9 }]:List<{ sku: String, qty: Int 1..9 }> : List<{ sku: String, qty: Int 1..9 }>',
    ],
  ])("%s as %s", (source, type, expected) => expect(phraseOutcome(source, SHOP, read(type).type)).toBe(expected));
});

describe("does not fit", () => {
  test.each([
    ["5", "Duration", "number-without-unit @ 5"],
    ["5", "Size", "number-without-unit @ 5"],
    ["5", "Rate", "number-without-unit @ 5"],
    ["5", "Percent", "number-without-unit @ 5"],
    ["5", "Duration?", "number-without-unit @ 5"],
    ["if true then 5 else 1", "Duration", "number-without-unit @ 5; number-without-unit @ 1"],
    ['"5s"', "Duration", 'type-mismatch @ "5s"'],
    ["5s", "Int", "type-mismatch @ 5s"],
    ["0.5", "Int", "type-mismatch @ 0.5"],
    ["10", "Int 1..9", "literal-does-not-fit @ 10"],
    ["LARGE", "Int 1..9", "literal-does-not-fit @ LARGE"],
    ["LIMIT", "Int 1..9", "type-mismatch @ LIMIT"],
    ['"GET"', "Method", 'type-mismatch @ "GET"'],
    ["GRT", "Method", "unknown-name @ GRT"],
    ["path", "OrderId", "type-mismatch @ path"],
    ["client.ip", "String", "type-mismatch @ client.ip"],
    ["10.0.0.1", "Network", "type-mismatch @ 10.0.0.1"],
    ["10.0.0.0/8", "Ip", "type-mismatch @ 10.0.0.0/8"],
    ['header("A")', "String", 'unguarded-optional @ header("A")'],
    ['header("A") ?? query("B")', "String", 'unguarded-optional @ query("B")'],
    ['["a", "a"]', "Set<String>", 'literal-does-not-fit @ ["a", "a"]'],
    ['["a"]', "List<String> size 2..3", 'literal-does-not-fit @ ["a"]'],
    ['[1, "a"]', "List<Int>", 'type-mismatch @ "a"'],
    ["[1]", "Int", "type-mismatch @ [1]"],
    ['headers("A")', "Set<String>", 'type-mismatch @ headers("A")'],
    ["group", "Zone", "type-mismatch @ group"],
    ["path", "Zone", "zone-not-constant @ path"],
    ["1", "Bool", "condition-expected @ 1"],
    ['header("A")', "Bool", 'condition-expected @ header("A")'],
    ["body.flag", "Bool", "unguarded-optional @ body.flag"],
    ["nope", "Duration", "unknown-name @ nope"],
  ])("%s as %s", (source, type, expected) => expect(outcome(source, SHOP, read(type).type)).toBe(expected));

  test.each([
    ["stage { dev: 1, prod: 2s }", "Duration", "branches-differ @ 2s"],
    ["stage { dev: 1, prod: 2 }", "Duration", "number-without-unit @ 1; number-without-unit @ 2"],
    ['{ sku: "a", qty: 10 }', "Line", "literal-does-not-fit @ 10"],
    ['{ sku: "a" }', "Line", 'literal-does-not-fit @ { sku: "a" }'],
    ['{ sku: "a", qty: 1, more: 2 }', "Line", 'literal-does-not-fit @ { sku: "a", qty: 1, more: 2 }'],
    ["{ a: 1 }", "Int", "type-mismatch @ { a: 1 }"],
  ])("%s as %s", (source, type, expected) => expect(phraseOutcome(source, CONSTANT, read(type).type)).toBe(expected));
});

describe("constants", () => {
  test.each([
    ["5s", 5000],
    ["[1, LARGE]", [1, 100]],
    ['concat("a", "b")', "ab"],
    ["1..5", [1, 5]],
    ["not true", false],
    ['true and path == "x"', undefined],
    ['false and path == "x"', false],
    ['true or path == "x"', true],
    ["false or true", true],
    ["true implies false", false],
    ["if true then 1 else 2", 1],
    ["LIMIT", undefined],
    ["stage", undefined],
    ["office", undefined],
    ["path", undefined],
    ["[1, LIMIT]", undefined],
  ])("%s is known as %j", (source, value) => expect(evaluateConstant(check(source).expr)).toEqual(value));
});
