/** D16, D42, D49: strict JSON, media types, and what fits a type. */
import { expect, test } from "vitest";
import { fit, type Misfit } from "../../compiler/reference/fitting.ts";
import { readJson, type Json } from "../../compiler/reference/json.ts";
import type { Type } from "../../compiler/model/types.ts";
import { ask } from "./ask.ts";
import { gateway, INT, open, program, route, STRING, UUID } from "./program-builder.ts";

const LIMITS = { depth: 3, keys: 4 };

test.each<[string, Json]>([
  [' {"a" : [1, -0.5e2, true, null, "\\u00e9\\n"]}\r\n', { a: [1, -50, true, null, "é\n"] }],
  ['"\\ud83d\\ude00"', "😀"],
  ["[[[]]]", [[[]]]],
  ['{"a":{"b":{"c":1}}}', { a: { b: { c: 1 } } }],
  ['{"a":{"b":1,"c":2},"d":3}', { a: { b: 1, c: 2 }, d: 3 }],
  ['{"constructor":1}', { constructor: 1 } as never],
  ["1.0", 1],
])("%s is JSON", (text, value) => {
  expect(readJson(text, LIMITS)).toEqual({ value });
});

test.each([
  "",
  "{",
  "[1,]",
  "[1 2]",
  '{"a":1,}',
  '{"a" 1}',
  "{a:1}",
  "01",
  "1.",
  ".5",
  "+1",
  "1e999",
  "NaN",
  "tru",
  "1 2",
  "'a'",
  '"a',
  '"\n"',
  '"\\x"',
  '"\\ud800"',
  '{"\\udc00":1}',
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"__proto__":1}',
  "[[[[]]]]",
  '{"a":1,"b":{"c":1,"d":1,"e":1}}',
  "\ufeff1",
  "\u00a01",
])("%j is refused", (text) => {
  expect(readJson(text, LIMITS)).toHaveProperty("problem");
});

const PERSON: Type = {
  kind: "record",
  fields: [
    { name: "name", type: { kind: "string", minLength: 1, maxLength: 2, pattern: "^[^x]" } },
    { name: "age", type: { kind: "optional", type: { kind: "int", min: 0, max: 150 } } },
  ],
};

test.each<[Type, Json, string[]]>([
  [PERSON, { name: "😀😀" }, []],
  [PERSON, { name: "a", age: 7 }, []],
  [PERSON, { name: "abc" }, ["/name"]],
  [PERSON, { name: "x" }, ["/name"]],
  [PERSON, { name: "" }, ["/name"]],
  [PERSON, {}, ["/name"]],
  [PERSON, { name: "a", age: null }, ["/age"]],
  [PERSON, { name: "a", age: 151, other: 1 }, ["/age", "/other"]],
  [PERSON, [], [""]],
  [INT, 1e2, []],
  [INT, 1.5, [""]],
  [INT, 2 ** 53, [""]],
  [INT, "1", [""]],
  [{ kind: "decimal", max: 1 }, 0.5, []],
  [{ kind: "decimal", max: 1 }, 1.5, [""]],
  [{ kind: "literals", values: ["a", 1] }, 1, []],
  [{ kind: "literals", values: ["a", 1] }, "1", [""]],
  [{ kind: "set", element: INT }, [1, 2], []],
  [{ kind: "set", element: INT }, [1, 1], [""]],
  [
    { kind: "set", element: PERSON },
    [
      { name: "a", age: 1 },
      { age: 1, name: "a" },
    ],
    [""],
  ],
  [{ kind: "list", element: INT, minSize: 1, maxSize: 2 }, [], [""]],
  [{ kind: "list", element: INT, maxSize: 2 }, [1, 1], []],
  [{ kind: "list", element: INT }, [1, "2"], ["/1"]],
  [{ kind: "map", element: INT, maxSize: 2 }, { "a/b~": "1" }, ["/a~1b~0"]],
  [{ kind: "map", element: INT, maxSize: 1 }, { a: 1, b: 2 }, [""]],
  [{ kind: "newtype", name: "N", base: INT }, 1, []],
  [{ kind: "url" }, "https://a.example:8443/b?c=%20", []],
  [{ kind: "url" }, "https://user@a.example/", [""]],
  [{ kind: "url" }, "ftp://a.example", [""]],
  [{ kind: "arn" }, "arn:aws:iam::111122223333:role/x", []],
  [{ kind: "arn" }, "arn:aws:iam::1:role/x", [""]],
  [{ kind: "accountId" }, "111122223333", []],
  [{ kind: "accountId" }, 111122223333, [""]],
  [{ kind: "duration" }, 1500, []],
  [{ kind: "duration" }, "1s", [""]],
  [{ kind: "percent" }, 101, [""]],
  [{ kind: "timeOfDay" }, 86_400, [""]],
  [{ kind: "method" }, "get", [""]],
  [{ kind: "status" }, 99, [""]],
  [{ kind: "network" }, "10.0.0.0/8", [""]],
])("of type %j, %j has these misfits: %j", (type, json, expected) => {
  const misfits: Misfit[] = [];
  fit(type, json, misfits);
  expect(misfits.map(({ at }) => at)).toEqual(expected);
});

test("addresses and UUIDs become canonical values", () => {
  expect(fit({ kind: "ip" }, "::FFFF:192.0.2.1", [])).toBe("192.0.2.1");
  expect(fit(UUID, "0F8FAD5B-D9CB-469F-A165-70867728950E", [])).toBe("0f8fad5b-d9cb-469f-a165-70867728950e");
});

const TYPED = program(gateway([route("POST /", { access: [open(0)], body: { kind: "record", fields: [{ name: "s", type: STRING }] } })]));
const post = (fields: Record<string, string>, body: string | Uint8Array) => ask(TYPED, "POST /", { headers: Object.entries(fields), body });

test.each([
  "application/json",
  "Application/JSON; charset=UTF-8",
  'application/json;charset="utf-8"',
  "application/merge-patch+json",
  "application/json; v=1 ; charset=utf-8",
])("%s is read", async (type) => {
  expect((await post({ "Content-Type": type }, '{"s":""}')).decision.cause).toBe("rule");
});

test.each([
  "",
  "text/json",
  "application/jsonp",
  "application/+json",
  "application/json;",
  "application/json; charset=latin1",
  "application/json; charset=utf-8; charset=utf-8",
  "application/json; charset",
  "application/json, text/plain",
])("`%s` is not", async (type) => {
  expect((await post({ "Content-Type": type }, '{"s":""}')).decision.cause).toBe("unsupported-media-type");
});

test("an encoded body is not read", async () => {
  const fields = { "Content-Type": "application/json", "Content-Encoding": "identity" };
  expect((await post(fields, '{"s":""}')).decision.cause).toBe("unsupported-media-type");
});

test("bytes that are no UTF-8 and misfits are told by pointer", async () => {
  const { answer } = await post({ "Content-Type": "application/json" }, '{"t":1}');
  expect(JSON.parse(answer.kind === "local" ? answer.body : "")).toEqual({
    type: "urn:gwl:refusal:invalid-body",
    title: "Invalid request body",
    status: 400,
    errors: [
      { at: "/t", message: "is not a member" },
      { at: "/s", message: "is missing" },
    ],
  });
  expect((await post({ "Content-Type": "application/json" }, Uint8Array.of(0xff))).decision.cause).toBe("invalid-body");
});
