/**
 * The one form of a path that routing, policy, logs and backends see (security: two parsers must never read one path
 * differently). Refuses what is ambiguous; knows nothing of routes.
 */
import type { PathRules } from "../contract/request-rules.ts";
import { hexValue, isTargetCharacter, isUnreserved } from "./characters.ts";
import { utf8Next, utf8Start } from "./utf8-state.ts";

const percent = 37;
const semicolon = 59;
const questionMark = 63;

/** Segments without a dot at their beginning, of characters that mean themselves: what all rules leave as it is. Linear, since no character can be read in two ways. */
const plain = /^(?:\/[!$&-\-0-:=@-[\]_a-z~][!$&-.0-:=@-[\]_a-z~]*)+$/;

/**
 * The canonical form of `text`, which starts with `/` and has no query; undefined when it must be refused. Triplets of unreserved
 * characters are decoded, all others have upper-case hex. The canonical form of a canonical path is itself.
 */
export function canonicalPath(text: string, rules: PathRules): string | undefined {
  if (plain.test(text)) return text;
  const decoded = decodeTriplets(text, rules.semicolons === "allow");
  if (decoded === undefined || isDoublyEncoded(decoded)) return undefined;
  return needsSegmentWork(decoded) ? resolveSegments(decoded, rules) : decoded;
}

function decodeTriplets(text: string, semicolons: boolean): string | undefined {
  let out = "";
  let copied = 0;
  let utf8 = utf8Start;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === percent) {
      const byte = tripletByte(text, at);
      if (byte < 32 || byte === 127 || byte === 47 || byte === 92) return undefined;
      utf8 = utf8Next(utf8, byte);
      if (utf8 < 0) return undefined;
      out += text.slice(copied, at) + (isUnreserved(byte) ? String.fromCharCode(byte) : text.slice(at, at + 3).toUpperCase());
      at += 2;
      copied = at + 1;
    } else if (utf8 !== utf8Start || !isTargetCharacter(code) || code === questionMark || (code === semicolon && !semicolons)) {
      return undefined;
    }
  }
  if (utf8 !== utf8Start) return undefined;
  return copied === 0 ? text : out + text.slice(copied);
}

/** The byte that the triplet at `at` stands for; a broken one gives 0, which is refused like NUL. */
function tripletByte(text: string, at: number): number {
  if (at + 2 >= text.length) return 0;
  const high = hexValue(text.charCodeAt(at + 1));
  const low = hexValue(text.charCodeAt(at + 2));
  return high < 0 || low < 0 ? 0 : high * 16 + low;
}

/** Whether a second decoding would make a `.`, `/`, `\` or `%`: asked of the decoded text, so that `%25%32%66` is seen as well. */
function isDoublyEncoded(path: string): boolean {
  for (let at = path.indexOf("%25"); at >= 0; at = path.indexOf("%25", at + 3)) {
    const high = hexValue(path.charCodeAt(at + 3));
    const low = hexValue(path.charCodeAt(at + 4));
    if (high < 0 || low < 0) continue;
    const byte = high * 16 + low;
    if (byte === 46 || byte === 47 || byte === 92 || byte === 37) return true;
  }
  return false;
}

/** Whether the path ends in `/`, or has a segment that is empty or starts with a dot. */
function needsSegmentWork(path: string): boolean {
  if (path.length === 1) return false;
  return path.endsWith("/") || path.includes("//") || path.includes("/.");
}

function resolveSegments(path: string, rules: PathRules): string | undefined {
  const segments = path.slice(1).split("/");
  const kept: string[] = [];
  let trailing = false;
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === "") {
      if (!isLast && rules.emptySegments === "refuse") return undefined;
      trailing = isLast;
    } else if (isDotSegment(segment)) {
      // A dot segment with parameters (`..;a`) means different things to different servers.
      if (rules.dotSegments === "refuse" || segment.includes(";")) return undefined;
      if (segment === ".." && kept.pop() === undefined) return undefined;
      trailing = isLast;
    } else {
      kept.push(segment);
    }
  }
  if (kept.length === 0) return "/";
  if (trailing && rules.trailingSlash === "refuse") return undefined;
  return `/${kept.join("/")}`;
}

function isDotSegment(segment: string): boolean {
  const end = segment.indexOf(";");
  const name = end < 0 ? segment : segment.slice(0, end);
  return name === "." || name === "..";
}
