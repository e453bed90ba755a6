/** What changes sources: renaming, fixes, refactorings. Promises: an edit names the version that it was made for, where the editor takes that. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
  TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type * as a from "../../service/answers.ts";
import { answer, cancellationOf, guarded, type Session } from "../session.ts";

const KINDS: Readonly<Record<a.CodeActionKind, CodeActionKind>> = {
  quickfix: CodeActionKind.QuickFix,
  fixAll: CodeActionKind.SourceFixAll,
  organizeImports: CodeActionKind.SourceOrganizeImports,
  extract: CodeActionKind.RefactorExtract,
  rewrite: CodeActionKind.RefactorRewrite,
};

export function handleChanging(session: Session): void {
  const { connection, service, convert } = session;
  connection.onPrepareRename(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.renameable(convert.spot(textDocument.uri, position), cancellationOf(token)), (found) =>
        found === undefined ? null : { range: convert.lineRange(found.range), placeholder: found.name },
      ),
    ),
  );
  connection.onRenameRequest(
    guarded(session, async ({ textDocument, position, newName }, token) => {
      const asked = service.rename(convert.spot(textDocument.uri, position), newName, cancellationOf(token));
      const renaming = await answer(session, asked, (value) => value);
      if (renaming instanceof ResponseError) return renaming;
      return renaming.ok ? workspaceEdit(renaming.edits, session) : new ResponseError(LSPErrorCodes.RequestFailed, renaming.why);
    }),
  );
  connection.onCodeAction(guarded(session, async (params, token) => codeActions(params, cancellationOf(token), session)));
}

async function codeActions(
  { textDocument, range, context }: CodeActionParams,
  cancellation: ReturnType<typeof cancellationOf>,
  session: Session,
): Promise<CodeAction[] | ResponseError> {
  const { service, convert, paths } = session;
  const path = paths.pathOf(textDocument.uri);
  const wants = (kind: CodeActionKind): boolean => context.only === undefined || context.only.some((wanted) => isKindOf(kind, wanted));
  const actions: CodeAction[] = [];
  if (context.only === undefined || Object.values(KINDS).some((kind) => !isOfFile(kind) && wants(kind))) {
    const asked = service.codeActions(convert.range(textDocument.uri, range), cancellation);
    const found = await answer(session, asked, (value) => value);
    if (found instanceof ResponseError) return found;
    actions.push(
      ...found
        .filter(({ kind }) => !isOfFile(KINDS[kind]) && wants(KINDS[kind]))
        .map((action) => codeAction(action, context.diagnostics, session)),
    );
  }
  // Whole-file actions only where they are asked for by name, as when a file is saved.
  const wholes = [
    { kind: CodeActionKind.SourceFixAll, title: "fix all that have one right answer", ask: service.fixAll },
    { kind: CodeActionKind.SourceOrganizeImports, title: "organize imports", ask: service.organizeImports },
  ];
  for (const { kind, title, ask } of wholes) {
    if (context.only === undefined || !wants(kind)) continue;
    const edits = await answer(session, ask(path, cancellation), (value) => value);
    if (edits instanceof ResponseError) return edits;
    if (edits.length > 0) actions.push({ title, kind, edit: workspaceEdit(edits, session) });
  }
  return actions;
}

const isOfFile = (kind: CodeActionKind): boolean => isKindOf(kind, CodeActionKind.Source);

/** `source` takes `source.fixAll` in, but not `sourcefile`. */
function isKindOf(kind: CodeActionKind, wanted: CodeActionKind): boolean {
  return wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`);
}

function codeAction(action: a.CodeAction, diagnostics: readonly Diagnostic[], session: Session): CodeAction {
  const { title, kind, edits, fixes, isPreferred } = action;
  const fixed = fixes && { code: fixes.code, range: session.convert.lineRange(fixes.range) };
  const same = diagnostics.filter(
    ({ code, range: { start, end } }) =>
      fixed !== undefined &&
      code === fixed.code &&
      start.line === fixed.range.start.line &&
      start.character === fixed.range.start.character &&
      end.line === fixed.range.end.line &&
      end.character === fixed.range.end.character,
  );
  return {
    title,
    kind: KINDS[kind],
    isPreferred,
    edit: workspaceEdit(edits, session),
    ...(same.length === 0 ? {} : { diagnostics: same }),
  };
}

function workspaceEdit(edits: readonly a.Edit[], { client, convert, paths, versionOf }: Session): WorkspaceEdit {
  const byUri = Map.groupBy(edits, ({ path }) => paths.uriOf(path));
  if (!client().canVersionEdits) {
    return { changes: Object.fromEntries([...byUri].map(([uri, all]) => [uri, all.map(convert.textEdit)])) };
  }
  return {
    documentChanges: [...byUri].map(([uri, all]) =>
      TextDocumentEdit.create({ uri, version: versionOf(uri) ?? null }, all.map(convert.textEdit)),
    ),
  };
}
