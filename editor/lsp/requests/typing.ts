/** What is asked while somebody types: signatures, hover, hints, form. */
import {
  type InlayHint,
  InlayHintKind,
  MarkupKind,
  type Hover as ShownHover,
  type SignatureHelp,
  type TextEdit,
} from "vscode-languageserver";
import type * as a from "../../service/answers.ts";
import { answer, cancellationOf, guarded, type Session } from "../session.ts";

export function handleTyping(session: Session): void {
  const { connection, service, convert } = session;
  const patience = (): a.Patience => (session.client().canRefreshInlayHints ? "known" : "whole");
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
      answer(session, service.inlayHints(convert.range(textDocument.uri, range), patience(), cancellationOf(token)), (hints) =>
        inlayHints(session.paths.pathOf(textDocument.uri), hints, session),
      ),
    ),
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
