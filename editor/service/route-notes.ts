/**
 * What is said beside routes: how many rules and identities, and which rules come from the levels around. Promises: only sound programs change
 * it; while one is being edited, a route keeps what was last true of it, so that nothing beside it jumps with each keystroke.
 */
import { type FileNode, type SourceFile, type Statement, visit } from "../../grammar/index.ts";
import type { Patience } from "./answers.ts";
import type { ProgramView, Quick, Whole } from "./program-view.ts";
import { ruleReach } from "./rule-reach.ts";
import type { FileView } from "./workspace.ts";

export type RouteNote = {
  readonly rules: number;
  readonly isPublic: boolean;
  readonly identities: number;
  /** Labels of rules whose first statement stands outside the route. */
  readonly inherited: readonly string[];
};
/** From the method to the end of the path; `head` is where the block begins. */
export type PlacedNote = RouteNote & { readonly start: number; readonly end: number; readonly head: number };

const noted = new WeakMap<ProgramView, ReadonlyMap<string, RouteNote>>();
const read = new WeakSet<Whole>();

export async function routeNotes(seen: FileView, patience: Patience): Promise<readonly PlacedNote[]> {
  const whole = patience === "whole" ? await seen.whole() : seen.view.known();
  if (whole?.ir !== undefined && !read.has(whole)) {
    read.add(whole);
    noted.set(seen.view, notesOf(whole, seen.quick));
  }
  if (patience === "whole" && whole?.ir === undefined) return [];
  const notes = noted.get(seen.view);
  return headsIn(seen.tree, seen.source).flatMap(({ key, start, end, head }) => {
    const note = notes?.get(`${seen.file} ${key}`);
    return note === undefined ? [] : [{ ...note, start, end, head }];
  });
}

/** By file and head. */
function notesOf({ program, ir }: Whole, { bound }: Quick): ReadonlyMap<string, RouteNote> {
  const notes = new Map<string, RouteNote>();
  if (ir === undefined) return notes;
  const reach = ruleReach(ir);
  const byFile = Map.groupBy(ir.routes, ({ span }) => span.file);
  for (const { file, tree, source } of bound.loaded.files) {
    const heads = new Map(headsIn(tree, source).map((head) => [head.start, head]));
    for (const route of byFile.get(file) ?? []) {
      const head = heads.get(route.span.start);
      if (head === undefined) continue;
      const { span } = head.statement;
      const rules = reach.rulesOf(route);
      const inherited = rules.filter(({ sites: [outermost] }) => {
        const stated = program.sites[outermost ?? -1]?.span;
        return stated !== undefined && !(stated.file === file && span.start <= stated.start && stated.end <= span.end);
      });
      notes.set(`${file} ${head.key}`, {
        rules: rules.length,
        isPublic: route.isPublic,
        identities: route.accept.length,
        inherited: inherited.map(({ label }) => label),
      });
    }
  }
  return notes;
}

/** `key`: the heads of the statement and of those around it, as written; the second of two equal ones has another. */
type Head = {
  readonly key: string;
  readonly statement: Statement;
  readonly start: number;
  readonly end: number;
  readonly head: number;
};

/** Of statements that have a path, and of no others. */
function headsIn(tree: FileNode, { text }: SourceFile): readonly Head[] {
  const counts = new Map<string, number>();
  const around: { readonly end: number; readonly key: string }[] = [];
  const heads: Head[] = [];
  visit(tree, (node) => {
    if (node.kind !== "statement") return node.kind === "file" || node.kind === "block";
    while ((around.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= node.span.start) around.pop();
    const path = node.phrase.terms.find((term) => term.kind === "text");
    const { start } = node.word.span;
    const head = headEnd(node);
    const plain = `${around.at(-1)?.key ?? ""} ${text.slice(start, head)}`;
    const count = (counts.get(plain) ?? 0) + 1;
    counts.set(plain, count);
    const key = count === 1 ? plain : `${plain} ${count}`;
    around.push({ end: node.span.end, key });
    if (path !== undefined) heads.push({ key, statement: node, start, end: path.span.end, head });
    return true;
  });
  return heads;
}

function headEnd({ phrase, word, span }: Statement): number {
  const block = phrase.terms.at(-1);
  return block?.kind === "block" ? (phrase.terms.at(-2)?.span.end ?? word.span.end) : span.end;
}
