/** Trees without places, for comparing; findings as one line each. */
import { type Entry, type FileNode, parseSource, positionAt, sourceFile } from "../../grammar/index.ts";

const PLACES = new Set(["span", "operatorSpan", "file"]);

/** A copy without spans and without the keys that hold undefined. */
export function withoutSpans(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (PLACES.has(key) ? undefined : inner)));
}

export const parse = (text: string): { readonly file: FileNode; readonly findings: readonly string[] } => {
  const source = sourceFile("test.gwl", text);
  const { value, diagnostics } = parseSource(source);
  return {
    file: value,
    findings: diagnostics.map((found) => {
      const { line, column } = positionAt(source, found.span.start);
      return `${line}:${column} ${found.code} ${found.message}`;
    }),
  };
};

/** The tree of a text that must be free of errors. */
export function treeOf(text: string): unknown {
  const { file, findings } = parse(text);
  if (findings.length > 0) throw new Error(`${text}\n${findings.join("\n")}`);
  return withoutSpans(file);
}

/** The first entry's terms, in a short notation: what the grouping of a phrase is, at a glance. */
export function shape(text: string): string {
  const { file, findings } = parse(text);
  if (findings.length > 0) throw new Error(`${text}\n${findings.join("\n")}`);
  return file.entries.map(entryShape).join(" ; ");
}

type Node = { readonly kind: string; readonly [key: string]: unknown };

function entryShape(entry: Entry): string {
  switch (entry.kind) {
    case "row":
      return `row ${entry.cells.map((cell) => `<${terms(cell.terms)}>`).join("")}`;
    case "setting":
      return `${node(entry.key)}${entry.alias ? ` as ${entry.alias.name}` : ""}: ${terms(entry.value.terms)}`;
    case "statement":
      return `${entry.word.name}! ${terms(entry.phrase.terms)}`.trimEnd();
    case "item":
      return terms(entry.value.terms);
  }
}

const terms = (list: readonly Node[]): string => list.map(node).join(" ");
const list = (value: unknown): string => (value as readonly Node[]).map(node).join(", ");

function node(of: Node): string {
  const child = (key: string): string => node(of[key] as Node);
  switch (of.kind) {
    case "name":
      return String(of["name"]);
    case "text":
      return JSON.stringify(of["value"]);
    case "mark":
      return String(of["mark"]);
    case "member":
      return `${child("object")}.${child("name")}`;
    case "optional":
      return `${child("type")}?`;
    case "unary":
      return `(${String(of["operator"])} ${child("operand")})`;
    case "binary":
      return `(${child("left")} ${String(of["operator"])} ${child("right")})`;
    case "is":
      return `(${child("subject")} is ${child("name")})`;
    case "if":
      return `(if ${child("condition")} ${child("then")} ${child("otherwise")})`;
    case "paren":
      return `p${child("inner")}`;
    case "list":
      return `[${list(of["items"])}]`;
    case "record":
      return `record${child("block")}`;
    case "block":
      return `{${(of["entries"] as readonly Entry[]).map(entryShape).join(" ; ")}}`;
    case "call":
      return `${child("callee")}(${phrases(of["arguments"], true)})`;
    case "typeArguments":
      return `${child("name")}<${phrases(of["arguments"], false)}>`;
    default:
      return `${of.kind}\`${String(of["text"])}\``;
  }
}

function phrases(value: unknown, named: boolean): string {
  return (value as readonly Record<string, unknown>[])
    .map((item) => {
      const phrase = (named ? item["value"] : item) as { readonly terms: readonly Node[] };
      const name = item["name"] as { readonly name: string } | undefined;
      return `${name ? `${name.name}: ` : ""}${terms(phrase.terms)}`;
    })
    .join(", ");
}
