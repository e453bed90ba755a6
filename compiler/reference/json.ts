/**
 * JSON read strictly (RFC 8259; D16, D49): no duplicate keys, no `__proto__`, no lone surrogates, no number beyond a double, bounded.
 * Knows nothing of types.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonLimits = { readonly depth: number; readonly keys: number };
export type JsonReading = { readonly value: Json } | { readonly problem: string };

export function readJson(text: string, limits: JsonLimits): JsonReading {
  try {
    return { value: readDocument(text, limits) };
  } catch (fault) {
    if (fault instanceof NotJson) return { problem: fault.message };
    throw fault;
  }
}

class NotJson extends Error {}

function fail(message: string): never {
  throw new NotJson(message);
}

function readDocument(text: string, limits: JsonLimits): Json {
  let at = 0;
  let keys = 0;

  const document = readValue(0);
  skipBlanks();
  return at === text.length ? document : fail("nothing may follow the value");

  function skipBlanks(): void {
    while (" \t\r\n".includes(text[at] ?? "x")) at++;
  }

  /** Takes `mark` if it comes next. */
  function took(mark: string): boolean {
    skipBlanks();
    if (!text.startsWith(mark, at)) return false;
    at += mark.length;
    return true;
  }

  /** `depth` counts the arrays and objects that are open. */
  function readValue(depth: number): Json {
    if (took("{")) return readObject(depth + 1);
    if (took("[")) return readArray(depth + 1);
    if (took("true")) return true;
    if (took("false")) return false;
    if (took("null")) return null;
    return text[at] === '"' ? readString() : readNumber();
  }

  function readObject(depth: number): Json {
    if (depth > limits.depth) fail("nested too deeply");
    const members: Record<string, Json> = {};
    if (took("}")) return members;
    do {
      skipBlanks();
      const key = text[at] === '"' ? readString() : fail("a key is expected");
      if (key === "__proto__") fail("the key `__proto__` is refused");
      if (Object.hasOwn(members, key)) fail("a key is repeated");
      if (++keys > limits.keys) fail("too many keys");
      if (!took(":")) fail("`:` is expected");
      members[key] = readValue(depth);
    } while (took(","));
    return took("}") ? members : fail("`,` or `}` is expected");
  }

  function readArray(depth: number): Json {
    if (depth > limits.depth) fail("nested too deeply");
    const items: Json[] = [];
    if (took("]")) return items;
    do items.push(readValue(depth));
    while (took(","));
    return took("]") ? items : fail("`,` or `]` is expected");
  }

  function readString(): string {
    const start = at;
    at = endOfString(text, start);
    const value: unknown = JSON.parse(text.slice(start, at));
    return typeof value === "string" && value.isWellFormed() ? value : fail("a string has a lone surrogate");
  }

  function readNumber(): number {
    const digits = numberAt(text, at);
    at += digits.length;
    return Number.isFinite(Number(digits)) ? Number(digits) : fail("a number is too large");
  }
}

function numberAt(text: string, at: number): string {
  const written = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
  written.lastIndex = at;
  return written.exec(text)?.[0] ?? fail("a value is expected");
}

/** Behind the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') {
    const isEscape = text[at] === "\\";
    const escape = isEscape ? /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at, at + 6)) : null;
    if (at >= text.length || text.charCodeAt(at) < 32 || (isEscape && !escape)) fail("a string is malformed");
    at += escape?.[0].length ?? 1;
  }
  return at + 1;
}

/** Whether two values are the same JSON: the order of members does not matter. */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const ours = Object.entries(left);
  const theirs = new Map(Object.entries(right));
  return ours.length === theirs.size && ours.every(([key, value]) => theirs.has(key) && isSameJson(value, theirs.get(key)));
}
