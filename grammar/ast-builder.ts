/**
 * The parser's tree to the syntax tree: files, entries, blocks. Promises: always a tree; what is broken is left out and reported; recursion
 * is as deep as brackets are, which brackets.ts bounds. Must not know: what any word means.
 */
import { tokenMatcher, type IToken } from "chevrotain";
import type { Block, Entry, FileNode, NameNode, Phrase, Row, Setting, Term, TextNode } from "./ast.ts";
import { at, type BuildContext, report, span } from "./build-context.ts";
import type { BlockCstNode, EntriesCstNode, FileCstNode, PhraseCstNode, RowCstNode, SettingCstNode } from "./cst.ts";
import { isInserted } from "./brackets.ts";
import { foundAt } from "./found.ts";
import { buildText } from "./literal-builder.ts";
import { buildPhrase } from "./phrase-builder.ts";
import type { Diagnostic } from "./source/diagnostic.ts";
import { type SourceFile, spanning } from "./source/span.ts";
import { missingValue, reservedWord, strayOperator, unclosedRow } from "./syntax-errors.ts";
import * as t from "./tokens.ts";

export function buildFile(
  cst: FileCstNode,
  source: SourceFile,
  docs: ReadonlyMap<number, string>,
): { readonly file: FileNode; readonly diagnostics: Diagnostic[] } {
  const context: BuildContext = { source, docs, diagnostics: [], block: buildBlock, quiet: false, operators: 0 };
  const entries = buildEntries(context, cst.children.entries[0]);
  return {
    file: { kind: "file", file: source.file, entries, span: span(context, 0, source.text.length) },
    diagnostics: context.diagnostics,
  };
}

function buildBlock(context: BuildContext, { children }: BlockCstNode): Block {
  const [open, close] = [children.CurlyOpen[0] as IToken, children.CurlyClose[0] as IToken];
  const entries = buildEntries(context, children.entries[0]);
  if (isInserted(close)) context.quiet = true;
  return { kind: "block", entries, span: spanning(at(context, open), at(context, close)) };
}

function buildEntries(context: BuildContext, cst: EntriesCstNode | undefined): readonly Entry[] {
  const { quiet } = context;
  const built: Entry[] = [];
  for (const entryCst of cst?.children.entry ?? []) {
    context.quiet = false;
    const entry = buildEntry(context, entryCst);
    if (entry !== undefined) built.push(entry);
  }
  context.quiet = quiet;
  return built;
}

function buildEntry(context: BuildContext, cst: SettingCstNode | RowCstNode | PhraseCstNode): Entry | undefined {
  switch (cst.name) {
    case "setting":
      return buildSetting(context, cst);
    case "row":
      return buildRow(context, cst);
    case "phrase":
      return buildLine(context, cst);
  }
}

/** A phrase that starts with a lone name is a statement of that word, any other an item. */
function buildLine(context: BuildContext, cst: PhraseCstNode): Entry | undefined {
  const phrase = buildPhrase(context, cst, 0);
  const [first, ...rest] = phrase.terms;
  if (first === undefined) return undefined;
  checkStart(context, first);
  const doc = docOf(context, first.span.start);
  if (first.kind !== "name") return { kind: "item", ...doc, value: phrase, span: phrase.span };
  const start = rest[0]?.span.start ?? first.span.end;
  const end = rest.at(-1)?.span.end ?? first.span.end;
  return { kind: "statement", ...doc, word: first, phrase: { terms: rest, span: span(context, start, end) }, span: phrase.span };
}

/** What continues an entry cannot start one: on a line of its own it would belong to the line before. */
function checkStart(context: BuildContext, first: Term): void {
  if (first.kind === "mark") report(context, strayOperator, first.span, { written: first.mark });
  if (first.kind === "name" && first.name === "because") report(context, strayOperator, first.span, { written: first.name });
}

const docOf = (context: BuildContext, start: number): { readonly doc?: string } => {
  const doc = context.docs.get(start);
  return doc === undefined ? {} : { doc };
};

function buildSetting(context: BuildContext, { children }: SettingCstNode): Setting | undefined {
  const [keyToken] = children.key ?? [];
  const [colon] = children.Colon;
  const [value] = children.phrase;
  if (keyToken === undefined || colon === undefined || value === undefined) return undefined;
  const key = buildKey(context, keyToken);
  const alias = children.alias?.[0] && nameNode(context, children.alias[0]);
  const end = at(context, colon).end;
  const phrase: Phrase = buildPhrase(context, value, end);
  if (phrase.terms.length === 0) {
    report(context, missingValue, at(context, keyToken), { key: keyToken.image, found: foundAt(context.source, end) });
  }
  const from = at(context, keyToken);
  return {
    kind: "setting",
    ...docOf(context, from.start),
    key,
    ...(alias ? { alias } : {}),
    value: phrase,
    span: span(context, from.start, Math.max(end, phrase.span.end)),
  };
}

function buildKey(context: BuildContext, token: IToken): NameNode | TextNode {
  if (token.tokenType === t.Text) return buildText(context, token);
  if (tokenMatcher(token, t.Reserved))
    report(context, reservedWord, at(context, token), { word: token.image, place: "the name of a setting" });
  return nameNode(context, token);
}

const nameNode = (context: BuildContext, token: IToken): NameNode => ({ kind: "name", name: token.image, span: at(context, token) });

/** Cells stand between bars; behind the last bar there is nothing. */
function buildRow(context: BuildContext, { children }: RowCstNode): Row {
  const bars = children.RowBar;
  const phrases = children.phrase.map((cst, index) => buildPhrase(context, cst, at(context, bars[index] as IToken).end));
  const last = phrases.at(-1) as Phrase;
  const closed = last.terms.length === 0 && phrases.length > 1;
  if (!closed) report(context, unclosedRow, last.span, { found: foundAt(context.source, last.span.end) });
  const cells = closed ? phrases.slice(0, -1) : phrases;
  const first = at(context, bars[0] as IToken);
  return { kind: "row", cells, span: span(context, first.start, Math.max(last.span.end, at(context, bars.at(-1) as IToken).end)) };
}
