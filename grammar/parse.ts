/** Text to syntax tree, the room's main road: lex, pair brackets, lay out, parse, build. Promises: always a tree, never throws. */
import type { FileNode } from "./ast.ts";
import { buildFile } from "./ast-builder.ts";
import { balanceBrackets } from "./brackets.ts";
import { docComments } from "./docs.ts";
import { foundAt } from "./found.ts";
import { layOut } from "./layout.ts";
import { lex, spanOf } from "./lex.ts";
import { nestedTooDeep, unclosedText } from "./lexical-errors.ts";
import { parseTokens } from "./parser.ts";
import { type Diagnostic, finding, type Staged } from "./source/diagnostic.ts";
import { positionAt, type SourceFile } from "./source/span.ts";
import { unexpectedText } from "./syntax-errors.ts";

export function parseSource(source: SourceFile): Staged<FileNode> {
  const lexed = lex(source);
  const balanced = balanceBrackets(lexed.tokens, source);
  const laidOut = layOut(balanced.tokens, source);
  const { cst, stumbles } = parseTokens(laidOut.tokens);
  const docs = new Map([...docComments(lexed.comments, source)].map(([offset, doc]) => [offset, doc.text]));
  const built = buildFile(cst, source, docs);
  const stumbled = stumbles.map((token) => finding(unexpectedText, spanOf(source, token), { found: foundAt(source, token.startOffset) }));
  const cut = [...balanced.diagnostics, ...laidOut.diagnostics].filter((found) => found.code === nestedTooDeep.code);
  const structural = [...built.diagnostics, ...stumbled].filter((found) => !inCutEntry(built.file, found, cut));
  const diagnostics = [...lexed.diagnostics, ...balanced.diagnostics, ...laidOut.diagnostics, ...structural];
  return {
    value: built.file,
    diagnostics: oncePerTornLine(
      source,
      diagnostics.toSorted((a, b) => a.span.start - b.span.start),
    ),
  };
}

/**
 * A text that is not closed has taken brackets and commas of its line with it, or has left some that were text; a bracket that is missing
 * or one too many leaves its line with others that do not fit. So the first of them is told of a line, and nothing else.
 */
function oncePerTornLine(source: SourceFile, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const told = new Map<number, Diagnostic>();
  const lineOf = ({ span }: Diagnostic): number => positionAt(source, span.start).line;
  for (const code of [unclosedText.code, undefined])
    for (const found of diagnostics)
      if (found.role === "tears" && (code === undefined || found.code === code) && !told.has(lineOf(found))) told.set(lineOf(found), found);
  // A limit that was passed is no echo: what stands behind it was not read at all.
  const isTold = (found: Diagnostic): boolean => found.code === nestedTooDeep.code || (told.get(lineOf(found)) ?? found) === found;
  return told.size === 0 ? diagnostics : diagnostics.filter(isTold);
}

/** Where something was left out for its depth, what is wrong around it is mostly an echo of that. */
function inCutEntry(file: FileNode, found: Diagnostic, cut: readonly Diagnostic[]): boolean {
  return cut.some((limit) => {
    const entry = file.entries.find((candidate) => candidate.span.start <= limit.span.start && limit.span.start <= candidate.span.end);
    return entry === undefined || (entry.span.start <= found.span.start && found.span.start <= entry.span.end);
  });
}
