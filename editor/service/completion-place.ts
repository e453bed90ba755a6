/** Everything that the rules of completion ask about the cursor's place. Promises: told apart by brackets and words, so a broken line tells it, too. */
import type { Block } from "../../grammar/ast.ts";
import { visit } from "../../grammar/index.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import { PLACE_NAMES } from "../../compiler/constructs/frame.diagnostics.ts";
import type { Within } from "../../compiler/constructs/piece.ts";
import type { SettingShapes } from "../../compiler/constructs/setting-shape.ts";
import type { Around } from "../../compiler/check/context.ts";
import { type Opened, type Situation, situationAt } from "./situation.ts";
import type { FileView, Workspace } from "./workspace.ts";

export type CompletionPlace = Situation & {
  readonly workspace: Workspace;
  readonly seen: FileView;
  /** The innermost braces around the cursor; undefined at the top level. */
  readonly braces: Opened | undefined;
  readonly block: Block | undefined;
  /** Where statements may stand here; undefined where none may. */
  readonly within: Within | undefined;
  readonly settings: { readonly shapes: SettingShapes; readonly owner: string } | undefined;
  /** Of the nearest level around whose block was read. */
  readonly around: Around | undefined;
  /** Names of settings and statements that the block has already. */
  readonly taken: ReadonlySet<string>;
};

export function completionPlace(workspace: Workspace, seen: FileView, offset: number): CompletionPlace {
  const situation = situationAt(seen.source, offset);
  const braces = situation.open.findLast(({ bracket }) => bracket === "{");
  const blocks = blocksAt(seen, situation.open);
  const block = braces && blocks.get(braces.at);
  const settings = block && seen.check.settings.get(block);
  return {
    ...situation,
    workspace,
    seen,
    braces,
    block,
    within:
      braces === undefined
        ? "file"
        : ((block && seen.check.blocks.get(block)?.within) ?? withinByWord(braces, settings !== undefined || isInTest(situation.open))),
    settings,
    around: situation.open.toReversed().flatMap(({ at }) => {
      const around = blocks.get(at);
      return around === undefined ? [] : (seen.check.blocks.get(around)?.around ?? []);
    })[0],
    taken: takenIn(block, situation.start),
  };
}

function blocksAt({ tree }: FileView, open: readonly Opened[]): ReadonlyMap<number, Block> {
  const starts = new Set(open.filter(({ bracket }) => bracket === "{").map(({ at }) => at));
  const found = new Map<number, Block>();
  if (starts.size > 0)
    visit(tree, (node) => {
      if (node.kind === "block" && starts.has(node.span.start)) found.set(node.span.start, node);
      return node.kind === "file" || [...starts].some((start) => node.span.start <= start && start <= node.span.end);
    });
  return found;
}

/** A request of a test begins like a route. */
const isInTest = (open: readonly Opened[]): boolean => open.some(({ head }) => head[0]?.text === "test");

/** Where the check did not come to read the block, because its head is not finished. */
function withinByWord({ head }: Opened, isSettings: boolean): Within | undefined {
  const [word] = head.map(({ text }) => text);
  if (word === undefined || isSettings) return undefined;
  // Of backends only those with servers have statements.
  if (word === "backend") return head.some(({ text }) => text === "http" || text === "websocket") ? "backend" : undefined;
  if (Object.hasOwn(PLACE_NAMES, word)) return word as Within;
  const isRoute = CONSTRUCTS.some(({ words }) => words.length > 1 && words.includes(word));
  return isRoute && head.length > 1 ? "route" : undefined;
}

/** The entry that is being written does not count. */
function takenIn(block: Block | undefined, start: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of block?.entries ?? []) {
    const key = entry.kind === "setting" ? entry.key : entry.kind === "statement" ? entry.word : undefined;
    if (key !== undefined && key.span.start !== start) names.add(key.kind === "name" ? key.name : key.value);
  }
  return names;
}
