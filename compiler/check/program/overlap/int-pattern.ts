/** The texts of the whole numbers from `low` to `high` as a pattern, as a path writes them (D26: `0|-?[1-9][0-9]*`). */

export function intPattern(low: number, high: number): string {
  const choices: string[] = [];
  if (low <= 0 && high >= 0) choices.push("0");
  const fromOne = Math.max(low, 1);
  if (high >= fromOne) choices.push(...digitsBetween(fromOne, high));
  const toMinusOne = Math.min(high, -1);
  if (low <= toMinusOne) choices.push(`-(?:${digitsBetween(-toMinusOne, -low).join("|")})`);
  return choices.length === 0 ? "^(?:[])$" : `^(?:${choices.join("|")})$`;
}

/** One choice for each number of digits; 1 or more. */
function digitsBetween(low: number, high: number): readonly string[] {
  const choices: string[] = [];
  for (let count = String(low).length; count <= String(high).length; count++) {
    const first = count === String(low).length ? String(low) : `1${"0".repeat(count - 1)}`;
    const last = count === String(high).length ? String(high) : "9".repeat(count);
    choices.push(between(first, last));
  }
  return choices;
}

/** `low` and `high` have equally many digits. */
function between(low: string, high: string): string {
  if (low === "") return "";
  if (low[0] === high[0]) return `${low[0]}${between(low.slice(1), high.slice(1))}`;
  const rest = low.length - 1;
  const choices = [`${low[0]}${atLeast(low.slice(1))}`];
  if (Number(high[0]) - Number(low[0]) > 1) choices.push(`[${Number(low[0]) + 1}-${Number(high[0]) - 1}]${anyDigits(rest)}`);
  choices.push(`${high[0]}${atMost(high.slice(1))}`);
  return `(?:${choices.join("|")})`;
}

function atLeast(digits: string): string {
  return /^0*$/.test(digits) ? anyDigits(digits.length) : between(digits, "9".repeat(digits.length));
}

function atMost(digits: string): string {
  return /^9*$/.test(digits) ? anyDigits(digits.length) : between("0".repeat(digits.length), digits);
}

function anyDigits(count: number): string {
  return count === 0 ? "" : `[0-9]{${count}}`;
}
