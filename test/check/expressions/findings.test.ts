/** What each finding about an expression says. Every kind has a case here. */
import { describe, expect, test } from "vitest";
import type { Place } from "../../../compiler/check/expressions/place.ts";
import * as names from "../../../compiler/check/expressions/name.diagnostics.ts";
import * as types from "../../../compiler/check/expressions/type.diagnostics.ts";
import type { Expr } from "../../../compiler/model/expression.ts";
import { check, checkPhrase } from "./checked.ts";
import { at, CONSTANT, PUBLIC, SELECTOR, SHOP } from "./shop-place.ts";

type Case = {
  readonly code: string;
  readonly source: string;
  readonly message: string;
  readonly label?: string;
  readonly related?: readonly string[];
  readonly place?: Place;
};

/** Doubles with each step: a thousand steps have more parts than there are atoms. */
function doubling(steps: number): Expr {
  const int = { kind: "int" } as const;
  let expr: Expr = { op: "const", value: 1, type: int, span: at(1) };
  for (let step = 0; step < steps; step++)
    expr = { op: "list", items: [expr, expr], type: { kind: "list", element: expr.type }, span: at(1) };
  return expr;
}
const HUGE: Place = { ...SHOP, names: { lookup: () => ({ kind: "constant", value: doubling(40) }), names: () => [] } };

const CASES: readonly Case[] = [
  { code: "GWL2301", source: "clint.ip", message: "there is no `clint` here", label: "did you mean `client`?" },
  { code: "GWL2301", source: "[] == [clint]", message: "there is no `clint` here", label: "did you mean `client`?" },
  { code: "GWL2302", source: "orders", message: "`orders` is a backend, which is no value", related: ["declared here"] },
  {
    code: "GWL2303",
    source: "KEY",
    message: "the secret `KEY` cannot be used in an expression",
    label: "would end in a decision, a header or a log",
    related: ["declared as a secret here"],
  },
  { code: "GWL2304", source: "client", message: "`client` alone is no value" },
  { code: "GWL2305", source: "client.port", message: "`client` has no `port`", label: "not known" },
  { code: "GWL2306", source: "foo(1)", message: "there is no function `foo`", label: "not known" },
  { code: "GWL2307", source: "header()", message: "`header` takes one name, in quotes" },
  { code: "GWL2308", source: "header(group)", message: "`header` takes a name that is known before any request" },
  {
    code: "GWL2309",
    source: 'header("X_Debug")',
    message: "`X_Debug` is no name that a header can have",
    label: "headers with `_` are refused, since many programs take `_` and `-` for the same",
  },
  {
    code: "GWL2310",
    source: "client.ip in office",
    message: "`client.ip` cannot be read in a constant",
    label: "is only known when a request comes",
    place: CONSTANT,
  },
  {
    code: "GWL2311",
    source: "stage == prod",
    message: "`stage` cannot choose routes",
    label: "is not known when routes are chosen",
    place: SELECTOR,
  },
  {
    code: "GWL2312",
    source: "principal is known",
    message: "there is no `principal` here: this route is `public`",
    related: ["because of this"],
    place: PUBLIC,
  },
  { code: "GWL2313", source: "principal is Custmer", message: "there is no identity `Custmer`", label: "did you mean `Customer`?" },
  {
    code: "GWL2314",
    source: "principal is Legacy",
    message: "`Legacy` is not accepted here, so this is never true",
    related: ["`Legacy` is declared here"],
  },
  {
    code: "GWL2315",
    source: "principal is Customer and principal is Partner",
    message: "`principal` cannot be `Partner` at this point, so this is never true",
    label: "can only be `Customer` here",
  },
  {
    code: "GWL2316",
    source: 'not (principal is Customer or principal is Partner) and principal.region == "x"',
    message: "`principal.region` has no value here: all identities that are accepted are excluded before",
  },
  {
    code: "GWL2317",
    source: "principal.tenat",
    message: "none of `Customer`, `Partner` has a field `tenat`",
    label: "did you mean `tenant`?",
  },
  {
    code: "GWL2318",
    source: "principal.mfa",
    message: "`principal.mfa` is not there for every caller: `Partner` has no such field",
    label: "the caller may be somebody without it",
    related: ["`Partner` has no `mfa`"],
  },
  { code: "GWL2319", source: "principal.level == 3", message: "`principal.level` is `Int` or `String`, depending on the caller" },
  {
    code: "GWL3834",
    source: 'principal.Partner.org == "x"',
    message: "not every caller here has the identity `Partner`",
    label: "it may be `Customer` or `Partner`",
  },
  { code: "GWL2320", source: "principal.Customer", message: "`Customer` is an identity, not a field of the caller" },
  { code: "GWL2321", source: "body.amount", message: "`body` cannot be read here: this route has no `body` type", place: PUBLIC },
  { code: "GWL2322", source: "params.id", message: "`params` cannot be read here: a policy is used by many routes", place: PUBLIC },
  { code: "GWL2323", source: "stage == prd", message: "there is no stage `prd`", label: "did you mean `prod`?" },
  { code: "GWL2324", source: "path is Customer", message: "`is` asks who the caller is: only `principal` can stand before it" },
  { code: "GWL2326", source: 'List<String> == "a"', message: "a type is no value" },
  {
    code: "GWL2327",
    source: "body.amont",
    message:
      '`{ amount: Int 1..999, share: Decimal, currency: "EUR" | "USD", note: String?, flag: Bool?, lines: List<{ sku: String ...` has no field `amont`',
    label: "did you mean `amount`?",
    related: ["the body is declared here"],
  },
  { code: "GWL2329", source: "stage == dev", message: "the program has no stages to ask for", place: { ...SHOP, stages: [] } },
  { code: "GWL4160", source: "entry == internal", message: "the program declares no `entry`", place: { ...SHOP, entries: [] } },
  {
    code: "GWL2325",
    source: "[BIG, BIG, BIG]",
    message: "`BIG` is too large: written out, it has more than 10,000 parts or more than 64 levels",
    place: HUGE,
  },
  { code: "GWL2328", source: "path.size()", message: "`String` has no method `size`", label: "not known" },
  { code: "GWL2401", source: '"203.0.113.5" in office', message: "`Ip` is expected, and this is `String`", label: "is `String`" },
  {
    code: "GWL2402",
    source: 'tag.data == "pi"',
    message: '`"pi"` is no value of `"public" | "internal" | "pii"`: only these can occur',
    label: 'did you mean `"pii"`?',
    related: ["`data` is declared here"],
  },
  { code: "GWL2403", source: "body.wait > 5", message: "`5` has no unit, and `Duration` is expected", label: "5 of what?" },
  { code: "GWL2404", source: 'has header("A") or header("A") == "1"', message: '`header("A")` may be absent', label: "is `String?`" },
  {
    code: "GWL2405",
    source: "path and true",
    message: "a condition is expected, and this is `String`",
    label: "is neither true nor false",
  },
  { code: "GWL2406", source: 'client.ip == "203.0.113.5"', message: "`Ip` cannot be compared with `String`" },
  { code: "GWL2407", source: "body.rate < 5/s", message: "`<` needs values with an order, and `Rate` has none" },
  { code: "GWL2408", source: 'path ?? "x"', message: "this is always there: `??` has nothing to ask", label: "is `String`, not optional" },
  { code: "GWL2409", source: "client.ip in 203.0.113.5", message: "`in` looks into a Set, List, range or Network, and this is `Ip`" },
  { code: "GWL2410", source: "client.ip matches /x/", message: "`matches` takes a text before it, and this is `Ip`" },
  { code: "GWL2411", source: 'path matches "x"', message: "`matches` takes a regular expression between slashes" },
  {
    code: "GWL2412",
    source: 'if true then 1 else "a"',
    message: "the branches of this `if` have different types: `Int` and `String`",
    label: "is `String`",
    related: ["is `Int`"],
  },
  {
    code: "GWL2413",
    source: "{ a: path }",
    message: "the fields of a record must be known before any request",
    label: "depends on the request, the environment or the stage",
  },
  { code: "GWL2414", source: "stage { dev 1, prod: 2 }", message: "this is no entry of `stage`" },
  {
    code: "GWL2415",
    source: "stage { dev: 1, dev: 2, prod: 3 }",
    message: "`dev` is given twice",
    label: "here again",
    related: ["first here"],
  },
  { code: "GWL2416", source: "stage { dev: 1 }", message: "there is no value for the stage `prod`" },
  { code: "GWL2417", source: "= 5", message: "a value is expected here" },
  { code: "GWL2418", source: "5 6", message: "this does not belong to the value before it" },
  { code: "GWL2419", source: "time.of_day(path) < 08:00", message: "a time zone must be known before any request" },
  { code: "GWL2420", source: '"a" | "b"', message: "`|` lists the literals of a type; it is no operator for values" },
  { code: "GWL2421", source: "office + 10.0.0.1", message: "`+` joins networks, and this is `Ip`" },
  {
    code: "GWL2325",
    source: "BIG",
    message: "`BIG` is too large: written out, it has more than 10,000 parts or more than 64 levels",
    place: HUGE,
  },
];

describe("findings", () => {
  test.each(CASES)("$code $source", ({ code, source, message, label, related, place }) => {
    const phrase = source.startsWith("stage {") || source.startsWith("{") || source === "5 6" || source.startsWith("= ");
    const { found } = phrase ? checkPhrase(source, place) : check(source, place);
    const [first] = found;
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
    const kinds = [...Object.values(names), ...Object.values(types)].map((kind) => kind.code);
    expect(kinds.filter((code) => !CASES.some((known) => known.code === code))).toEqual([]);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

describe("the way out", () => {
  const help = (source: string, place?: Place): string | undefined => check(source, place).found[0]?.help;

  test("of an optional shows the three ways, with the words of the rule", () => {
    expect(help('header("X-Team") == "a"')).toBe(
      'say what holds without it: `has header("X-Team") and ...`, a value in its place with `header("X-Team") ?? ...`, or both cases with `if has header("X-Team") then ... else ...`',
    );
  });

  test.each([
    ["body.wait > 5", "write `5s` or `5m` or `5ms`"],
    ["body.weight > 5", "write `5KiB` or `5MiB` or `5B`"],
    ["body.rate == 5", "write `5/s` or `5/m`"],
    ["body.discount > 5", "write `5%`"],
    ['method == "GET"', "methods are written without quotes: `GET`"],
    ['client.ip == "203.0.113.5"', "addresses are written without quotes: `203.0.113.5`"],
    ["client.ip in 203.0.113.5", "a network of one address is written `203.0.113.5/32`"],
    ["client.ip in 2001:db8::1", "a network of one address is written `2001:db8::1/128`"],
    ["body.note and true", "to ask whether it is there, write `has body.note`"],
    ["concat(body.amount)", "make a text of it with `.text()`"],
    ['"a" + "b"', "texts are joined with `concat(a, b)`"],
    ['"a" in "abc"', "whether a text holds another is asked with `x.contains(y)`"],
    ['headers("A").contains("a")', "whether a collection holds a value is asked with `value in collection`"],
    ['headers("A") == "a"', "whether a collection holds a value is asked with `in`, as in `name in principal.groups`"],
    ["body == body", "records are compared field by field, as in `x.name == y.name`"],
    [
      "principal is Partner and body.order == principal.user",
      "`OrderId` and `UserId` are declared as different types, so that they are not mixed up",
    ],
    ["time.of_day(group) < 08:00", "give the policy's parameter the type `Zone`, so that only time zones that exist are passed"],
  ])("of %s", (source, expected) => expect(help(source)).toBe(expected));
});
