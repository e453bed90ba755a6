/** Literals: which value each has, and which have none. */
import { describe, expect, test } from "vitest";
import { readLiteral } from "../../../compiler/check/literals/read-literal.ts";
import type { RegexProver } from "../../../compiler/check/literals/regex-prover.ts";
import type { Literal } from "../../../grammar/ast.ts";
import type { Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { expressionOf } from "../parsed.ts";

const linear: RegexProver = () => ({ kind: "linear" });

function read(source: string, prove: RegexProver = linear): { readonly value: string; readonly found: readonly Diagnostic[] } {
  const { node } = expressionOf(source);
  const found: Diagnostic[] = [];
  const literal = readLiteral(node as Literal, prove, (diagnostic) => found.push(diagnostic));
  return { value: literal === undefined ? "nothing" : `${literal.type.kind} ${JSON.stringify(literal.value)}`, found };
}

describe("values", () => {
  test.each([
    ["0", "int 0"],
    ["5_000_000", "int 5000000"],
    ["9_007_199_254_740_991", "int 9007199254740991"],
    ["0.5", "decimal 0.5"],
    ["1_000.25", "decimal 1000.25"],
    ["true", "bool true"],
    ["false", "bool false"],
    ['"a\\n"', 'string "a\\n"'],
    ["250ms", "duration 250"],
    ["30s", "duration 30000"],
    ["1.5s", "duration 1500"],
    ["0.29s", "duration 290"],
    ["5m", "duration 300000"],
    ["1h", "duration 3600000"],
    ["7d", "duration 604800000"],
    ["10/s", "rate [10,1]"],
    ["600/m", "rate [600,60]"],
    ["10_000/day", "rate [10000,86400]"],
    ["5/hour", "rate [5,3600]"],
    ["512B", "size 512"],
    ["16KiB", "size 16384"],
    ["1.5KiB", "size 1536"],
    ["1MiB", "size 1048576"],
    ["2GiB", "size 2147483648"],
    ["1TiB", "size 1099511627776"],
    ["5%", "percent 5"],
    ["0.5%", "percent 0.5"],
    ["100%", "percent 100"],
    ["08:00", "timeOfDay 28800"],
    ["23:59:59", "timeOfDay 86399"],
    ["00:00", "timeOfDay 0"],
    ["1970-01-01", "time 0"],
    ["2024-02-29", "time 1709164800000"],
    ["2000-02-29", "time 951782400000"],
    ["2026-01-31T08:00:00Z", "time 1769846400000"],
    ["2026-01-31T08:00Z", "time 1769846400000"],
    ["2026-01-31T10:00:00+02:00", "time 1769846400000"],
    ["2026-01-31T07:30:00.250-00:30", "time 1769846400250"],
    ["203.0.113.5", 'ip "203.0.113.5"'],
    ["2001:DB8:0:0::1", 'ip "2001:db8::1"'],
    ["::ffff:203.0.113.5", 'ip "203.0.113.5"'],
    ["203.0.113.0/24", 'network ["203.0.113.0/24"]'],
    ["0.0.0.0/0", 'network ["0.0.0.0/0"]'],
    ["2001:db8::/32", 'network ["2001:db8::/32"]'],
    ["::ffff:10.0.0.0/104", 'network ["10.0.0.0/8"]'],
    ["/^a\\/b\\d$/", 'regex "^a\\\\/b\\\\d$"'],
  ])("%s is %s", (source, value) => expect(read(source)).toEqual({ value, found: [] }));
});

describe("what has no value", () => {
  test.each([
    ["9_007_199_254_740_992", "GWL3101", "`9_007_199_254_740_992` is too large"],
    ["9999999999999999999d", "GWL3101", "`9999999999999999999d` is too large"],
    ["99999999999999999999/s", "GWL3101", "`99999999999999999999/s` is too large"],
    ["007", "GWL3102", "`007` starts with a zero"],
    ["10.1.2", "GWL3103", "`10.1.2` is not an IP address"],
    ["10.01.2.3", "GWL3103", "`10.01.2.3` is not an IP address"],
    ["256.1.2.3", "GWL3103", "`256.1.2.3` is not an IP address"],
    ["fe80::1%eth0", "GWL3103", "`fe80::1%eth0` is not an IP address"],
    ["1:2:3:4:5:6:7:8:9", "GWL3103", "`1:2:3:4:5:6:7:8:9` is not an IP address"],
    ["10.1/16", "GWL3103", "`10.1/16` is not an IP address"],
    ["203.0.113.7/24", "GWL3104", "`203.0.113.7/24` has bits set behind its prefix"],
    ["2001:db8::1/32", "GWL3104", "`2001:db8::1/32` has bits set behind its prefix"],
    ["10.0.0.0/33", "GWL3105", "the prefix of `10.0.0.0/33` is not a number from 0 to 32"],
    ["10.0.0.0/08", "GWL3105", "the prefix of `10.0.0.0/08` is not a number from 0 to 32"],
    ["::/129", "GWL3105", "the prefix of `::/129` is not a number from 0 to 128"],
    ["2026-02-29", "GWL3106", "there is no time `2026-02-29`"],
    ["1900-02-29", "GWL3106", "there is no time `1900-02-29`"],
    ["2026-13-01", "GWL3106", "there is no time `2026-13-01`"],
    ["2026-04-31", "GWL3106", "there is no time `2026-04-31`"],
    ["2026-01-00", "GWL3106", "there is no time `2026-01-00`"],
    ["2026-01-01T24:00:00Z", "GWL3106", "there is no time `2026-01-01T24:00:00Z`"],
    ["2026-06-30T23:59:60Z", "GWL3106", "there is no time `2026-06-30T23:59:60Z`"],
    ["2026-01-01T00:00:00.0001Z", "GWL3106", "there is no time `2026-01-01T00:00:00.0001Z`"],
    ["2026-01-01T00:00:00+24:00", "GWL3106", "there is no time `2026-01-01T00:00:00+24:00`"],
    ["2026-01-01T08:00", "GWL3107", "`2026-01-01T08:00` does not say in which time zone"],
    ["8:00", "GWL3108", "there is no time of day `8:00`"],
    ["24:00", "GWL3108", "there is no time of day `24:00`"],
    ["12:60", "GWL3108", "there is no time of day `12:60`"],
    ["12:00:60", "GWL3108", "there is no time of day `12:00:60`"],
    ["0.5ms", "GWL3109", "`0.5ms` is no whole number of milliseconds"],
    ["0.5B", "GWL3109", "`0.5B` is no whole number of bytes"],
    ["0.5/s", "GWL3109", "`0.5/s` is no whole number of calls"],
    ["5/fortnight", "GWL3110", "`fortnight` is no unit of time for a rate"],
    ["100.1%", "GWL3111", "`100.1%` is more than all"],
    ["/(/", "GWL3112", "this is no regular expression: unterminated group"],
    ["/\\-/", "GWL3112", "this is no regular expression: invalid escape"],
  ])("%s: %s %s", (source, code, message) => {
    const { value, found } = read(source);
    expect(value).toBe("nothing");
    expect(found.map((diagnostic) => [diagnostic.code, diagnostic.message])).toEqual([[code, message]]);
    expect(found[0]?.help).toBeTruthy();
  });

  test("a block with host bits comes with its network, its range and an edit", () => {
    const [found] = read("203.0.113.7/24").found;
    expect(found?.label).toBe("means 203.0.113.0 to 203.0.113.255");
    expect(found?.help).toBe("the network that holds it is `203.0.113.0/24`; a single address is written with /32");
    expect(found?.fixes[0]?.edits).toEqual([{ span: { file: "test.gwl", start: 8, end: 22 }, text: "203.0.113.0/24" }]);
    expect(read("2001:db8::1/32").found[0]?.label).toBe("means 2001:db8:: to 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
  });

  test("a regular expression that is slow, or not proved, is refused", () => {
    const slow = read("/x/", () => ({ kind: "slow", complexity: "exponential", attack: '"a", often repeated' })).found;
    expect(slow.map((diagnostic) => [diagnostic.code, diagnostic.label])).toEqual([["GWL3113", 'slow on "a", often repeated']]);
    const unproved = read("/x/", () => ({ kind: "unproved", why: "it has look-around" })).found;
    expect(unproved.map((diagnostic) => [diagnostic.code, diagnostic.label])).toEqual([["GWL3114", "it has look-around"]]);
  });
});
