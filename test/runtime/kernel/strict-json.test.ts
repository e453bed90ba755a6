import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonResult, parseJson } from "../../../runtime/kernel/strict-json.ts";

const limits = { depth: 64, keys: 1000 };

function parse(text: string, some: { depth: number; keys: number } = limits): JsonResult {
  return parseJson(new TextEncoder().encode(text), some);
}

describe("JSON texts", () => {
  test.each([
    "null",
    "0",
    '""',
    "[]",
    "{}",
    ' {"a" : [1, -2.5e3, "\\u00e9\\ud83d\\ude00", true] }\r\n',
    '{"a":{"a":1},"b":"a:[{"}',
    '{"constructor":1,"toString":2}',
  ])("%s is read as JSON.parse reads it", (text) => {
    expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  test.each([
    ["", "not a JSON text"],
    ["{a:1}", "not a JSON text"],
    ['{"a":1,}', "not a JSON text"],
    ["NaN", "not a JSON text"],
    ["01", "not a JSON text"],
    ["\ufeff{}", "not a JSON text"],
    ['"a\nb"', "not a JSON text"],
    ["1 2", "not a JSON text"],
    ['{"a":1,"a":1}', "a member occurs twice"],
    ['{"a":1,"\\u0061":2}', "a member occurs twice"],
    ['[{"x":{"b":1,"c":2,"b":3}}]', "a member occurs twice"],
    ['{"1":1,"1":2}', "a member occurs twice"],
    ['{"__proto__":1}', "a text with a lone surrogate, a number out of range, or a member `__proto__`"],
    ['{"\\u005f_proto__":{"a":1}}', "a text with a lone surrogate, a number out of range, or a member `__proto__`"],
    ['"\\ud800"', "a text with a lone surrogate, a number out of range, or a member `__proto__`"],
    ['"\\uDC00\\uD800"', "a text with a lone surrogate, a number out of range, or a member `__proto__`"],
    ['{"\\udbff":1}', "a text with a lone surrogate, a number out of range, or a member `__proto__`"],
    ["[1e400]", "a text with a lone surrogate, a number out of range, or a member `__proto__`"],
    ['{"a":-1e999}', "a text with a lone surrogate, a number out of range, or a member `__proto__`"],
  ])("%j is refused: %s", (text, message) => {
    expect(parse(text)).toEqual({ ok: false, message });
  });

  test("bytes that are no UTF-8 are refused, overlong ones and surrogates too", () => {
    for (const bytes of [[0x80], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xc3]]) {
      expect(parseJson(Uint8Array.from([0x22, ...bytes, 0x22]), limits)).toMatchObject({ ok: false });
    }
    expect(parseJson(Buffer.from('{"a":1}', "utf16le"), limits)).toMatchObject({ ok: false });
  });

  test("depth and number of keys pass when exceeded, not when reached", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(parse(nested(3), { depth: 3, keys: 0 }).ok).toBe(true);
    expect(parse(nested(4), { depth: 3, keys: 0 })).toEqual({ ok: false, message: "more than 3 levels deep" });
    expect(parse('{"a":[],"b":{"c":"{{{::"}}', { depth: 2, keys: 3 }).ok).toBe(true);
    expect(parse('{"a":[],"b":{"c":1}}', { depth: 2, keys: 2 })).toEqual({ ok: false, message: "more than 2 keys" });
    expect(parse("[".repeat(5_000_000)).ok).toBe(false);
  });

  test("any value comes back as it was written", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        if (text.includes('"__proto__"')) return;
        expect(parse(text, { depth: 20, keys: 1000 })).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  test("whatever bytes come, the answer is that of JSON.parse or a refusal", () => {
    const pieces = fc.array(
      fc.constantFrom("{", "}", "[", "]", ":", ",", '"', "\\", "u0061", "a", "1", "e", "-", " ", "true", '"a":1', '\\"'),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const result = parse(parts.join(""));
        if (result.ok) expect(result.value).toEqual(JSON.parse(parts.join("")));
      }),
      { numRuns: 3000 },
    );
  });
});

type ParsingCase = { readonly name: string; readonly set: string; readonly expect: string; readonly base64: string };
const suite = new URL("../../../../shared/data/conformance/json-parsing/json-parsing-cases.json", import.meta.url);

describe.skipIf(!existsSync(suite))("JSONTestSuite", () => {
  const { cases } = existsSync(suite) ? (JSON.parse(readFileSync(suite, "utf8")) as { cases: readonly ParsingCase[] }) : { cases: [] };
  const wide = { depth: 1000, keys: 1000 };
  /** Correct JSON that we refuse on purpose: two parsers may read it differently. */
  const ambiguous = new Set(["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]);

  test("accepts what must be accepted, refuses what must be refused", () => {
    const parsing = cases.filter(({ set }) => set === "test_parsing");
    const wrong = parsing.filter(({ name, base64 }) => {
      const { ok } = parseJson(Buffer.from(base64, "base64"), wide);
      if (name.startsWith("n_") || ambiguous.has(name)) return ok;
      return name.startsWith("y_") && !ok;
    });
    expect(parsing.length).toBeGreaterThan(300);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test("refuses all that has members twice or lone surrogates", () => {
    const transforms = cases.filter(({ set, name }) => set === "test_transform" && /same_key|surrogate|nfc_nfd/.test(name));
    const accepted = transforms.filter(({ base64 }) => parseJson(Buffer.from(base64, "base64"), wide).ok).map(({ name }) => name);
    expect(accepted.filter((name) => !name.includes("nf"))).toEqual([]);
  });
});
