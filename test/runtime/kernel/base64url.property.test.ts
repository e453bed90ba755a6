/** Our decoder takes what Node writes, byte for byte, and nothing that Node would write differently. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBase64Url } from "../../../runtime/kernel/base64url.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const strangers = ["=", "+", "/", " ", "\n", "\0", "é", "Ł", "\ud83d\ude00", "\ud800", "\u{ffff}"];

test("bytes come back as they were, of each length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(decodeBase64Url(Buffer.from(bytes).toString("base64url"))).toEqual(bytes);
    }),
  );
});

test("a text is taken where it is the one text of its bytes, and else refused", () => {
  const character = fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...alphabet) },
    { weight: 1, arbitrary: fc.constantFrom(...strangers) },
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 12 }), (characters) => {
      const text = characters.join("");
      const bytes = Buffer.from(text, "base64url");
      expect(decodeBase64Url(text)).toEqual(bytes.toString("base64url") === text ? new Uint8Array(bytes) : undefined);
    }),
    { numRuns: 2000 },
  );
});

test("what was decoded before is not read again where a long text ends in a character that is none", () => {
  for (const length of [1_020, 1_023, 1_024, 1_025, 1_028])
    for (const stranger of strangers) {
      expect(decodeBase64Url("A".repeat(length - (length % 4)))).toBeDefined();
      expect(decodeBase64Url("A".repeat(length - stranger.length) + stranger)).toBeUndefined();
    }
});
