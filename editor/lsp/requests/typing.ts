/** What is asked while somebody types: completion, signatures, hover, hints, colours, form. */
import {
  type CompletionItem,
  CompletionItemKind,
  type InlayHint,
  InlayHintKind,
  InsertTextFormat,
  MarkupKind,
  SemanticTokensBuilder,
  type Hover as ShownHover,
  type SignatureHelp,
  type TextEdit,
} from "vscode-languageserver";
import * as a from "../../service/answers.ts";
import { answer, cancellationOf, guarded, type Session } from "../session.ts";

const KINDS: Readonly<Record<a.CompletionKind, CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
  setting: CompletionItemKind.Property,
  constant: CompletionItemKind.Constant,
  environment: CompletionItemKind.Variable,
  secret: CompletionItemKind.Variable,
  network: CompletionItemKind.Value,
  type: CompletionItemKind.Struct,
  identity: CompletionItemKind.Class,
  backend: CompletionItemKind.Module,
  tag: CompletionItemKind.Enum,
  policy: CompletionItemKind.Function,
  api: CompletionItemKind.Interface,
  parameter: CompletionItemKind.Variable,
  field: CompletionItemKind.Field,
  method: CompletionItemKind.Method,
  function: CompletionItemKind.Function,
  stage: CompletionItemKind.EnumMember,
  value: CompletionItemKind.Value,
  operator: CompletionItemKind.Operator,
  file: CompletionItemKind.File,
};

export function handleTyping(session: Session): void {
  const { connection, service, convert } = session;
  connection.onCompletion(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.completions(convert.spot(textDocument.uri, position), cancellationOf(token)), (found) => ({
        // What fits depends on every letter of a dotted name, so the editor's own filter is enough only until the next mark.
        isIncomplete: false,
        items: found.map((completion) => completionItem(completion, session)),
      })),
    ),
  );
  connection.onSignatureHelp(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.signature(convert.spot(textDocument.uri, position), cancellationOf(token)), signatureHelp),
    ),
  );
  connection.onHover(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.hover(convert.spot(textDocument.uri, position), cancellationOf(token)), (hover) =>
        shownHover(hover, session),
      ),
    ),
  );
  connection.languages.inlayHint.on(
    guarded(session, async ({ textDocument, range }, token) =>
      answer(session, service.inlayHints(convert.range(textDocument.uri, range), cancellationOf(token)), (hints) =>
        inlayHints(session.paths.pathOf(textDocument.uri), hints, session),
      ),
    ),
  );
  connection.languages.semanticTokens.on(
    guarded(session, async ({ textDocument }, token) => {
      const path = session.paths.pathOf(textDocument.uri);
      return answer(session, service.semanticTokens(path, cancellationOf(token)), (tokens) => semanticTokens(path, tokens, session));
    }),
  );
  handleFormatting(session);
}

function handleFormatting(session: Session): void {
  const { connection, service, convert, paths } = session;
  const shown = (edits: readonly a.Edit[]): TextEdit[] => edits.map(convert.textEdit);
  connection.onDocumentFormatting(
    guarded(session, async ({ textDocument }, token) =>
      answer(session, service.format(paths.pathOf(textDocument.uri), cancellationOf(token)), shown),
    ),
  );
  connection.onDocumentRangeFormatting(
    guarded(session, async ({ textDocument, range }, token) =>
      answer(session, service.formatRange(convert.range(textDocument.uri, range), cancellationOf(token)), shown),
    ),
  );
  connection.onDocumentOnTypeFormatting(
    guarded(session, async ({ textDocument, position, ch }, token) =>
      answer(session, service.formatOnType(convert.spot(textDocument.uri, position), ch, cancellationOf(token)), shown),
    ),
  );
}

function completionItem(completion: a.Completion, { client, convert }: Session): CompletionItem {
  const isSnippet = completion.isSnippet && client().takesSnippets;
  const newText = isSnippet || !completion.isSnippet ? completion.insert : withoutPlaceholders(completion.insert);
  return {
    label: completion.label,
    kind: KINDS[completion.kind],
    sortText: String(completion.rank).padStart(6, "0") + completion.label,
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: convert.lineRange(completion.replace), newText },
    ...(completion.detail === undefined ? {} : { detail: completion.detail }),
    ...(completion.documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: completion.documentation } }),
    ...(completion.edits.length === 0 ? {} : { additionalTextEdits: completion.edits.map(convert.textEdit) }),
  };
}

/** `${1:name}` is `name`, and `$0` nothing, for editors that know no snippets. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$(?:\d+|\{\d+\})/g, "")
    .replace(/\\([$}\\])/g, "$1");
}

function signatureHelp(signature: a.Signature | undefined): SignatureHelp | null {
  if (signature === undefined) return null;
  const { label, documentation, parameters, active } = signature;
  const shown = {
    label,
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    parameters: parameters.map((parameter) => ({
      label: [parameter.start, parameter.end] as [number, number],
      ...(parameter.documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: parameter.documentation } }),
    })),
  };
  // Behind the last parameter none is active, which the protocol says by a number that is too large.
  return { signatures: [shown], activeSignature: 0, activeParameter: active ?? parameters.length };
}

function shownHover(hover: a.Hover | undefined, { convert }: Session): ShownHover | null {
  return hover === undefined
    ? null
    : { contents: { kind: MarkupKind.Markdown, value: hover.markdown }, range: convert.lineRange(hover.range) };
}

function inlayHints(path: string, hints: readonly a.InlayHint[], { convert, settings }: Session): InlayHint[] {
  const { types, rules } = settings().inlayHints;
  return hints
    .filter(({ kind }) => (kind === "type" ? types : rules))
    .map(({ offset, label, kind, tooltip }) => ({
      position: convert.position(path, offset),
      label,
      paddingLeft: kind === "rules",
      ...(kind === "type" ? { kind: InlayHintKind.Type } : {}),
      ...(tooltip === undefined ? {} : { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
    }));
}

/** The protocol's tokens do not reach over lines and are numbers against the one before. */
function semanticTokens(path: string, tokens: readonly a.SemanticToken[], { convert }: Session): { data: number[] } {
  const builder = new SemanticTokensBuilder();
  for (const { start, end, type, modifiers } of tokens) {
    const { line, character } = convert.position(path, start);
    if (convert.position(path, end).line !== line) continue;
    const bits = modifiers.reduce((all, modifier) => all | (1 << a.SEMANTIC_MODIFIERS.indexOf(modifier)), 0);
    builder.push(line, character, end - start, a.SEMANTIC_TYPES.indexOf(type), bits);
  }
  return builder.build();
}
