/**
 * Patterns with `*` and `?` over code units, matched within a range of a text. Promises that nothing is allocated by a
 * match and that its cost is at most the product of both lengths. Knows no escapes: wildcards are numbers of their own.
 */

export const anyText = -1;
export const oneUnit = -2;

/** `literal` where there are no wildcards. `parts`: the texts between all `*`, where there is one and no `?`; texts lie closer together than units. */
export type Glob = {
  readonly units: readonly number[];
  readonly literal: string | undefined;
  readonly parts: readonly string[] | undefined;
};

export function globOf(units: readonly number[]): Glob {
  if (units.includes(oneUnit)) return { units, literal: undefined, parts: undefined };
  const parts = [""];
  for (const unit of units) {
    if (unit === anyText) parts.push("");
    else parts[parts.length - 1] += String.fromCharCode(unit);
  }
  return parts.length === 1 ? { units, literal: parts[0], parts: undefined } : { units, literal: undefined, parts };
}

/** Whether the pattern makes up the whole of `[start, end)`. */
export function globMatches({ units, literal, parts }: Glob, text: string, start: number, end: number): boolean {
  if (literal !== undefined) return end - start === literal.length && text.startsWith(literal, start);
  return parts === undefined ? unitsMatch(units, text, start, end) : partsMatch(parts, text, start, end);
}

/** Each part where it first fits behind the one before it: what is left for the others is then the most. */
function partsMatch(parts: readonly string[], text: string, start: number, end: number): boolean {
  const last = parts.length - 1;
  const first = parts[0] ?? "";
  const rest = parts[last] ?? "";
  const stop = end - rest.length;
  let at = start + first.length;
  if (at > stop || !text.startsWith(first, start) || !text.startsWith(rest, stop)) return false;
  for (let part = 1; part < last; part++) {
    const wanted = parts[part] ?? "";
    const found = text.indexOf(wanted, at);
    at = found + wanted.length;
    if (found < 0 || at > stop) return false;
  }
  return true;
}

function unitsMatch(units: readonly number[], text: string, start: number, end: number): boolean {
  let at = start;
  let unit = 0;
  /** Where the last `*` stands, and up to where it has taken the text. */
  let star = -1;
  let taken = start;
  while (at < end) {
    const wanted = units[unit];
    if (wanted === anyText) {
      star = unit++;
      taken = at;
    } else if (wanted === oneUnit || wanted === text.charCodeAt(at)) {
      unit++;
      at++;
    } else if (star >= 0) {
      unit = star + 1;
      at = ++taken;
    } else {
      return false;
    }
  }
  while (units[unit] === anyText) unit++;
  return unit === units.length;
}
