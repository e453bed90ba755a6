/** `test "name" { ... }`: requests and what must become of them; with a table, once for each row (D17). */
import type { Block, Statement, Term } from "../../../../grammar/ast.ts";
import { finding, type Diagnostic } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Program, TestCase, TestExpectation, TestRequest } from "../../../model/program.ts";
import type { StatementConstruct } from "../../construct.ts";
import { readPhrase } from "../../phrase-reader.ts";
import type { Piece } from "../../piece.ts";
import { authorsIn } from "./authors.ts";
import { readExpectation, type Expectation } from "./expectation.ts";
import type { Cells } from "./fill-cells.ts";
import { readRequest, type RequestShape } from "./request-shape.ts";
import { readTable, type Table, type TableRow } from "./table.ts";
import { testRequest } from "./test-request.ts";
import { emptyTable, expectationTwice, noExpectation, requestForm, unusedColumn } from "./test.diagnostics.ts";

export const test: StatementConstruct = {
  kind: "statement",
  words: ["test"],
  within: ["file"],
  summary: "requests, and what must become of them",
  written: ['test "name" { GET "/path" expect allow }', 'test "name" each { | COLUMN | expect | ... } { GET "/path" from COLUMN }'],
  read,
};

type UnresolvedCase = Omit<TestCase, "expect"> & { readonly expect: Expectation };

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, test, context);
  const name = phrase.text("a name in quotes");
  const tableBlock = phrase.takes("each") ? phrase.block("a table") : undefined;
  const block = phrase.block("a block of requests");
  if (!phrase.end() || name === undefined || block === undefined) return undefined;
  const table = tableBlock === undefined ? undefined : readTable(tableBlock, context);
  if (tableBlock !== undefined && table === undefined) return undefined;
  const shapes = readRequests(block, context);
  const reporting = { ...context, report: once(context.report) };
  const cases = shapes.length === 0 ? [] : casesOf(name.value, shapes, table, reporting);
  return {
    kind: "test",
    cases: (program) => cases.map((one) => ({ ...one, expect: resolved(one.expect, program) })),
    span: statement.span,
  };
}

function readRequests(block: Block, context: CheckContext): readonly RequestShape[] {
  if (block.entries.length === 0) context.report(finding(emptyTable, block.span, { what: "requests" }));
  return block.entries.flatMap((entry) => {
    if (entry.kind === "statement") return readRequest(entry, context) ?? [];
    context.report(finding(requestForm, entry.span, { found: context.written(entry.span, 40) }));
    return [];
  });
}

function casesOf(
  name: string,
  shapes: readonly RequestShape[],
  table: Table | undefined,
  context: CheckContext,
): readonly UnresolvedCase[] {
  const used = new Set<string>(["expect"]);
  const rows: readonly (TableRow | undefined)[] = table === undefined ? [undefined] : table.rows;
  const cases = rows.flatMap((row) => {
    const cells: Cells = (column) => {
      used.add(column);
      return row?.cells.get(column);
    };
    return shapes.flatMap((shape) => caseOf(row === undefined ? name : rowName(name, row, context), shape, row, cells, context) ?? []);
  });
  for (const column of rows.length === 0 ? [] : (table?.columns ?? [])) {
    if (!used.has(column.name)) context.report(finding(unusedColumn, column.span, { column: column.name }));
  }
  return cases;
}

function caseOf(
  name: string,
  shape: RequestShape,
  row: TableRow | undefined,
  cells: Cells,
  context: CheckContext,
): UnresolvedCase | undefined {
  const request: TestRequest | undefined = testRequest(shape, cells, context);
  const terms = expectedTerms(shape, row, context);
  const expect = terms && readExpectation(terms, row?.cells.get("expect")?.span ?? shape.span, context);
  return request && expect && { name, span: row?.span ?? shape.span, request, expect };
}

function expectedTerms(shape: RequestShape, row: TableRow | undefined, context: CheckContext): readonly Term[] | undefined {
  const cell = row?.cells.get("expect");
  if (shape.expect !== undefined && cell !== undefined) {
    context.report(finding(expectationTwice, shape.expect[0]?.span ?? shape.span, {}));
    return undefined;
  }
  const terms = shape.expect ?? cell?.terms;
  if (terms === undefined) context.report(finding(noExpectation, shape.span, {}));
  return terms;
}

function rowName(name: string, row: TableRow, context: CheckContext): string {
  const cells = [...row.cells].filter(([column, cell]) => column !== "expect" && cell.terms.length > 0);
  return `${name} (${cells.map(([column, cell]) => `${column} ${context.written(cell.span, 30)}`).join(", ")})`;
}

function resolved({ outcome, by }: Expectation, program: Omit<Program, "tests">): TestExpectation {
  if (by === undefined) return { outcome };
  return { outcome, by: by.kind === "default" ? "default" : { ...authorsIn(by, program), label: by.label } };
}

/** What stands in a request is asked about for each row; a finding is told once. */
function once(report: (found: Diagnostic) => void): (found: Diagnostic) => void {
  const told = new Set<string>();
  return (found) => {
    const key = `${found.code} ${placeKey(found.span)} ${found.message}`;
    if (!told.has(key)) report(found);
    told.add(key);
  };
}

function placeKey({ file, start, end }: Span): string {
  return `${file} ${start} ${end}`;
}
