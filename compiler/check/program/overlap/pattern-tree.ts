/**
 * The meaning of a regular expression (ECMAScript, flag `u`) as a tree. Promises: gives undefined for what no finite
 * automaton is built for here (look-around, back references, word boundaries) and for text that is no pattern.
 */
import { ANY_CODE_POINT, codePoints, codePointsWhere, complement, oneOf, type CodePoints } from "./code-points.ts";

export type PatternTree =
  | { readonly kind: "set"; readonly set: CodePoints }
  | { readonly kind: "sequence"; readonly parts: readonly PatternTree[] }
  | { readonly kind: "choice"; readonly parts: readonly PatternTree[] }
  | { readonly kind: "repeat"; readonly part: PatternTree; readonly least: number; readonly most: number }
  | { readonly kind: "start" | "end" };

type Reader = { readonly text: string; at: number };
const UNKNOWN = Symbol("unknown");
type Unknown = typeof UNKNOWN;

const DEEPEST = 64;

export function parsePattern(source: string): PatternTree | undefined {
  const reader: Reader = { text: source, at: 0 };
  const tree = choice(reader, 0);
  return tree === UNKNOWN || reader.at < source.length ? undefined : tree;
}

function choice(reader: Reader, depth: number): PatternTree | Unknown {
  if (depth > DEEPEST) return UNKNOWN;
  const parts: PatternTree[] = [];
  do {
    const part = sequence(reader, depth);
    if (part === UNKNOWN) return UNKNOWN;
    parts.push(part);
  } while (take(reader, "|"));
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "choice", parts };
}

function sequence(reader: Reader, depth: number): PatternTree | Unknown {
  const parts: PatternTree[] = [];
  while (reader.at < reader.text.length && !"|)".includes(reader.text.charAt(reader.at))) {
    const part = quantified(reader, depth);
    if (part === UNKNOWN) return UNKNOWN;
    parts.push(part);
  }
  return { kind: "sequence", parts };
}

function quantified(reader: Reader, depth: number): PatternTree | Unknown {
  const part = atom(reader, depth);
  if (part === UNKNOWN) return UNKNOWN;
  const bounds = quantifier(reader);
  if (bounds === undefined) return part;
  take(reader, "?");
  return { kind: "repeat", part, least: bounds[0], most: bounds[1] };
}

function quantifier(reader: Reader): readonly [number, number] | undefined {
  if (take(reader, "*")) return [0, Number.POSITIVE_INFINITY];
  if (take(reader, "+")) return [1, Number.POSITIVE_INFINITY];
  if (take(reader, "?")) return [0, 1];
  const braces = scan(reader, /\{(\d+)(?:(,)(\d*))?\}/y);
  if (braces === undefined) return undefined;
  const least = Number(braces[1]);
  if (braces[2] === undefined) return [least, least];
  return [least, braces[3] === "" ? Number.POSITIVE_INFINITY : Number(braces[3])];
}

function atom(reader: Reader, depth: number): PatternTree | Unknown {
  if (take(reader, "^")) return { kind: "start" };
  if (take(reader, "$")) return { kind: "end" };
  if (take(reader, ".")) return { kind: "set", set: complement(oneOf("\n\r\u2028\u2029")) };
  if (take(reader, "[")) return bracketed(reader);
  if (take(reader, "(")) return grouped(reader, depth);
  if (take(reader, "\\")) {
    const set = escape(reader, false);
    return set === UNKNOWN ? UNKNOWN : { kind: "set", set };
  }
  return literalCharacter(reader);
}

function grouped(reader: Reader, depth: number): PatternTree | Unknown {
  if (reader.text.startsWith("?", reader.at) && scan(reader, /\?(?::|<[\p{ID_Start}$_][\p{ID_Continue}$]*>)/uy) === undefined)
    return UNKNOWN;
  const inner = choice(reader, depth + 1);
  return inner !== UNKNOWN && take(reader, ")") ? inner : UNKNOWN;
}

function literalCharacter(reader: Reader): PatternTree | Unknown {
  const point = reader.text.codePointAt(reader.at);
  if (point === undefined || "*+?{}])".includes(String.fromCodePoint(point))) return UNKNOWN;
  reader.at += point > 0xffff ? 2 : 1;
  return { kind: "set", set: [[point, point]] };
}

function bracketed(reader: Reader): PatternTree | Unknown {
  const isNegated = take(reader, "^");
  const ranges: (readonly [number, number])[] = [];
  while (!take(reader, "]")) {
    const low = member(reader);
    if (low === UNKNOWN) return UNKNOWN;
    const first = single(low);
    if (first === undefined || !/-[^\]]/y.test(reader.text.slice(reader.at, reader.at + 2))) {
      ranges.push(...low);
      continue;
    }
    reader.at++;
    const high = member(reader);
    const last = high === UNKNOWN ? undefined : single(high);
    if (last === undefined || last < first) return UNKNOWN;
    ranges.push([first, last]);
  }
  const set = codePoints(ranges);
  return { kind: "set", set: isNegated ? complement(set) : set };
}

/** One member of a bracket; never reads past the end. */
function member(reader: Reader): CodePoints | Unknown {
  if (take(reader, "\\")) return escape(reader, true);
  const point = reader.text.codePointAt(reader.at);
  if (point === undefined) return UNKNOWN;
  reader.at += point > 0xffff ? 2 : 1;
  return [[point, point]];
}

function single(set: CodePoints): number | undefined {
  const [range] = set;
  return set.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : undefined;
}

const DIGIT: CodePoints = [[48, 57]];
const WORD: CodePoints = codePoints([
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
]);
const SPACE: CodePoints = codePoints([
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]);
const NAMED: Readonly<Record<string, CodePoints>> = {
  d: DIGIT,
  D: complement(DIGIT),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
  t: oneOf("\t"),
  n: oneOf("\n"),
  v: oneOf("\v"),
  f: oneOf("\f"),
  r: oneOf("\r"),
};

/** What follows a backslash. */
function escape(reader: Reader, isInBracket: boolean): CodePoints | Unknown {
  const property = scan(reader, /[pP]\{[A-Za-z0-9_=]+\}/y);
  if (property !== undefined) return propertySet(`\\${property[0]}`);
  const hex = scan(reader, /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}/y);
  if (hex !== undefined) return point(Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? "", 16));
  const control = scan(reader, /c([A-Za-z])/y);
  if (control !== undefined) return point((control[1] ?? "").charCodeAt(0) % 32);
  if (scan(reader, /0(?![0-9])/y) !== undefined) return point(0);
  if (isInBracket && take(reader, "b")) return point(8);
  const named = scan(reader, /[dDwWsStnvfr]/y);
  if (named !== undefined) return NAMED[named[0]] ?? UNKNOWN;
  const itself = scan(reader, /[\^$\\.*+?()[\]{}|/-]/y);
  return itself === undefined ? UNKNOWN : oneOf(itself[0]);
}

function point(value: number): CodePoints | Unknown {
  return value > (ANY_CODE_POINT[0]?.[1] ?? 0) ? UNKNOWN : [[value, value]];
}

const properties = new Map<string, CodePoints | Unknown>();

function propertySet(source: string): CodePoints | Unknown {
  const known = properties.get(source);
  if (known !== undefined) return known;
  const set = scannedProperty(source);
  properties.set(source, set);
  return set;
}

function scannedProperty(source: string): CodePoints | Unknown {
  try {
    const pattern = new RegExp(`^${source}$`, "u");
    return codePointsWhere((character) => pattern.test(character));
  } catch {
    return UNKNOWN;
  }
}

function take(reader: Reader, text: string): boolean {
  if (!reader.text.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

function scan(reader: Reader, sticky: RegExp): RegExpExecArray | undefined {
  sticky.lastIndex = reader.at;
  const found = sticky.exec(reader.text);
  if (found === null) return undefined;
  reader.at += found[0].length;
  return found;
}
