/**
 * Completion. Promises: pages about words and names are sent for the one that is looked at, not for all that are offered, to editors that ask
 * for them.
 */
import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind } from "vscode-languageserver";
import type * as a from "../../service/answers.ts";
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

/** The place of a completion among those that were offered, and when. */
type Kept = { readonly list: number; readonly at: number };

/** Lists in which an editor may still ask: it has the last one on its screen. */
const REMEMBERED = 4;

export function handleCompleting(session: Session): void {
  const { connection, service, convert, client } = session;
  const lists = new Map<number, readonly a.Completion[]>();
  let last = 0;
  connection.onCompletion(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.completions(convert.spot(textDocument.uri, position), cancellationOf(token)), (found) => {
        const list = ++last;
        if (client().asksForDocumentation) lists.set(list, found);
        lists.delete(list - REMEMBERED);
        const items = found.map((completion, at) => completionItem(completion, session, lists.has(list) ? { list, at } : undefined));
        // What fits depends on every letter of a dotted name, so the editor's own filter is enough only until the next mark.
        return { isIncomplete: false, items };
      }),
    ),
  );
  connection.onCompletionResolve((item) => {
    const kept = keptOf(item.data);
    const documentation = kept && lists.get(kept.list)?.[kept.at]?.documentation;
    return documentation === undefined ? item : { ...item, ...documented(documentation) };
  });
}

function keptOf(data: unknown): Kept | undefined {
  if (typeof data !== "object" || data === null || !("list" in data) || !("at" in data)) return undefined;
  return typeof data.list === "number" && typeof data.at === "number" ? { list: data.list, at: data.at } : undefined;
}

const documented = (value: string): Pick<CompletionItem, "documentation"> => ({ documentation: { kind: MarkupKind.Markdown, value } });

/** `data`: what to ask for the documentation by, where that comes later. */
function completionItem(completion: a.Completion, { client, convert }: Session, data: Kept | undefined): CompletionItem {
  const isSnippet = completion.isSnippet && client().takesSnippets;
  const newText = isSnippet || !completion.isSnippet ? completion.insert : withoutPlaceholders(completion.insert);
  return {
    label: completion.label,
    kind: KINDS[completion.kind],
    sortText: String(completion.rank).padStart(6, "0") + completion.label,
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: convert.lineRange(completion.replace), newText },
    ...(completion.detail === undefined ? {} : { detail: completion.detail }),
    ...(completion.documentation === undefined ? {} : data === undefined ? documented(completion.documentation) : { data }),
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
