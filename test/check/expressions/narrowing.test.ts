/** What conditions let later parts rely on. Each row: source, then the typed expression in prefix form and its type, or the findings with what they underline. */
import { describe, expect, test } from "vitest";
import { outcome } from "./checked.ts";

type Row = readonly [source: string, outcome: string];
const CASES: Readonly<Record<string, readonly Row[]>> = {
  "who the caller is": [
    ["principal is Customer and principal.mfa", "and(is Customer, principal.mfa[Customer]) : Bool"],
    ["principal is Customer implies principal.mfa", "or(not(is Customer), principal.mfa[Customer]) : Bool"],
    ["(principal is Customer) and principal.mfa", "and(is Customer, principal.mfa[Customer]) : Bool"],
    ["not (principal is Partner) and principal.mfa", "and(not(is Partner), principal.mfa[Customer]) : Bool"],
    ['not (principal is Partner) or principal.org == "x"', 'or(not(is Partner), ==(principal.org[Partner], "x":String)) : Bool'],
    ['principal is Customer or principal.org == "x"', 'or(is Customer, ==(principal.org[Partner], "x":String)) : Bool'],
    ['(principal is Customer and principal.mfa) or principal.org == "x"', "claim-not-shared @ principal.org"],
    [
      'if principal is Customer then principal.mfa else principal.org == "x"',
      'if(is Customer, principal.mfa[Customer], ==(principal.org[Partner], "x":String)) : Bool',
    ],
    [
      "if not (principal is Customer) then principal.org else principal.region",
      "if(not(is Customer), principal.org[Partner], principal.region[Customer]) : String",
    ],
    [
      '(if principal is Customer then true else true) and principal.region == "x"',
      'and(if(is Customer, true:Bool, true:Bool), ==(principal.region[Customer,Partner], "x":String)) : Bool',
    ],
    [
      '(principal is Customer or principal is Partner) and principal.region == "x"',
      'and(or(is Customer, is Partner), ==(principal.region[Customer,Partner], "x":String)) : Bool',
    ],
    ["principal is Customer and (true or principal.mfa)", "and(is Customer, or(true:Bool, principal.mfa[Customer])) : Bool"],
    ["(true and principal is Customer) and principal.mfa", "and(and(true:Bool, is Customer), principal.mfa[Customer]) : Bool"],
    ["not (not (principal is Customer)) and principal.mfa", "and(not(not(is Customer)), principal.mfa[Customer]) : Bool"],
    [
      'not (principal is Partner or path == "x") and principal.mfa',
      'and(not(or(is Partner, ==(path, "x":String))), principal.mfa[Customer]) : Bool',
    ],
    ['principal is known and principal.region == "x"', 'and(isKnown, ==(principal.region[Customer,Partner], "x":String)) : Bool'],
  ],
  "who the caller is not known to be": [
    ["principal.mfa", "claim-not-shared @ principal.mfa"],
    ["principal.level == 3", "claim-types-differ @ principal.level"],
    ["principal is Customer or principal.mfa", "unknown-claim @ mfa"],
    ["principal.mfa and principal is Customer", "claim-not-shared @ principal.mfa"],
    ["principal is known and principal.mfa", "claim-not-shared @ principal.mfa"],
    ['not (principal is Customer and path == "x") and principal.org == "x"', "claim-not-shared @ principal.org"],
    ['(principal is Customer or principal is Partner) implies principal.org == "x"', "claim-not-shared @ principal.org"],
    ["principal is Customer and principal is Partner", "never-identity @ principal is Partner"],
    ["principal is Customer implies principal is Partner", "never-identity @ principal is Partner"],
    ['not (principal is Customer or principal is Partner) and principal.region == "x"', "nobody-left @ principal.region"],
    ["principal is Legacy", "identity-not-accepted @ principal is Legacy"],
    ["principal is Custmer", "unknown-identity @ Custmer"],
    ["principal is orders", "unknown-identity @ orders"],
    ['principal.Partner.org == "x"', "identity-not-sure @ Partner"],
    ["path is Customer", "is-needs-principal @ path"],
  ],
  "what is there": [
    ['has header("A") and header("a") == "1"', 'and(has(header a), ==(header a, "1":String)) : Bool'],
    ['has header("A") implies header("A") == "1"', 'or(not(has(header a)), ==(header a, "1":String)) : Bool'],
    ['not (has header("A")) or header("A") == "1"', 'or(not(has(header a)), ==(header a, "1":String)) : Bool'],
    ['not has header("A") or header("A") == "1"', 'or(not(has(header a)), ==(header a, "1":String)) : Bool'],
    ['if has header("A") then header("A") else "none"', 'if(has(header a), header a, "none":String) : String'],
    [
      'has query("a") and (if method == GET then query("a") == "1" else query("a") == "2")',
      'and(has(query a), if(==(method, "GET":Method), ==(query a, "1":String), ==(query a, "2":String))) : Bool',
    ],
    [
      'has header("A") and not (header("A") == "1" or header("A") == "2")',
      'and(has(header a), not(or(==(header a, "1":String), ==(header a, "2":String)))) : Bool',
    ],
    [
      '(has header("A") or has header("A")) and header("A") == "1"',
      'and(or(has(header a), has(header a)), ==(header a, "1":String)) : Bool',
    ],
    [
      '(has header("A") and has header("B")) implies header("B") == "1"',
      'or(not(and(has(header a), has(header b))), ==(header b, "1":String)) : Bool',
    ],
    ['has body.note and body.note.starts_with("a")', 'and(has(body.note), startsWith(body.note, "a":String)) : Bool'],
    ["has body.flag and body.flag", "and(has(body.flag), body.flag) : Bool"],
    [
      'has body.address and has body.address.zip and body.address.zip == "1"',
      'and(has(body.address), has(body.address.zip), ==(body.address.zip, "1":String)) : Bool',
    ],
    [
      'has body.address and (body.address.zip ?? "1") == "1"',
      'and(has(body.address), ==(??(body.address.zip, "1":String), "1":String)) : Bool',
    ],
    [
      'principal is Customer and has principal.tenant and principal.tenant == "x"',
      'and(is Customer, has(principal.tenant[Customer]), ==(principal.tenant[Customer], "x":String)) : Bool',
    ],
    [
      'principal is Customer and (principal.tenant ?? "") != ""',
      'and(is Customer, !=(??(principal.tenant[Customer], "":String), "":String)) : Bool',
    ],
    ["has tag.data and tag.data.size > 3", "and(has(tag data), >(sizeOf(tag data), 3:Int)) : Bool"],
    ['has header("A") and has header("A")', "and(has(header a), has(header a)) : Bool"],
    ['has header("A") and (header("A") ?? "x") == "x"', 'and(has(header a), ==(??(header a, "x":String), "x":String)) : Bool'],
  ],
  "what may be absent": [
    ['header("A") == "1"', 'unguarded-optional @ header("A")'],
    ['header("A") == "1" and has header("A")', 'unguarded-optional @ header("A")'],
    ['has header("A") or header("A") == "1"', 'unguarded-optional @ header("A")'],
    ['has header("A") and header("B") == "1"', 'unguarded-optional @ header("B")'],
    ['has header("A") and query("A") == "1"', 'unguarded-optional @ query("A")'],
    ['(has header("A") or has header("B")) and header("A") == "1"', 'unguarded-optional @ header("A")'],
    ['(if has header("A") then true else true) and header("A") == "1"', 'unguarded-optional @ header("A")'],
    ['has header("A") implies true and header("A") == "1"', 'or(not(has(header a)), and(true:Bool, ==(header a, "1":String))) : Bool'],
    ['not has header("A") and header("A") == "1"', 'unguarded-optional @ header("A")'],
    ['header("A").lower()', 'unguarded-optional @ header("A")'],
    ['concat("a", header("A"))', 'unguarded-optional @ header("A")'],
    ['"a" in ["b", header("A")]', 'unguarded-optional @ header("A")'],
    ['body.note.contains("x")', "unguarded-optional @ body.note"],
    ["body.flag", "body.flag : Bool?"],
    ["body.flag and true", "unguarded-optional @ body.flag"],
    ["body.address.zip", "unguarded-optional @ body.address"],
    ['body.address.zip ?? "none"', "unguarded-optional @ body.address"],
    ['principal is Customer and principal.tenant == "x"', "unguarded-optional @ principal.tenant"],
    ["tag.data.size", "unguarded-optional @ tag.data"],
    ['header("A") matches /x/', 'unguarded-optional @ header("A")'],
    ['"b" == header("A")', 'unguarded-optional @ header("A")'],
    ["has body.amount", "never-absent @ body.amount"],
    ["has path", "never-absent @ path"],
  ],
};

for (const [title, rows] of Object.entries(CASES)) {
  describe(title, () => test.each(rows)("%s", (source, expected) => expect(outcome(source)).toBe(expected)));
}
