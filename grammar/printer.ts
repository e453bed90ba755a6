/**
 * Canonical text of a syntax tree (`gwl fmt`). Promises: read again it gives the same tree; printing twice changes nothing; every comment
 * stays. A block that was on one line stays there if it fits; at most one empty line separates entries; columns of tables are aligned.
 * Must not know what words mean. Expects a tree without syntax errors: what was broken is not in the tree.
 */
import type { IToken } from "chevrotain";
import type { Block, Entry, FileNode, Row } from "./ast.ts";
import * as c from "./comment-cursor.ts";
import { commaLine, concat, type Doc, group, hardLine, join, line, nest, render } from "./document.ts";
import { type PhrasePrinter, printLiteral, printPhrase } from "./expression-printer.ts";
import type { SourceFile } from "./source/span.ts";

const WIDTH = 120;

/** `source` is the text that `file` was parsed from: its comments and line breaks are kept. */
export function printFile(file: FileNode, source: SourceFile): string {
  const printer: PhrasePrinter = { cursor: c.commentCursor(source), block: printBlock };
  const text = render(join(printLines(printer, file.entries, 0, Number.POSITIVE_INFINITY).lines, hardLine), WIDTH);
  return text === "" ? "" : `${text}\n`;
}

function printBlock(printer: PhrasePrinter, block: Block): Doc {
  const { cursor } = printer;
  const oneLine = cursor.rigid > 0 || !cursor.source.text.slice(block.span.start, block.span.end).includes("\n");
  if (oneLine) return printOneLine(printer, block);
  const { head, lines } = printLines(printer, block.entries, block.span.start + 1, block.span.end);
  if (lines.length === 0 && head.length === 0) return "{}";
  return concat("{", ...head, nest(concat(...lines.flatMap((entry) => [hardLine, entry]))), hardLine, "}");
}

function printOneLine(printer: PhrasePrinter, block: Block): Doc {
  const widths = columnWidths(printer, block.entries);
  const entries = block.entries.map((entry) => concat(c.between(printer.cursor, entry.span.start, ""), printEntry(printer, entry, widths)));
  const end = c.between(printer.cursor, block.span.end, "");
  return entries.length === 0 ? "{}" : group(concat("{", nest(concat(line, join(entries, commaLine), end)), line, "}"));
}

type Lines = { readonly head: readonly Doc[]; readonly lines: readonly Doc[] };

/** One line an entry and a comment, empty lines kept. `head` are comments on the line of the opening bracket. */
function printLines(printer: PhrasePrinter, entries: readonly Entry[], start: number, end: number): Lines {
  const head: Doc[] = [];
  const lines: Doc[] = [];
  const widths = columnWidths(printer, entries);
  let last = start;
  const add = (doc: Doc, from: number): void => {
    if (lines.length > 0 && c.blankBetween(printer.cursor.source, last, from)) lines.push("");
    lines.push(doc);
  };
  const addComments = (comments: readonly IToken[]): void => {
    for (const comment of comments) {
      if (c.startsLine(printer.cursor.source, comment)) add(c.commentDoc(comment), comment.startOffset);
      else if (lines.length === 0) head.push(" ", c.commentDoc(comment));
      else lines.push(concat(lines.pop() ?? "", " ", c.commentDoc(comment)));
      last = c.commentEnd(comment);
    }
  };
  for (const entry of entries) {
    addComments(c.takeBefore(printer.cursor, entry.span.start));
    add(printEntry(printer, entry, widths), entry.span.start);
    last = entry.span.end;
    for (const comment of printer.cursor.waiting.splice(0)) lines.push(c.commentDoc(comment));
  }
  addComments(c.takeBefore(printer.cursor, end));
  return { head, lines };
}

function printEntry(printer: PhrasePrinter, entry: Entry, widths: readonly number[]): Doc {
  switch (entry.kind) {
    case "row":
      return printRow(printer, entry, widths);
    case "item":
      return concat(newDoc(printer, entry), printPhrase(printer, entry.value));
    case "statement": {
      const { word, phrase } = entry;
      // Printed as one phrase with its word, so that breaks and comments behind the word are treated alike.
      return concat(newDoc(printer, entry), printPhrase(printer, { terms: [word, ...phrase.terms], span: entry.span }));
    }
    case "setting": {
      const key = entry.key.kind === "name" ? entry.key.name : printLiteral(entry.key);
      const alias = entry.alias ? ` as ${entry.alias.name}` : "";
      const space = c.between(printer.cursor, entry.value.span.start, " ");
      return concat(newDoc(printer, entry), key, alias, ":", space, printPhrase(printer, entry.value));
    }
  }
}

/** Documentation that no text has yet: the tree was made by a program. */
function newDoc({ cursor }: PhrasePrinter, entry: Exclude<Entry, Row>): Doc {
  if (entry.doc === undefined || cursor.documented.has(entry.span.start)) return "";
  return concat(...entry.doc.split("\n").flatMap((text) => [`/// ${text}`.trimEnd(), hardLine]));
}

function printRow(printer: PhrasePrinter, row: Row, widths: readonly number[]): Doc {
  const cells = printCells(printer, row).map((cell, index) => cell.padEnd(widths[index] ?? 0));
  return `| ${cells.join(" | ")} |`;
}

/** A row is one line whatever is in its cells; comments in them come behind it. */
function printCells(printer: PhrasePrinter, row: Row): readonly string[] {
  printer.cursor.rigid++;
  const cells = row.cells.map((cell) => render(printPhrase(printer, cell), Number.POSITIVE_INFINITY));
  printer.cursor.rigid--;
  return cells;
}

function columnWidths(printer: PhrasePrinter, entries: readonly Entry[]): readonly number[] {
  const widths: number[] = [];
  if (!entries.some((entry) => entry.kind === "row")) return widths;
  // The cells are printed once to be measured, with a cursor of its own that hands out nothing.
  const measuring: PhrasePrinter = { ...printer, cursor: { ...printer.cursor, comments: [], next: 0, rigid: 1, waiting: [] } };
  for (const entry of entries) {
    if (entry.kind !== "row") continue;
    for (const [index, cell] of printCells(measuring, entry).entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return widths;
}
