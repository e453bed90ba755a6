/**
 * JSON texts read strictly (RFC 8259): UTF-8, one value, no member twice, no lone surrogates, no numbers that overflow,
 * bounded depth and number of keys. So the gateway and whoever parses the same bytes behind it see the same value.
 *
 * How: one scan counts keys and depth before anything is built, the engine's parser does the syntax, and a walk over the
 * value counts its keys again. A difference is a member that was written twice.
 */

/** `depth`: levels of objects and arrays around the innermost value. `keys`: members of all objects together. */
export type JsonLimits = { readonly depth: number; readonly keys: number };
export type JsonResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function parseJson(bytes: Uint8Array, limits: JsonLimits): JsonResult {
  const shape = scan(bytes, limits);
  if (typeof shape === "string") return refused(shape);
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (error) {
    return refused(error instanceof SyntaxError ? "not a JSON text" : "not UTF-8");
  }
  const tally = { keys: 0, surrogates: shape.surrogates };
  return isSound(value, tally) && tally.keys === shape.keys ? { ok: true, value } : refused(explain(value, tally, shape.keys));
}

function refused(message: string): JsonResult {
  return { ok: false, message };
}

type Shape = { readonly keys: number /** a `\ud8..` to `\udf..` escape occurs */; readonly surrogates: boolean };

const quote = 34;
const backslash = 92;

/** Right for JSON texts; what it says of other bytes does not matter, since the parser refuses those. */
function scan(bytes: Uint8Array, limits: JsonLimits): Shape | string {
  let depth = 0;
  let keys = 0;
  let surrogates = false;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case quote:
        for (at++; at < bytes.length && bytes[at] !== quote; at++) {
          if (bytes[at] !== backslash) continue;
          at++;
          // `d` or `D` as first digit of a `\u` escape
          if (bytes[at] === 117 && ((bytes[at + 1] ?? 0) | 32) === 100) surrogates = true;
        }
        break;
      case 58: // :
        if (++keys > limits.keys) return `more than ${limits.keys} keys`;
        break;
      case 91: // [
      case 123: // {
        if (++depth > limits.depth) return `more than ${limits.depth} levels deep`;
        break;
      case 93: // ]
      case 125: // }
        depth--;
        break;
      default:
    }
  }
  return { keys, surrogates };
}

type Tally = { keys: number; readonly surrogates: boolean };

/** Counts keys into `tally`; false at the first value that must be refused. Depth is bounded by the scan. */
function isSound(value: unknown, tally: Tally): boolean {
  if (typeof value === "string") return !tally.surrogates || value.isWellFormed();
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) {
    for (const element of value) if (!isSound(element, tally)) return false;
    return true;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members)) {
    tally.keys++;
    if (key === "__proto__" || (tally.surrogates && !key.isWellFormed()) || !isSound(members[key], tally)) return false;
  }
  return true;
}

/** What was wrong, worked out only after a refusal. */
function explain(value: unknown, tally: Tally, keys: number): string {
  const counted = { keys: 0, surrogates: tally.surrogates };
  if (isSound(value, counted) && counted.keys !== keys) return "a member occurs twice";
  return "a text with a lone surrogate, a number out of range, or a member `__proto__`";
}
