/**
 * YAML 1.2 text, and so JSON, as data with places. Promises: never throws; what two readers could take for two things is a
 * problem: keys twice, tags, anchors and aliases, more than one document. The one room that knows the YAML package.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, type Node, parseDocument, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { Span } from "../../grammar/source/span.ts";
import type { DataEntry, DataNode, DataProblem, DataReading } from "./data-node.ts";

/** Maps and lists inside each other. */
const DEEPEST = 64;

export function readData(file: string, text: string): DataReading {
  const document = parseDocument(text, { version: "1.2", schema: "core", uniqueKeys: true, merge: false, strict: true });
  const problems = [...document.errors, ...document.warnings].map(
    ({ code, message, pos }): DataProblem => ({ span: { file, start: pos[0], end: pos[1] }, what: CLAUSES[code] ?? firstLine(message) }),
  );
  if (problems.length > 0) return { ok: false, problems };
  const { contents } = document;
  if (contents === null) return { ok: false, problems: [{ span: { file, start: 0, end: 0 }, what: "it is empty" }] };
  const node = nodeOf(contents, { file, problems }, 0);
  return node === undefined || problems.length > 0 ? { ok: false, problems } : { ok: true, node };
}

/** For what the package says in its own terms. */
const CLAUSES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "the same key stands twice",
  MULTIPLE_DOCS: "a second document stands here",
  TAG_RESOLVE_FAILED: "a tag stands here; values are plain",
};

/** The package adds where and an excerpt, which a finding shows by itself. */
function firstLine(message: string): string {
  return message.replace(/\n[^]*$/, "").replace(/ at line [0-9]+, column [0-9]+:?$/, "");
}

type Reading = { readonly file: string; readonly problems: DataProblem[] };

/** Undefined after a problem. */
function nodeOf(node: unknown, reading: Reading, depth: number): DataNode | undefined {
  if (isAlias(node)) return problem(reading, node, "an alias (`*name`) stands here; write the value out");
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return undefined;
  if (node.anchor !== undefined) return problem(reading, node, "an anchor (`&name`) stands here; write values out where they are used");
  if (node.tag !== undefined) return problem(reading, node, "a tag stands here; values are plain");
  if (depth > DEEPEST) return problem(reading, node, `values stand more than ${DEEPEST} levels deep`);
  if (isMap(node)) return mapOf(node, reading, depth);
  if (isSeq(node)) return listOf(node, reading, depth);
  return scalarOf(node, reading);
}

function mapOf(node: YAMLMap, reading: Reading, depth: number): DataNode {
  const keys = new Set<string>();
  const entries = node.items.flatMap((pair): readonly DataEntry[] => {
    const { key } = pair;
    if (!isPair(pair) || !isScalar(key)) {
      problem(reading, isScalar(key) ? key : node, "keys are plain words or texts");
      return [];
    }
    const keySpan = spanOf(key, reading.file);
    // `1` and `"1"` are two keys to the package, and one to us.
    if (keys.has(writtenText(key))) problem(reading, key, "the same key stands twice");
    keys.add(writtenText(key));
    const value = pair.value === null ? ({ kind: "null", span: keySpan } as const) : nodeOf(pair.value, reading, depth + 1);
    return value === undefined ? [] : [{ key: writtenText(key), keySpan, value }];
  });
  return { kind: "map", span: spanOf(node, reading.file), entries };
}

function listOf(node: YAMLSeq, reading: Reading, depth: number): DataNode {
  return { kind: "list", span: spanOf(node, reading.file), items: node.items.flatMap((item) => nodeOf(item, reading, depth + 1) ?? []) };
}

function scalarOf(node: Scalar, reading: Reading): DataNode | undefined {
  const span = spanOf(node, reading.file);
  const { value } = node;
  switch (typeof value) {
    case "string":
      return { kind: "text", span, value };
    case "number":
      return { kind: "number", span, value, written: writtenText(node) };
    case "boolean":
      return { kind: "bool", span, value, written: writtenText(node) };
    default:
      return value === null ? { kind: "null", span } : problem(reading, node, "a value of a kind that JSON does not have stands here");
  }
}

/** Plain words as they stand in the file, so that `0123` stays what it is; texts in quotes as what they mean. */
function writtenText(node: Scalar): string {
  return node.type === Scalar.PLAIN && node.source !== undefined ? node.source : String(node.value);
}

function spanOf(node: Node, file: string): Span {
  const [start, end] = node.range ?? [0, 0];
  return { file, start, end };
}

function problem(reading: Reading, node: Node, what: string): undefined {
  reading.problems.push({ span: spanOf(node, reading.file), what });
  return undefined;
}
