/**
 * The same program said otherwise: statements and declarations in another order, spread over other files, or laid out without care. Knows
 * GWL's syntax by its parser, and of its words only where order or layout mean something.
 */
import { type Block, type Entry, parseSource, sourceFile, type Statement, type Term } from "../../grammar/index.ts";
import type { Choices } from "./choices.ts";
import type { Generated } from "./generated.ts";

type Word = { readonly text: string; readonly names: readonly string[]; readonly needs: ReadonlySet<string> };

/** Words whose block is a set of statements or settings; the order of a response's fields is told to the client. */
const UNORDERED = new Set(
  "gateway api group GET HEAD POST PUT PATCH DELETE OPTIONS ANY policy identity claims limits paths network env let".split(" "),
);

/** The edition stays first. */
export function shuffled(c: Choices, generated: Generated): Generated {
  const text = mainText(generated);
  const isEdition = (entry: Entry): boolean => entry.kind === "statement" && entry.word.name === "gwl";
  const [edition, others] = [topLevel(text).filter(isEdition), topLevel(text).filter((entry) => !isEdition(entry))];
  const entries = [...edition, ...inAnyOrder(c, others)].map((entry) => shuffledEntry(c, entry, text));
  return withMain(generated, `${entries.join("\n")}\n`);
}

function shuffledEntry(c: Choices, entry: Entry, text: string): string {
  if (entry.kind !== "statement" || !UNORDERED.has(entry.word.name)) return slice(text, entry);
  let [written, from] = ["", entry.span.start];
  for (const block of entry.phrase.terms.filter(isBlock)) {
    const inner = inAnyOrder(c, block.entries).map((one) => shuffledEntry(c, one, text));
    written += `${text.slice(from, block.span.start)}{\n${inner.join("\n")}\n}`;
    from = block.span.end;
  }
  return written + text.slice(from, entry.span.end);
}

/** Declarations go to files of their own, each importing the names that it needs; apis and routes are taken in by the main file. */
export function spread(c: Choices, generated: Generated): Generated {
  const text = mainText(generated);
  const [declarations, routes, rest] = parted(topLevel(text), text);
  const fileOf = new Map<string, number>();
  const libraries: Word[][] = [[], [], []];
  for (const declared of declarations) {
    const lowest = Math.max(0, ...[...declared.needs].map((name) => fileOf.get(name) ?? 0));
    const file = lowest + c.below(libraries.length - lowest);
    for (const name of declared.names) fileOf.set(name, file);
    libraries[file]?.push(declared);
  }
  const taken = routes.filter(() => c.chance(1, 2));
  const main = [...rest, ...routes.filter((route) => !taken.includes(route))];
  const files = {
    ...Object.fromEntries(libraries.map((words, at) => [`library-${at}.gwl`, fileText(words, at, fileOf)])),
    "routes.gwl": fileText(taken, libraries.length, fileOf),
  };
  const takenIn = Object.keys(files).map((path) => `import "./${path}"`);
  return withMain({ ...generated, files: { ...generated.files, ...files } }, fileText(main, libraries.length, fileOf, takenIn));
}

function fileText(words: readonly Word[], at: number, fileOf: ReadonlyMap<string, number>, heads: readonly string[] = []): string {
  const imports = Array.from({ length: at }, (_, file) => {
    const names = [...new Set(words.flatMap(({ needs }) => [...needs]))].filter((name) => fileOf.get(name) === file);
    return names.length === 0 ? [] : [`import { ${names.join(", ")} } from "./library-${file}.gwl"`];
  });
  return `${["gwl 1", ...heads, ...imports.flat(), ...words.map(({ text }) => text)].join("\n")}\n`;
}

const ROUTING = new Set(["api", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"]);

/** Declarations in an order in which each comes after what it needs, what may stand in any file, and what stays. */
function parted(entries: readonly Entry[], text: string): readonly [readonly Word[], readonly Word[], readonly Word[]] {
  const statements = entries.filter((entry): entry is Statement => entry.kind === "statement" && entry.word.name !== "gwl");
  const isDeclaration = ({ word }: Statement): boolean => !ROUTING.has(word.name) && word.name !== "gateway";
  const declared = new Set(statements.filter(isDeclaration).map(declaredName));
  const words = (chosen: readonly Statement[]): readonly Word[] =>
    chosen.map((statement) => {
      const name = declaredName(statement);
      const mentioned = slice(text, statement).match(/[A-Za-z_]\w*/g) ?? [];
      return { text: slice(text, statement), names: [name], needs: new Set(mentioned.filter((one) => declared.has(one) && one !== name)) };
    });
  return [
    words(statements.filter(isDeclaration)),
    words(statements.filter(({ word }) => ROUTING.has(word.name))),
    words(statements.filter(({ word }) => word.name === "gateway")),
  ];
}

function declaredName({ phrase }: Statement): string {
  const [first] = phrase.terms;
  const named = first?.kind === "call" ? first.callee : first;
  return named?.kind === "name" ? named.name : "";
}

/** Other white space, comments and empty lines: all that a formatter puts right. */
export function unkempt(c: Choices, generated: Generated): Generated {
  const lines = mainText(generated).split("\n");
  const written = lines.flatMap((line) => {
    const indent = " ".repeat(c.below(5));
    const spaced = c.chance(1, 4) ? line.trim().replaceAll(/ (and|or|->|==) /g, "   $1  ") : line.trim();
    const comment = c.chance(1, 6) ? c.pick([" // why", "   //", "//x"]) : "";
    return [...(c.chance(1, 8) ? ["", c.pick(["", "   // alone"])] : []), `${indent}${spaced}${spaced === "" ? "" : comment}`];
  });
  return withMain(generated, written.join("\n"));
}

export function mainText({ files, main }: Generated): string {
  return files[main] ?? "";
}

export function withMain(generated: Generated, text: string): Generated {
  return { ...generated, files: { ...generated.files, [generated.main]: text } };
}

export function topLevel(text: string): readonly Entry[] {
  return parseSource(sourceFile("gateway.gwl", text)).value.entries;
}

function isBlock(term: Term): term is Block {
  return term.kind === "block";
}

function slice(text: string, { span }: Entry): string {
  return text.slice(span.start, span.end);
}

function inAnyOrder<T>(c: Choices, list: readonly T[]): readonly T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(c.below(left.length), 1));
}
