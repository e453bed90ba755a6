/** Members of a map in a principals file, described as a table. Promises: unknown, missing and ill-formed ones are reported in one manner. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import type { Report } from "../../../check/report.ts";
import type { DataEntry, DataNode } from "../../../yaml/data-node.ts";
import { missingPrincipalsMember, principalsForm, unknownPrincipalsMember } from "./sigv4.diagnostics.ts";

/** `doc` goes on "`name` is ...". */
export type MemberShapes = Readonly<Record<string, { readonly doc: string; readonly required?: true }>>;
export type MembersRead<Shapes extends MemberShapes> = { readonly [Name in keyof Shapes]: DataNode | undefined };

/** `owner` as in "a user". Undefined where `node` is no map; else the members that are there. */
export function readMembers<const Shapes extends MemberShapes>(
  node: DataNode,
  shapes: Shapes,
  owner: string,
  report: Report,
): MembersRead<Shapes> | undefined {
  const entries = entriesOf(node, owner, report);
  if (entries === undefined) return undefined;
  const found: Record<string, DataNode> = {};
  const known = Object.keys(shapes);
  const misspelt = new Set<string>();
  for (const { key, keySpan, value } of entries) {
    if (Object.hasOwn(shapes, key)) found[key] = value;
    else {
      const meant = didYouMean(key, known);
      if (meant !== undefined) misspelt.add(meant);
      report(finding(unknownPrincipalsMember, keySpan, { name: key, owner, meant, known }));
    }
  }
  for (const [name, { doc, required }] of Object.entries(shapes)) {
    if (required && found[name] === undefined && !misspelt.has(name)) {
      report(finding(missingPrincipalsMember, headOf(node), { name, owner, doc }));
    }
  }
  return found as MembersRead<Shapes>;
}

/** The first key, so that a finding about a long map stays short. */
function headOf(node: DataNode): Span {
  return node.kind === "map" ? (node.entries[0]?.keySpan ?? node.span) : node.span;
}

/** Of a map; anything else is reported. */
export function entriesOf(node: DataNode | undefined, what: string, report: Report): readonly DataEntry[] | undefined {
  if (node === undefined) return [];
  if (node.kind === "map") return node.entries;
  report(finding(principalsForm, node.span, { what, expected: "a map", found: describe(node) }));
  return undefined;
}

export function itemsOf(node: DataNode | undefined, what: string, report: Report): readonly DataNode[] {
  if (node === undefined) return [];
  if (node.kind === "list") return node.items;
  report(finding(principalsForm, node.span, { what, expected: "a list", found: describe(node) }));
  return [];
}

/** A text of this form; numbers and Booleans count as they are written. `expected` goes on "write ...". */
export function textOf(node: DataNode, what: string, form: RegExp, expected: string, report: Report): string | undefined {
  const text = plainText(node);
  if (text !== undefined && form.test(text)) return text;
  report(finding(principalsForm, node.span, { what, expected, found: text === undefined ? describe(node) : `\`${text.slice(0, 60)}\`` }));
  return undefined;
}

/** Milliseconds since 1970 UTC. */
export function readMoment(node: DataNode, name: string, report: Report): number | undefined {
  const text = plainText(node) ?? "";
  const time = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, -1))) return time;
  const holes = { what: `\`${name}\``, expected: "a moment in UTC, as in `2027-01-01T00:00:00Z`", found: `\`${text.slice(0, 60)}\`` };
  report(finding(principalsForm, node.span, holes));
  return undefined;
}

export function plainText(node: DataNode): string | undefined {
  if (node.kind === "text") return node.value;
  return node.kind === "number" || node.kind === "bool" ? node.written : undefined;
}

function describe(node: DataNode): string {
  switch (node.kind) {
    case "map":
      return "a map";
    case "list":
      return "a list";
    case "null":
      return "nothing";
    case "text":
    case "number":
    case "bool":
      return `\`${(plainText(node) ?? "").slice(0, 60)}\``;
    default:
      return node satisfies never;
  }
}
