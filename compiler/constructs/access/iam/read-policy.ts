/**
 * Reads an IAM policy document as AWS does, strictly. Promises: what AWS would refuse, or what could be read in two ways, is an
 * error at its place in the file; what is given is whole. Must not know who asks the document.
 */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { Report } from "../../../check/report.ts";
import type { DataNode } from "../../../yaml/data-node.ts";
import { readJson } from "../../../json/read-json.ts";
import type { PolicyFile, PolicyKind } from "../../../model/iam.ts";
import { entriesOf, found, type MapNode, type Reading } from "./elements.ts";
import { elementForm, missingElement, policyNotJson, policyTooLong, repeatedSid } from "./iam.diagnostics.ts";
import { asksCaller } from "./asks-caller.ts";
import { type PlacedStatement, readStatement } from "./statement.ts";

export type PolicyOptions = {
  readonly kind: PolicyKind;
  /** The most characters without white space; absent: any number. */
  readonly limit?: number;
  readonly report: Report;
};

/** The text of a JSON file. Undefined after a finding. */
export function readPolicyText(file: string, text: string, options: PolicyOptions): PolicyFile | undefined {
  const json = readJson(file, text);
  if (!json.ok) {
    for (const { span, what } of json.problems) options.report(finding(policyNotJson, span, { why: what }));
    return undefined;
  }
  const length = compactLength(text);
  if (options.limit !== undefined && length > options.limit) {
    options.report(finding(policyTooLong, { file, start: 0, end: 1 }, { length, limit: options.limit }));
    return undefined;
  }
  return readPolicyData(json.node, options);
}

/** A document that stands within other data, as in a file of principals. Undefined after a finding. */
export function readPolicyData(node: DataNode, options: PolicyOptions): PolicyFile | undefined {
  const { report, kind } = options;
  if (node.kind !== "map") {
    const expected = 'an object such as `{ "Version": "2012-10-17", "Statement": [] }` with statements in the list';
    report(finding(elementForm, node.span, { element: "a policy", found: found(node), expected }));
    return undefined;
  }
  const known = ["Version", "Id", "Statement"];
  const entries = entriesOf(node, known, "a policy", report);
  const version = readVersion(entries.get("Version")?.value, report);
  const id = entries.get("Id")?.value;
  const isId = id === undefined || id.kind === "text";
  if (!isId) report(finding(elementForm, id.span, { element: "Id", found: found(id), expected: "a text" }));
  const statements = readStatements(node, entries.get("Statement")?.value, { kind, version: version ?? "2012-10-17", report });
  const isWhole = isId && node.entries.every(({ key }) => known.includes(key));
  if (!isWhole || version === undefined || statements === undefined) return undefined;
  return {
    document: { version, statements: statements.map(({ statement }) => statement) },
    asksCaller: statements.map(({ statement }) => asksCaller(statement)),
    places: statements.map(({ places }) => places),
    span: node.span,
  };
}

/** A document without a version is of the first. */
function readVersion(node: DataNode | undefined, report: Report): Reading["version"] | undefined {
  if (node === undefined) return "2008-10-17";
  if (node.kind === "text" && (node.value === "2012-10-17" || node.value === "2008-10-17")) return node.value;
  report(
    finding(elementForm, node.span, {
      element: "Version",
      found: found(node),
      expected: '`"2012-10-17"`: it is the version of the policy language, not of the policy',
    }),
  );
  return undefined;
}

function readStatements(node: MapNode, written: DataNode | undefined, reading: Reading): readonly PlacedStatement[] | undefined {
  if (written === undefined) {
    reading.report(finding(missingElement, node.span, { element: "a `Statement`", where: "a policy" }));
    return undefined;
  }
  const items = written.kind === "list" ? written.items : [written];
  if (items.length === 0) {
    reading.report(
      finding(elementForm, written.span, { element: "Statement", found: "an empty list", expected: "at least one statement" }),
    );
    return undefined;
  }
  const read = items.map((item) => readStatement(item, written.kind === "list", reading));
  const whole = read.filter((statement) => statement !== undefined);
  return whole.length === read.length && !repeatsSids(whole, reading.report) ? whole : undefined;
}

function repeatsSids(statements: readonly PlacedStatement[], report: Report): boolean {
  const firsts = new Map<string, Span>();
  let repeats = false;
  for (const { statement, places } of statements) {
    if (statement.sid === undefined) continue;
    const first = firsts.get(statement.sid);
    if (first !== undefined) {
      report(finding(repeatedSid, places.span, { sid: statement.sid }, [{ span: first, message: "first used here" }]));
      repeats = true;
    }
    firsts.set(statement.sid, first ?? places.span);
  }
  return repeats;
}

/** White space between values does not count, as where a policy is sent in one line. */
function compactLength(text: string): number {
  return text.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, "$1").length;
}
