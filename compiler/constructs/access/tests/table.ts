/** The table of a test: columns by name, rows of cells as written. Promises: each row has a cell for each column. */
import type { Block, NameNode, Phrase, Row } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { columnForm, emptyTable, rowLength, tableForm } from "./test.diagnostics.ts";

export type Table = { readonly columns: readonly NameNode[]; readonly rows: readonly TableRow[] };
export type TableRow = { readonly cells: ReadonlyMap<string, Phrase>; readonly span: Span };

/** Undefined after a finding about its columns; rows that are wrong are left out. */
export function readTable(block: Block, context: CheckContext): Table | undefined {
  const rows = block.entries.filter((entry): entry is Row => entry.kind === "row");
  for (const entry of block.entries) {
    if (entry.kind !== "row") context.report(finding(tableForm, entry.span, { found: context.written(entry.span, 40) }));
  }
  const [head, ...body] = rows;
  if (head === undefined || body.length === 0) {
    context.report(finding(emptyTable, block.span, { what: "rows" }));
    return undefined;
  }
  const columns = readColumns(head, context);
  return columns && { columns, rows: body.flatMap((row) => readRow(row, columns, context) ?? []) };
}

function readColumns(head: Row, context: CheckContext): readonly NameNode[] | undefined {
  const columns: NameNode[] = [];
  for (const cell of head.cells) {
    const [name, ...more] = cell.terms;
    if (name?.kind === "name" && more.length === 0 && columns.every((known) => known.name !== name.name)) columns.push(name);
    else
      context.report(
        finding(columnForm, cell.span, { found: name === undefined ? "an empty cell" : `\`${context.written(cell.span, 40)}\`` }),
      );
  }
  return columns.length === head.cells.length ? columns : undefined;
}

function readRow(row: Row, columns: readonly NameNode[], context: CheckContext): TableRow | undefined {
  if (row.cells.length !== columns.length) {
    context.report(finding(rowLength, row.span, { cells: row.cells.length, columns: columns.length }));
    return undefined;
  }
  const cells = row.cells.flatMap((cell, at): readonly (readonly [string, Phrase])[] => {
    const column = columns[at];
    return column === undefined ? [] : [[column.name, cell]];
  });
  return { cells: new Map(cells), span: row.span };
}
