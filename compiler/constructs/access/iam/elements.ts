/** What the elements of a policy document have in common: maps with known keys, one text or a list of them, what was found instead. */
import { type Diagnostic, finding } from "../../../../grammar/source/diagnostic.ts";
import type { Report } from "../../../check/report.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import type { DataEntry, DataNode } from "../../../yaml/data-node.ts";
import type { PolicyKind } from "../../../model/iam.ts";
import { elementForm, unknownElement } from "./iam.diagnostics.ts";

export type Reading = {
  readonly kind: PolicyKind;
  readonly version: "2008-10-17" | "2012-10-17";
  readonly report: Report;
};

export type MapNode = Extract<DataNode, { readonly kind: "map" }>;
export type TextData = Extract<DataNode, { readonly kind: "text" }>;

/** The entries by key. Keys that are not among `known` are reported. */
export function entriesOf(node: MapNode, known: readonly string[], where: string, report: Report): ReadonlyMap<string, DataEntry> {
  for (const { key, keySpan } of node.entries) {
    if (known.includes(key)) continue;
    const meant = known.find((name) => name.toLowerCase() === key.toLowerCase()) ?? didYouMean(key, known);
    const found = finding(unknownElement, keySpan, { element: key, where, meant });
    report(meant === undefined ? withoutFix(found) : found);
  }
  return new Map(node.entries.map((entry) => [entry.key, entry]));
}

export function withoutFix(found: Diagnostic): Diagnostic {
  return { ...found, fixes: [] };
}

/** A text, or a list of texts that is not empty; undefined after a finding. */
export function textsOf(element: string, node: DataNode, expected: string, report: Report): readonly TextData[] | undefined {
  if (node.kind === "text") return [node];
  if (node.kind === "list" && node.items.length > 0) {
    const texts = node.items.filter((item) => item.kind === "text");
    const other = node.items.find((item) => item.kind !== "text");
    if (other === undefined) return texts;
    report(finding(elementForm, other.span, { element, found: found(other), expected }));
    return undefined;
  }
  report(finding(elementForm, node.span, { element, found: found(node), expected }));
  return undefined;
}

/** What stands there, for messages. */
export function found(node: DataNode): string {
  switch (node.kind) {
    case "map":
      return node.entries.length === 0 ? "an empty object" : "an object";
    case "list":
      return node.items.length === 0 ? "an empty list" : "a list";
    case "text":
      return JSON.stringify(node.value);
    case "number":
    case "bool":
      return `\`${node.written}\``;
    case "null":
      return "`null`";
  }
}
