/** Networks of generated programs that are read again, and what they hold when a request comes. */
import type { ReloadedNetworks } from "../../runtime/contract/network-lists.ts";
import { blockBounds } from "../../runtime/lists/block-bounds.ts";
import { readBlock } from "../../runtime/lists/blocks.ts";
import type { Choices } from "./choices.ts";
import { BLOCKS } from "./vocabulary.ts";

/** What stands behind a list; nothing where it is read once. */
export function reloadWords(c: Choices): string {
  return c.chance(1, 2) ? ` reload every ${c.pick(["1h", "10s", "7d"])}${c.pick(["", " shrink at most 80%", " shrink at most 0%"])}` : "";
}

/** By name the blocks of the networks that were read again. */
export type Reloads = Readonly<Record<string, readonly string[]>>;

export function reloads(c: Choices, names: readonly string[]): Reloads {
  const read = names.filter(() => c.chance(2, 3));
  return Object.fromEntries(read.map((name) => [name, c.some(0, 4, () => c.pick([...BLOCKS, "0.0.0.0/0", "::/0", "128.0.0.0/1"]))]));
}

/** A member of a world: all networks hold something else once somebody has asked. */
export function reloadedOnce(given: Reloads): () => ReloadedNetworks {
  const first = reloadedNetworks(given);
  const later = reloadedNetworks(
    Object.fromEntries(Object.entries(given).map(([name, blocks]) => [name, blocks.length > 0 ? [] : ["0.0.0.0/0", "::/0"]])),
  );
  let isAsked = false;
  return () => {
    const now = isAsked ? later : first;
    isAsked = true;
    return now;
  };
}

export function reloadedNetworks(given: Reloads): ReloadedNetworks {
  return new Map(Object.entries(given).map(([name, texts]) => [name, blockBounds(texts.map(blockOf))] as const));
}

function blockOf(text: string): NonNullable<ReturnType<typeof readBlock>> {
  const block = readBlock(text);
  if (block === undefined) throw new Error(`${text} is no block`);
  return block;
}
