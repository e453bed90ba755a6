/**
 * A proof by looking, for the patterns that most programs have: characters and classes in a row, each with its repetition, such
 * as `^ord_[0-9a-z]{12}$`. Promises: true only where matching takes time linear in the subject, whatever the subject; false
 * says nothing. INVARIANT: the pattern is valid under the flag `u`.
 *
 * Why it is sound: an anchored pattern is tried at one place only. Where what an item may take is told apart by one character
 * from all that may stand behind it, there is never more than one way on; each turn not taken fails at the character that it is
 * taken back to. So the work is at most the number of characters times the number of items. Without repetitions there is no turn at all.
 */

/** `takes`: one bit for each ASCII character, and one for all others together; too many rather than too few. */
type Item = { readonly takes: bigint; readonly least: number; readonly most: number };

const MOST_ITEMS = 100;
const OTHERS = 1n << 128n;
const ALL = (1n << 129n) - 1n;

export function isPlainlyLinear(pattern: string): boolean {
  const isAnchored = pattern.startsWith("^");
  const items = readItems(pattern.slice(isAnchored ? 1 : 0).replace(/(?<!\\)\$$/, ""));
  if (items === undefined || items.length > MOST_ITEMS) return false;
  if (isAnchored) return items.every((item, at) => item.least === item.most || isToldApart(item, items.slice(at + 1)));
  return items.every((item) => item.least === item.most) && items.reduce((sum, { least }) => sum + least, 0) <= MOST_ITEMS;
}

/** From all that may stand directly behind it: up to the first that must be there. */
function isToldApart({ takes }: Item, behind: readonly Item[]): boolean {
  const end = behind.findIndex((item) => item.least > 0);
  return behind.slice(0, end < 0 ? behind.length : end + 1).every((item) => (item.takes & takes) === 0n);
}

const ATOM = /\[(\^?)((?:\\[^]|[^\]\\])*)\]|\\[^]|[^\\^$.*+?()[\]{}|]|\./uy;
const QUANTIFIER = /(?:[*+?]|\{(\d{1,6})(,(\d{0,6}))?\})\??/y;

/** Undefined where there is more than characters, classes and repetitions. */
function readItems(text: string): readonly Item[] | undefined {
  const items: Item[] = [];
  for (let at = 0; at < text.length; ) {
    ATOM.lastIndex = at;
    const atom = ATOM.exec(text);
    const takes = atom === null ? undefined : takenBy(atom);
    if (atom === null || takes === undefined) return undefined;
    at += atom[0].length;
    QUANTIFIER.lastIndex = at;
    const times = QUANTIFIER.exec(text);
    at += times?.[0].length ?? 0;
    items.push({ takes, ...boundsOf(times) });
  }
  return items;
}

function boundsOf(times: RegExpExecArray | null): { least: number; most: number } {
  if (times === null) return { least: 1, most: 1 };
  const [whole, least, comma, most] = times;
  if (least === undefined) return { least: whole.startsWith("+") ? 1 : 0, most: whole.startsWith("?") ? 1 : Infinity };
  return { least: Number(least), most: comma === undefined ? Number(least) : most ? Number(most) : Infinity };
}

function takenBy([whole, negated, inner]: RegExpExecArray): bigint | undefined {
  if (inner === undefined) return whole === "." ? ALL : characterSet(whole);
  const taken = classSet(inner);
  return taken === undefined || negated === "" ? taken : (ALL & ~taken) | OTHERS;
}

const MEMBER = /(\\[^]|[^\\])(?:-(\\[^]|[^\\]))?/uy;

function classSet(inner: string): bigint | undefined {
  let taken = 0n;
  for (let at = 0; at < inner.length; ) {
    MEMBER.lastIndex = at;
    const [whole = "", low = "", high] = MEMBER.exec(inner) ?? [];
    const members = high === undefined ? characterSet(low) : rangeSet(low, high);
    if (whole === "" || members === undefined) return undefined;
    taken |= members;
    at += whole.length;
  }
  return taken;
}

const DIGITS = between(0x30, 0x39);
const WORD = DIGITS | between(0x41, 0x5a) | between(0x61, 0x7a) | bit(0x5f);
const SPACE = between(0x09, 0x0d) | bit(0x20) | OTHERS;
const ESCAPES: Readonly<Record<string, bigint>> = {
  "\\d": DIGITS,
  "\\D": ALL & ~DIGITS,
  "\\w": WORD,
  "\\W": ALL & ~WORD,
  "\\s": SPACE,
  "\\S": (ALL & ~SPACE) | OTHERS,
  "\\t": bit(0x09),
  "\\n": bit(0x0a),
  "\\r": bit(0x0d),
};

function characterSet(written: string): bigint | undefined {
  const known = ESCAPES[written];
  if (known !== undefined) return known;
  const code = codeOf(written);
  return code === undefined ? undefined : bit(code);
}

function rangeSet(low: string, high: string): bigint | undefined {
  const from = codeOf(low);
  const to = codeOf(high);
  return from === undefined || to === undefined ? undefined : between(from, to);
}

/** Of a character that stands for itself; undefined for `\b`, `\p` and their like. */
function codeOf(written: string): number | undefined {
  if (!written.startsWith("\\")) return written.codePointAt(0);
  return /^\\[\^$\\.*+?()[\]{}|/-]$/.test(written) ? written.codePointAt(1) : undefined;
}

function bit(code: number): bigint {
  return code < 128 ? 1n << BigInt(code) : OTHERS;
}

function between(from: number, to: number): bigint {
  let taken = to >= 128 ? OTHERS : 0n;
  for (let code = from; code <= Math.min(to, 127); code++) taken |= bit(code);
  return taken;
}
