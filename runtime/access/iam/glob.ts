/**
 * Patterns with `*` and `?` over code units, matched within a range of a text. Promises that nothing is allocated by a
 * match and that its cost is at most the product of both lengths. Knows no escapes: wildcards are numbers of their own.
 */

export const anyText = -1;
export const oneUnit = -2;

/** `literal` where there are no wildcards. */
export type Glob = { readonly units: readonly number[]; readonly literal: string | undefined };

export function globOf(units: readonly number[]): Glob {
  const isLiteral = units.every((unit) => unit >= 0);
  return { units, literal: isLiteral ? units.map((unit) => String.fromCharCode(unit)).join("") : undefined };
}

/** Whether the pattern makes up the whole of `[start, end)`. */
export function globMatches({ units, literal }: Glob, text: string, start: number, end: number): boolean {
  if (literal !== undefined) return end - start === literal.length && text.startsWith(literal, start);
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
