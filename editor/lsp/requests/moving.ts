/** Ways through the sources: from a name to its meaning and back, outlines, calls, folds, links. */
import {
  type CallHierarchyItem,
  type DocumentLink,
  type DocumentSymbol,
  type DocumentHighlight,
  DocumentHighlightKind,
  type FoldingRange,
  FoldingRangeKind,
  type Location,
  type SelectionRange,
  type SymbolInformation,
  SymbolKind,
} from "vscode-languageserver";
import type * as a from "../../service/answers.ts";
import type { Range } from "../../service/places.ts";
import { answer, cancellationOf, guarded, type Session } from "../session.ts";

const KINDS: Readonly<Record<a.SymbolKind, SymbolKind>> = {
  gateway: SymbolKind.Module,
  api: SymbolKind.Interface,
  group: SymbolKind.Namespace,
  route: SymbolKind.Method,
  test: SymbolKind.Event,
  constant: SymbolKind.Constant,
  environment: SymbolKind.Variable,
  secret: SymbolKind.Key,
  network: SymbolKind.Array,
  type: SymbolKind.Struct,
  identity: SymbolKind.Class,
  backend: SymbolKind.Package,
  tag: SymbolKind.Enum,
  policy: SymbolKind.Function,
  statement: SymbolKind.Property,
};

export function handleMoving(session: Session): void {
  const { connection, service, convert } = session;
  const locations = (found: readonly Range[]): Location[] => found.map(convert.location);
  connection.onDefinition(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.definition(convert.spot(textDocument.uri, position), cancellationOf(token)), locations),
    ),
  );
  connection.onTypeDefinition(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.typeDefinition(convert.spot(textDocument.uri, position), cancellationOf(token)), locations),
    ),
  );
  connection.onImplementation(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.implementation(convert.spot(textDocument.uri, position), cancellationOf(token)), locations),
    ),
  );
  connection.onReferences(
    guarded(session, async ({ textDocument, position, context }, token) =>
      answer(
        session,
        service.references(convert.spot(textDocument.uri, position), context.includeDeclaration, cancellationOf(token)),
        locations,
      ),
    ),
  );
  connection.onDocumentHighlight(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.highlights(convert.spot(textDocument.uri, position), cancellationOf(token)), (found) =>
        found.map(
          ({ range, kind }): DocumentHighlight => ({
            range: convert.lineRange(range),
            kind: kind === "declaration" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
          }),
        ),
      ),
    ),
  );
  handleOutlines(session);
  handleCalls(session);
}

function handleOutlines(session: Session): void {
  const { connection, service, convert, paths, client } = session;
  connection.onDocumentSymbol(
    guarded(session, async ({ textDocument }, token) =>
      answer(session, service.documentSymbols(paths.pathOf(textDocument.uri), cancellationOf(token)), (found) =>
        client().canNestSymbols ? found.map((symbol) => documentSymbol(symbol, session)) : flatSymbols(found, session),
      ),
    ),
  );
  connection.onWorkspaceSymbol(
    guarded(session, async ({ query }, token) =>
      answer(session, service.workspaceSymbols(query, cancellationOf(token)), (found) =>
        found.map(
          ({ name, kind, range, container }): SymbolInformation => ({
            name,
            kind: KINDS[kind],
            location: convert.location(range),
            ...(container === undefined ? {} : { containerName: container }),
          }),
        ),
      ),
    ),
  );
  connection.onFoldingRanges(
    guarded(session, async ({ textDocument }, token) => {
      const path = paths.pathOf(textDocument.uri);
      return answer(session, service.foldings(path, cancellationOf(token)), (found) =>
        found.map((one) => foldingRange(path, one, session)),
      );
    }),
  );
  connection.onSelectionRanges(
    guarded(session, async ({ textDocument, positions }, token) => {
      const path = paths.pathOf(textDocument.uri);
      const offsets = positions.map((position) => convert.spot(textDocument.uri, position).offset);
      return answer(session, service.selectionRanges(path, offsets, cancellationOf(token)), (found) =>
        offsets.map((offset, at) => selectionRange(found[at] ?? [], { path, start: offset, end: offset }, session)),
      );
    }),
  );
  connection.onDocumentLinks(
    guarded(session, async ({ textDocument }, token) =>
      answer(session, service.documentLinks(paths.pathOf(textDocument.uri), cancellationOf(token)), (found) =>
        found.map(({ range, target }): DocumentLink => ({ range: convert.lineRange(range), target: paths.uriOf(target) })),
      ),
    ),
  );
}

function handleCalls(session: Session): void {
  const { connection, service, convert } = session;
  const { callHierarchy } = connection.languages;
  callHierarchy.onPrepare(
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.callItem(convert.spot(textDocument.uri, position), cancellationOf(token)), (item) =>
        item === undefined ? null : [callItem(item, session)],
      ),
    ),
  );
  callHierarchy.onIncomingCalls(
    guarded(session, async ({ item }, token) =>
      answer(session, service.incomingCalls(convert.range(item.uri, item.selectionRange), cancellationOf(token)), (found) =>
        found.map((link) => ({ from: callItem(link.item, session), fromRanges: link.at.map(convert.lineRange) })),
      ),
    ),
  );
  callHierarchy.onOutgoingCalls(
    guarded(session, async ({ item }, token) =>
      answer(session, service.outgoingCalls(convert.range(item.uri, item.selectionRange), cancellationOf(token)), (found) =>
        found.map((link) => ({ to: callItem(link.item, session), fromRanges: link.at.map(convert.lineRange) })),
      ),
    ),
  );
}

function documentSymbol({ name, detail, kind, range, selection, children }: a.DocumentSymbol, session: Session): DocumentSymbol {
  const { lineRange } = session.convert;
  return {
    // Editors refuse symbols without a name, as half-written ones have.
    name: name === "" ? "(no name yet)" : name,
    kind: KINDS[kind],
    range: lineRange(range),
    selectionRange: lineRange(selection),
    ...(detail === undefined ? {} : { detail }),
    children: children.map((child) => documentSymbol(child, session)),
  };
}

function flatSymbols(symbols: readonly a.DocumentSymbol[], session: Session, container?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    {
      name,
      kind: KINDS[kind],
      location: session.convert.location(range),
      ...(container === undefined ? {} : { containerName: container }),
    },
    ...flatSymbols(children, session, name),
  ]);
}

function callItem({ name, detail, kind, range, selection }: a.CallItem, { convert, paths }: Session): CallHierarchyItem {
  return {
    name,
    kind: KINDS[kind],
    uri: paths.uriOf(range.path),
    range: convert.lineRange(range),
    selectionRange: convert.lineRange(selection),
    ...(detail === undefined ? {} : { detail }),
  };
}

function foldingRange(path: string, { start, end, kind }: a.Folding, { convert }: Session): FoldingRange {
  const [first, last] = [convert.position(path, start), convert.position(path, end)];
  return {
    startLine: first.line,
    // The line with the closing bracket stays in sight.
    endLine: kind === "block" && last.line > first.line ? last.line - 1 : last.line,
    ...(kind === "block" ? {} : { kind: kind === "comment" ? FoldingRangeKind.Comment : FoldingRangeKind.Imports }),
  };
}

/** `ranges` are innermost first; the protocol links each to the one around it. */
function selectionRange(ranges: readonly Range[], nothing: Range, { convert }: Session): SelectionRange {
  const around = ranges
    .toReversed()
    .reduce<SelectionRange | undefined>(
      (parent, range) => ({ range: convert.lineRange(range), ...(parent === undefined ? {} : { parent }) }),
      undefined,
    );
  return around ?? { range: convert.lineRange(nothing) };
}
