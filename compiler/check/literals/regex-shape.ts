/**
 * A look at a regular expression's form, before its automaton is judged. An automaton says how time grows, not from which
 * constant: bounded repetitions such as `(a{1,50}){1,50}` are finite and still never end. Promises: bounded repetitions of more
 * than one character are taken as unbounded ones, and `choices` counts the ways through what remains. INVARIANT: the
 * pattern is valid under the flag `u`.
 */
export type RegexShape =
  | { readonly kind: "shape"; readonly relaxed: string; readonly choices: number }
  | { readonly kind: "beyond"; readonly why: string };

export function regexShape(pattern: string): RegexShape {
  if (/\\(?:[1-9]|k<)/.test(pattern.replace(/\\\\/g, ""))) return { kind: "beyond", why: "it has a back reference" };
  const reader: Reader = { pattern, at: 0, lookaround: false };
  const shape = readAlternatives(reader);
  if (reader.lookaround) return { kind: "beyond", why: "it has look-around" };
  return { kind: "shape", relaxed: shape.text, choices: shape.choices };
}

type Reader = { readonly pattern: string; at: number; lookaround: boolean };
/** `single`: matches exactly one character, or none as an anchor does. */
type Part = { readonly text: string; readonly choices: number; readonly single: boolean };

function readAlternatives(reader: Reader): Part {
  const texts: string[] = [];
  let choices = 0;
  do {
    if (reader.pattern[reader.at] === "|") reader.at++;
    const part = readSequence(reader);
    texts.push(part.text);
    choices += part.choices;
  } while (reader.pattern[reader.at] === "|");
  return { text: texts.join("|"), choices, single: false };
}

function readSequence(reader: Reader): Part {
  let text = "";
  let choices = 1;
  while (reader.at < reader.pattern.length && !"|)".includes(reader.pattern[reader.at] ?? "")) {
    const part = readQuantified(reader);
    text += part.text;
    choices *= part.choices;
  }
  return { text, choices, single: false };
}

const QUANTIFIER = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y;

function readQuantified(reader: Reader): Part {
  const atom = readAtom(reader);
  QUANTIFIER.lastIndex = reader.at;
  const found = QUANTIFIER.exec(reader.pattern);
  if (found === null) return atom;
  reader.at += found[0].length;
  const least = found[1] === undefined ? (found[0].startsWith("+") ? 1 : 0) : Number(found[1]);
  const most = mostOf(found);
  const kept = { text: atom.text + found[0], choices: atom.choices, single: false };
  if (most === undefined) return kept;
  const small = most <= 64 && most - least <= 16;
  if (most <= 1 || (atom.single && small)) return { ...kept, choices: atom.choices * (most - least + 1) };
  return { text: `${atom.text}${least === 0 ? "*" : "+"}${found[0].endsWith("?") ? "?" : ""}`, choices: atom.choices, single: false };
}

/** Undefined: without bound. */
function mostOf(found: RegExpExecArray): number | undefined {
  if (found[1] === undefined) return found[0].startsWith("?") ? 1 : undefined;
  if (found[2] === undefined) return Number(found[1]);
  return found[3] === "" || found[3] === undefined ? undefined : Number(found[3]);
}

const ATOM = /\[(?:\\.|[^\]\\])*\]|\\(?:[pPu]\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[^])|[^]/uy;
const GROUP = /\((?:\?(?::|<(?![=!])[^>]*>|<?[=!]|[a-z-]*:))?/y;

function readAtom(reader: Reader): Part {
  GROUP.lastIndex = reader.at;
  const group = GROUP.exec(reader.pattern);
  if (group === null) {
    ATOM.lastIndex = reader.at;
    const text = ATOM.exec(reader.pattern)?.[0] ?? reader.pattern.slice(reader.at, reader.at + 1);
    reader.at += Math.max(1, text.length);
    return { text, choices: 1, single: true };
  }
  if (/^\(\?<?[=!]/.test(group[0])) reader.lookaround = true;
  reader.at += group[0].length;
  const inner = readAlternatives(reader);
  reader.at++;
  return { text: `${group[0]}${inner.text})`, choices: inner.choices, single: false };
}
