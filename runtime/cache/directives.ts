/** `Cache-Control` as a list of directives (RFC 9111, section 5.2). Promises: commas in quotes divide nothing, and names are lower-case. */
import { isToken, lowerAscii, trimBlanks } from "../kernel/characters.ts";

/** By name, in the order of writing; empty texts where there is no value. */
export type Directives = ReadonlyMap<string, readonly string[]>;

/** `values`: of all fields of the name. What is no directive is left out. */
export function directivesOf(values: readonly string[]): Directives {
  const found = new Map<string, string[]>();
  for (const part of values.flatMap(members)) {
    const equals = part.indexOf("=");
    const name = trimBlanks(equals < 0 ? part : part.slice(0, equals));
    if (!isToken(name)) continue;
    const text = equals < 0 ? "" : unquoted(trimBlanks(part.slice(equals + 1)));
    const known = found.get(lowerAscii(name));
    if (known === undefined) found.set(lowerAscii(name), [text]);
    else known.push(text);
  }
  return found;
}

/** The parts between commas that stand in no quotes. */
function members(list: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < list.length; at++) {
    const character = list[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === "\\" && isQuoted) at++;
    else if (character === "," && !isQuoted) {
      parts.push(list.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(list.slice(start));
  return parts;
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, "$1") : text;
}

const largest = 2 ** 31;

/** Milliseconds of a directive in seconds; 0 where it is no number; of several the least. Undefined: it is not there. */
export function timeOf(directives: Directives, name: string): number | undefined {
  const values = directives.get(name);
  if (values === undefined) return undefined;
  return Math.min(...values.map((text) => (/^[0-9]+$/.test(text) ? Math.min(Number(text), largest) * 1000 : 0)));
}
