/**
 * How far a statement has come along a form that its construct is written in, and what may come next. Promises: only the form is asked, so a new
 * word is completed as soon as it is described. Capitals are what the user brings; `...` means that what stands before it may be repeated.
 */
import type { Piece } from "./situation.ts";

type Part = { readonly kind: "word" | "slot" | "text" | "block" | "group"; readonly text: string };

export type Next =
  /** A word or mark of the form itself. */
  | { readonly kind: "word"; readonly text: string }
  /** What the user brings here; `begun` where something of it stands already. */
  | { readonly kind: "slot"; readonly name: string; readonly begun: boolean }
  | { readonly kind: "block" };

/** What may follow `entry`, which begins with a word of the form; empty where it does not fit. */
export function nextIn(form: string, entry: readonly Piece[]): readonly Next[] {
  const [, ...parts] = partsOf(form);
  const given = entry.slice(1).map(({ text }) => text);
  const found: Next[] = [];
  follow(parts, given, found);
  return found;
}

/** All ways to read what is given; forms are short. */
function follow(parts: readonly Part[], given: readonly string[], found: Next[]): void {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  const [token, ...more] = given;
  if (token === undefined) {
    const next = nextOf(part, false);
    if (next !== undefined) found.push(next);
    return;
  }
  switch (part.kind) {
    case "word":
      if (token === part.text) follow(rest, more, found);
      return;
    case "text":
      if (token.startsWith('"')) follow(rest, more, found);
      return;
    case "block":
      if (token === "}") follow(rest, more, found);
      return;
    case "group":
      if (token === ")") follow(rest, more, found);
      return;
    case "slot":
      followSlot(part, rest, given, found);
      return;
  }
}

/** A slot takes one token or more, up to the word that the form has next. */
function followSlot(part: Part, rest: readonly Part[], given: readonly string[], found: Next[]): void {
  for (let taken = 1; taken <= given.length; taken++) {
    const left = given.slice(taken);
    if (left.length > 0) follow(rest, left, found);
    else {
      found.push({ kind: "slot", name: part.text, begun: true });
      follow(rest, [], found);
      // Arguments may be left out.
      if (rest[0]?.kind === "group") follow(rest.slice(1), [], found);
    }
  }
}

function nextOf({ kind, text }: Part, begun: boolean): Next | undefined {
  if (kind === "word") return { kind, text };
  if (kind === "slot") return { kind, name: text, begun };
  return kind === "block" ? { kind } : undefined;
}

const PARTS = /"[^"]*"|\.\.\.|->|==|[A-Za-z_][A-Za-z0-9_]*|[0-9]\w*|[{}()[\]=:,|+&-]/g;

/** The parts of a form, blocks and groups as one each. A text whose inside is `...` or a path stands for any. */
function partsOf(form: string): readonly Part[] {
  const parts: Part[] = [];
  const closing: string[] = [];
  for (const [text] of form.matchAll(PARTS)) {
    if (text === "{" || text === "(") {
      if (closing.length === 0) parts.push({ kind: text === "{" ? "block" : "group", text });
      closing.push(text === "{" ? "}" : ")");
    } else if (text === closing.at(-1)) closing.pop();
    else if (closing.length > 0 || text === "..." || text === ",") continue;
    else if (text.startsWith('"')) parts.push({ kind: "text", text });
    else parts.push({ kind: /^[A-Z][A-Z_]*$/.test(text) ? "slot" : "word", text });
  }
  return parts;
}

/** A form as a snippet: what the user brings is a stop, a block is opened. `word` takes the place of the form's first one. */
export function snippetOf(form: string, word: string): string {
  let stop = 0;
  const [, ...rest] = form.split(/(?<=^\S+)(?=\s|$)/);
  const body = rest
    .join("")
    .replace(/,? ?\.\.\.(?=[^"]|$)/g, (dots) => (dots.startsWith(",") ? "" : "…"))
    .replace(/"[^"]*"|\{ ?…? ?\}|\b[A-Z][A-Z_]+\b|\bN\b/g, (part) => {
      if (part.startsWith("{")) return "{\n\t$0\n}";
      stop += 1;
      return part.startsWith('"')
        ? `"\${${stop}:${part
            .slice(1, -1)
            .replace("...", "")
            .replace(/[$}\\]/g, "\\$&")}}"`
        : `\${${stop}:${part}}`;
    });
  return `${word}${body}`.replaceAll("…", "");
}
