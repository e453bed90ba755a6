/**
 * JSON text (RFC 8259) as data with places. Promises: never throws; what readers take for different things is a problem: a key
 * twice in one object, a text with half a surrogate pair, values too deep or too many. Knows no meaning.
 */
import type { Span } from "../../grammar/source/span.ts";
import type { DataEntry, DataNode, DataProblem, DataReading } from "../yaml/data-node.ts";

const DEEPEST = 64;

export function readJson(file: string, text: string): DataReading {
  const cursor: Cursor = { file, text, at: 0, repeated: [] };
  try {
    const node = value(cursor, 0);
    skipSpace(cursor);
    if (cursor.at < text.length) fail(cursor, "something stands behind the end of the value");
    return cursor.repeated.length > 0 ? { ok: false, problems: cursor.repeated } : { ok: true, node };
  } catch (stopped) {
    if (!(stopped instanceof Stop)) throw stopped;
    return { ok: false, problems: [stopped.problem] };
  }
}

type Cursor = { readonly file: string; readonly text: string; at: number; readonly repeated: DataProblem[] };

/** Syntax ends at the first mistake: what follows would be guessed. */
class Stop extends Error {
  readonly problem: DataProblem;
  constructor(problem: DataProblem) {
    super(problem.what);
    this.problem = problem;
  }
}

function fail(cursor: Cursor, what: string, start: number = cursor.at, end: number = Math.min(start + 1, cursor.text.length)): never {
  throw new Stop({ span: { file: cursor.file, start, end }, what });
}

function value(cursor: Cursor, depth: number): DataNode {
  if (depth > DEEPEST) fail(cursor, `values stand more than ${DEEPEST} levels deep`);
  skipSpace(cursor);
  const start = cursor.at;
  switch (cursor.text[start]) {
    case "{":
      return object(cursor, depth);
    case "[":
      return array(cursor, depth);
    case '"':
      return { kind: "text", value: string(cursor), span: since(cursor, start) };
    case undefined:
      return fail(cursor, "it ends where a value is due");
    default:
      return word(cursor);
  }
}

function object(cursor: Cursor, depth: number): DataNode {
  const start = cursor.at;
  const entries: DataEntry[] = [];
  const seen = new Map<string, Span>();
  cursor.at++;
  skipSpace(cursor);
  while (cursor.text[cursor.at] !== "}") {
    if (entries.length > 0) separator(cursor, "}");
    const keyStart = cursor.at;
    if (cursor.text[keyStart] !== '"') fail(cursor, "a key in double quotes is due here");
    const key = string(cursor);
    const keySpan = since(cursor, keyStart);
    if (seen.has(key)) cursor.repeated.push({ span: keySpan, what: `the key \`${key}\` stands twice in one object` });
    seen.set(key, keySpan);
    skipSpace(cursor);
    if (cursor.text[cursor.at] !== ":") fail(cursor, "a colon is due between key and value");
    cursor.at++;
    entries.push({ key, keySpan, value: value(cursor, depth + 1) });
    skipSpace(cursor);
  }
  cursor.at++;
  return { kind: "map", entries, span: since(cursor, start) };
}

function array(cursor: Cursor, depth: number): DataNode {
  const start = cursor.at;
  const items: DataNode[] = [];
  cursor.at++;
  skipSpace(cursor);
  while (cursor.text[cursor.at] !== "]") {
    if (items.length > 0) separator(cursor, "]");
    items.push(value(cursor, depth + 1));
    skipSpace(cursor);
  }
  cursor.at++;
  return { kind: "list", items, span: since(cursor, start) };
}

function separator(cursor: Cursor, end: string): void {
  if (cursor.at >= cursor.text.length) fail(cursor, `it ends where \`,\` or \`${end}\` is due`);
  if (cursor.text[cursor.at] !== ",") fail(cursor, `\`,\` or \`${end}\` is due here`);
  const comma = cursor.at++;
  skipSpace(cursor);
  if (cursor.text[cursor.at] === end) fail(cursor, "nothing stands behind this comma", comma, comma + 1);
}

const STRING = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/uy;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])/y;
const WORD = /(?:true|false|null)(?!\w)/y;

function string(cursor: Cursor): string {
  const start = cursor.at;
  const written = match(cursor, STRING) ?? fail(cursor, "this text is not closed, or holds a character that has to be escaped");
  const text = JSON.parse(written) as string;
  if (!text.isWellFormed()) fail(cursor, "this text holds half of a surrogate pair", start, cursor.at);
  return text;
}

function word(cursor: Cursor): DataNode {
  const start = cursor.at;
  const number = match(cursor, NUMBER);
  if (number !== undefined) {
    const parsed = Number(number);
    if (!Number.isFinite(parsed)) fail(cursor, "this number is too large", start, cursor.at);
    return { kind: "number", value: parsed, written: number, span: since(cursor, start) };
  }
  const written = match(cursor, WORD) ?? fail(cursor, "no JSON value begins like this");
  const span = since(cursor, start);
  return written === "null" ? { kind: "null", span } : { kind: "bool", value: written === "true", written, span };
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const [found] = pattern.exec(cursor.text) ?? [];
  cursor.at += found?.length ?? 0;
  return found;
}

function skipSpace(cursor: Cursor): void {
  while (" \t\n\r".includes(cursor.text[cursor.at] ?? "x")) cursor.at++;
}

function since({ file, at }: Cursor, start: number): Span {
  return { file, start, end: at };
}
