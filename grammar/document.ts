/**
 * Text that may be laid out in more than one way (Wadler's and Prettier's scheme). Promises: a group is on one line where it fits and holds no
 * hard break, else all its lines break; linear but for the look ahead of one line. Must not know the language.
 */
export type Doc =
  | string
  | { readonly kind: "concat"; readonly parts: readonly Doc[]; readonly hard: boolean }
  | { readonly kind: "nest"; readonly inner: Doc; readonly hard: boolean }
  | { readonly kind: "group"; readonly inner: Doc; readonly hard: boolean }
  /** `flat` on one line, else a new line. */
  | { readonly kind: "line"; readonly flat: string; readonly hard: boolean }
  /** Text that counts nothing towards the width: no code is broken for the comment behind it. */
  | { readonly kind: "weightless"; readonly text: string; readonly hard: false };

const isHard = (doc: Doc): boolean => typeof doc !== "string" && doc.hard;

export const concat = (...parts: readonly Doc[]): Doc => ({ kind: "concat", parts, hard: parts.some(isHard) });
export const nest = (inner: Doc): Doc => ({ kind: "nest", inner, hard: isHard(inner) });
export const group = (inner: Doc): Doc => ({ kind: "group", inner, hard: isHard(inner) });
export const line: Doc = { kind: "line", flat: " ", hard: false };
export const softLine: Doc = { kind: "line", flat: "", hard: false };
export const commaLine: Doc = { kind: "line", flat: ", ", hard: false };
export const hardLine: Doc = { kind: "line", flat: "", hard: true };
export const weightless = (text: string): Doc => ({ kind: "weightless", text, hard: false });

export function join(docs: readonly Doc[], separator: Doc): Doc {
  return concat(...docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc])));
}

type Command = { readonly indent: number; readonly flat: boolean; readonly doc: Doc };

/** Lays `doc` out in `width` columns, two spaces a level, without white space at ends of lines. */
export function render(doc: Doc, width: number): string {
  const out: string[] = [];
  const stack: Command[] = [{ indent: 0, flat: false, doc }];
  let column = 0;
  for (let command = stack.pop(); command !== undefined; command = stack.pop()) {
    const { indent, flat, doc: next } = command;
    if (typeof next === "string") {
      out.push(next);
      column += next.length;
    } else if (next.kind === "weightless") out.push(next.text);
    else if (next.kind === "line" && !(flat && !next.hard)) {
      trimEnd(out);
      out.push("\n", " ".repeat(indent));
      column = indent;
    } else if (next.kind === "line") stack.push({ indent, flat, doc: next.flat });
    else if (next.kind === "group") {
      const inner = { indent, flat: true, doc: next.inner };
      stack.push(flat || (!next.hard && fits(inner, stack, width - column)) ? inner : { ...inner, flat: false });
    } else pushParts(stack, command);
  }
  trimEnd(out);
  return out.join("");
}

function pushParts(stack: Command[], { indent, flat, doc }: Command): void {
  if (typeof doc === "string") return;
  if (doc.kind === "nest") stack.push({ indent: indent + 2, flat, doc: doc.inner });
  if (doc.kind !== "concat") return;
  for (let at = doc.parts.length - 1; at >= 0; at--) stack.push({ indent, flat, doc: doc.parts[at] ?? "" });
}

function trimEnd(out: string[]): void {
  while (out.length > 0 && out.at(-1)?.trim() === "" && !out.at(-1)?.includes("\n")) out.pop();
}

/** Whether `first` and what follows it up to the next possible line end fit into `room` columns. */
function fits(first: Command, rest: readonly Command[], room: number): boolean {
  const stack: Command[] = [first];
  let left = room;
  let following = rest.length;
  while (left >= 0) {
    const command = stack.pop() ?? rest[--following];
    if (command === undefined) return true;
    const { flat, doc } = command;
    if (typeof doc === "string") left -= doc.length;
    else if (doc.kind === "line") {
      if (!flat || doc.hard) return true;
      left -= doc.flat.length;
    } else if (doc.kind === "group") stack.push({ ...command, doc: doc.inner });
    else pushParts(stack, command);
  }
  return false;
}
