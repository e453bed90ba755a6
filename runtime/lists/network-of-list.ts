/** The text of a list as the addresses that its network holds. Promises: one broken entry breaks the list, as it does for the compiler. */
import type { AddressBounds, ListCondition } from "../contract/network-lists.ts";
import { blockBounds } from "./block-bounds.ts";
import { type Block, readBlock } from "./blocks.ts";
import { attributesOf, isMeant } from "./list-condition.ts";
import { readList } from "./read-list.ts";

export type NetworkOfList =
  /** `entries`: that are meant. */
  { readonly ok: true; readonly entries: number; readonly bounds: AddressBounds } | { readonly ok: false; readonly why: string };

export function networkOfList(text: string, where: ListCondition | undefined): NetworkOfList {
  const list = readList(text);
  if (list.kind === "broken") return { ok: false, why: list.why };
  const unsaid = where && attributesOf(where).find((attribute) => !list.attributes.includes(attribute));
  if (unsaid !== undefined) return { ok: false, why: `its entries say nothing of \`${unsaid}\`` };
  const blocks: Block[] = [];
  for (const entry of list.entries) {
    const block = readBlock(entry.text);
    if (block === undefined) return { ok: false, why: `line ${entry.line}: \`${entry.text.slice(0, 60)}\` is no network` };
    if (where === undefined || isMeant(where, entry)) blocks.push(block);
  }
  return { ok: true, entries: blocks.length, bounds: blockBounds(blocks) };
}
