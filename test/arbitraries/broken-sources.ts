/** Sources damaged in one to six places: characters, words and lines deleted, doubled, swapped, spliced in from elsewhere, or made up. */
import type { Choices } from "./choices.ts";

export type Source = { readonly file: string; readonly text: string };

/** The same files, some of them damaged. `others` are texts to splice from. */
export function damaged(c: Choices, files: readonly Source[], others: readonly string[]): readonly Source[] {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const damages = 1 + c.below(6);
  for (let damage = 0; damage < damages; damage++) {
    const { file } = c.pick(files);
    texts.set(file, c.pick(DAMAGES)(c, texts.get(file) ?? "", others));
  }
  return files.map(({ file }) => ({ file, text: texts.get(file) ?? "" }));
}

type Damage = (c: Choices, text: string, others: readonly string[]) => string;

const DAMAGES: readonly Damage[] = [
  (c, text) => within(c, text, 40, () => ""),
  (c, text) => within(c, text, 80, (part) => part + part),
  (c, text) => within(c, text, 0, () => c.pick(SNIPPETS)),
  (c, text) => within(c, text, 6, () => c.pick(SNIPPETS)),
  (c, text) => within(c, text, 0, () => c.some(1, 4, () => String.fromCodePoint(c.pick(CODE_POINTS))).join("")),
  (c, text, others) => within(c, text, 20, () => piece(c, c.pick([text, ...others]), 60)),
  (c, text) => onWords(c, text, (words, at) => words.splice(at, 1)),
  (c, text) => onWords(c, text, (words, at) => words.splice(at, 1, c.pick(words))),
  (c, text) => onWords(c, text, (words, at) => words.splice(at, 2, words[at + 1] ?? "", words[at] ?? "")),
  (c, text) => onLines(c, text, (lines, at) => lines.splice(at, 1)),
  (c, text) => onLines(c, text, (lines, at) => lines.splice(at, 1, lines[at] ?? "", lines[at] ?? "")),
  (c, text) => onLines(c, text, (lines, at) => lines.splice(at, 0, c.pick(lines))),
  (c, text) => onLines(c, text, (lines, at) => lines.splice(at, 2, lines[at + 1] ?? "", lines[at] ?? "")),
  (c, text) => text.slice(0, c.below(text.length + 1)),
  (c, text) => within(c, text, 0, () => c.pick(SNIPPETS).repeat(c.pick([2, 70, 1000]))),
  (_c, text) => text.replaceAll("\n", "\r\n"),
];

const SNIPPETS = [
  ..."{ } ( ) [ ] < > , : ; = == != -> => | || .. ... ? ?? . + - * & / // /// /* # @ $ \\ ' \" `".split(" "),
  ..."and or not in is has if then else matches implies because true false null stage from where import as to".split(" "),
  ..."0 -1 1.5 9007199254740993 1e400 0x10 007 5s 10/s 1KiB 101% 25:00 2026-13-01 10.0.0.0/33 10.0.0.1/8 ::1/129 1.2.3 fe80::1%e".split(
    " ",
  ),
  ..."/^(a+)+$/ /[/ /(?<x>a)\\k<x>/ T? List<List<Int>> Int?? String max -1 principal.sub body.x params.id tag.x time.now".split(" "),
  '"',
  '"\\u{110000}"',
  '"unclosed',
  "\n",
  "\n\n\n",
  "\t",
  "__proto__",
  "constructor",
  "deny when",
  "allow",
  'public because ""',
  "use p0(p0())",
];

const CODE_POINTS = [0, 9, 13, 0x7f, 0x85, 0xa0, 0xad, 0xe9, 0x200b, 0x2028, 0x202e, 0xfeff, 0xfffd, 0xd800, 0x1f600, 0x10ffff];

/** Changes a part of at most `longest` characters, which may split a character in two. */
function within(c: Choices, text: string, longest: number, change: (part: string) => string): string {
  const start = c.below(text.length + 1);
  const end = start + c.below(longest + 1);
  return text.slice(0, start) + change(text.slice(start, end)) + text.slice(end);
}

function piece(c: Choices, text: string, longest: number): string {
  const start = c.below(text.length + 1);
  return text.slice(start, start + c.below(longest + 1));
}

function onWords(c: Choices, text: string, change: (words: string[], at: number) => void): string {
  return onParts(c, text, /(\s+|[A-Za-z_]\w*|[0-9][\w.]*|"[^"\n]*"|.)/su, "", change);
}

function onLines(c: Choices, text: string, change: (lines: string[], at: number) => void): string {
  return onParts(c, text, "\n", "\n", change);
}

function onParts(c: Choices, text: string, by: string | RegExp, between: string, change: (parts: string[], at: number) => void): string {
  const parts = text.split(by).filter((part) => between !== "" || part !== "");
  if (parts.length > 0) change(parts, c.below(parts.length));
  return parts.join(between);
}
