/** A network of addresses, or a policy of rules, made of what is selected. Promises: the program means the same before and after. */
import type { Entry, Statement } from "../../grammar/ast.ts";
import { visit } from "../../grammar/index.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import type { CodeAction } from "./answers.ts";
import type { Range } from "./places.ts";
import { nodesAt } from "./name-at.ts";
import type { FileView } from "./workspace.ts";

export function extractions(seen: FileView, range: Range): readonly CodeAction[] {
  return [...extractNetwork(seen, range), ...extractPolicy(seen, range)];
}

/** `client.ip in 10.0.0.0/8` where the block is under the cursor. */
function extractNetwork(seen: FileView, range: Range): readonly CodeAction[] {
  const nodes = nodesAt(seen.tree, range.start);
  const block = nodes.at(-1);
  const around = nodes.at(-2);
  const top = topEntry(seen, range);
  if (block?.kind !== "cidr" || top === undefined || around?.kind !== "binary" || around.operator !== "in" || around.right !== block)
    return [];
  const name = freeName(seen, "network");
  const text = `network ${name} { ${block.text} }\n\n`;
  return [
    {
      title: "extract a network",
      kind: "extract",
      isPreferred: false,
      edits: [
        { path: seen.path, start: lineStart(seen, top), end: lineStart(seen, top), text },
        { path: seen.path, start: block.span.start, end: block.span.end, text: name },
      ],
    },
  ];
}

/** Whole rules of one level that read nothing which a policy cannot. */
function extractPolicy(seen: FileView, range: Range): readonly CodeAction[] {
  if (range.start === range.end) return [];
  const top = topEntry(seen, range);
  const rules = top === undefined ? [] : selectedRules(seen, range);
  const [first, last] = [rules[0], rules.at(-1)];
  if (top === undefined || first === undefined || last === undefined || top.word.name === "policy") return [];
  const { text } = seen.source;
  const name = freeName(seen, "policy");
  const lines = rules.map(({ span }) => `  ${text.slice(span.start, span.end)}\n`).join("");
  const at = lineStart(seen, top);
  return [
    {
      title: "extract a policy",
      kind: "extract",
      isPreferred: false,
      edits: [
        { path: seen.path, start: at, end: at, text: `policy ${name} {\n${lines}}\n\n` },
        { path: seen.path, start: first.span.start, end: last.span.end, text: `use ${name}` },
      ],
    },
  ];
}

const RULES: ReadonlySet<string> = new Set(CONSTRUCTS.flatMap(({ words, within }) => (within.includes("policy") ? words : [])));

/** Neighbours in one block, with nothing else among them. */
function selectedRules(seen: FileView, { start, end }: Range): readonly Statement[] {
  const block = nodesAt(seen.tree, start).findLast((node) => node.kind === "block" && node.span.start < start && end <= node.span.end);
  const inside = (block?.kind === "block" ? block.entries : []).filter(({ span }) => span.start < end && start < span.end);
  const rules = inside.filter(
    (entry): entry is Statement => entry.kind === "statement" && RULES.has(entry.word.name) && isPortable(seen, entry),
  );
  const between = seen.source.text.slice(inside[0]?.span.start, inside.at(-1)?.span.end);
  return rules.length === inside.length &&
    inside.every((entry) => start <= entry.span.start && entry.span.end <= end) &&
    !between.includes("//")
    ? rules
    : [];
}

/** A policy sees neither body nor path, and its caller may be any identity: a claim must have been asked for by name. */
function isPortable({ quick }: FileView, entry: Entry): boolean {
  let [portable, asks, reads] = [true, false, false];
  visit(entry, (node) => {
    if (node.kind === "name" && (node.name === "body" || node.name === "params")) portable = false;
    if (node.kind === "is") asks = true;
    if (node.kind === "member" && node.object.kind === "name" && node.object.name === "principal" && node.name.name !== "id") reads = true;
  });
  return portable && (!reads || asks || quick.shapes.identities.length < 2);
}

function topEntry({ tree }: FileView, { start, end }: Range): Statement | undefined {
  const entry = tree.entries.find(({ span }) => span.start <= start && end <= span.end);
  return entry?.kind === "statement" ? entry : undefined;
}

/** Above the documentation of the entry. */
function lineStart({ source }: FileView, { span }: Statement): number {
  let at = source.text.lastIndexOf("\n", span.start - 1) + 1;
  while (at > 0) {
    const before = source.text.lastIndexOf("\n", at - 2) + 1;
    if (!source.text.slice(before, at).trim().startsWith("//")) break;
    at = before;
  }
  return at;
}

function freeName({ quick }: FileView, kind: "network" | "policy"): string {
  const taken = new Set(quick.bound.declarations.map(({ name }) => name.name));
  for (let number = 1; ; number++) {
    const name = `new_${kind}${number === 1 ? "" : `_${number}`}`;
    if (!taken.has(name)) return name;
  }
}
