/** `network NAME from "FILE" where ...`: the blocks of a list, as it is now. Promises: one broken entry breaks the list; up to five are shown. */
import type { Expression, TextNode } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import { addressSet, type AddressSet, swallowedBlocks } from "../../../model/address-ranges.ts";
import { type Block, blockOfAddress, parseAddress, parseBlock } from "../../../model/address-text.ts";
import type { DataFile } from "../../../load/loaded.ts";
import type { ListCondition } from "../../../../runtime/contract/network-lists.ts";
import { isMeant } from "../../../../runtime/lists/list-condition.ts";
import type { ListEntry } from "../../../../runtime/lists/list-format.ts";
import { readList } from "../../../../runtime/lists/read-list.ts";
import { readListCondition } from "./list-condition.ts";
import { brokenList, brokenListEntries, noListAttributes, nothingSelected, swallowedInList } from "./network.diagnostics.ts";

/** `entries`: how many are meant. */
export type ReadList = { readonly addresses: AddressSet; readonly entries: number; readonly where?: ListCondition };

/** Undefined after a finding. */
export function readListNetwork(path: TextNode, condition: Expression | undefined, context: CheckContext): ReadList | undefined {
  const data = context.data(path, "list");
  if (data === undefined) return undefined;
  const list = readList(data.text);
  if (list.kind === "broken") {
    context.report(finding(brokenList, path.span, { file: data.file, why: list.why }));
    return undefined;
  }
  const blocks = readBlocks(list.entries, data, path, context);
  if (blocks === undefined) return undefined;
  const where = condition && readWhere(list.entries, list.attributes, condition, data, context);
  if (condition !== undefined && where === undefined) return undefined;
  const chosen = where === undefined ? blocks : choose(list.entries, blocks, where);
  if (condition !== undefined && chosen.length === 0) {
    context.report(finding(nothingSelected, condition.span, {}));
    return undefined;
  }
  const swallowed = swallowedBlocks(chosen).length;
  if (swallowed > 0) context.report(finding(swallowedInList, path.span, { file: data.file, count: swallowed }));
  return { addresses: addressSet(chosen), entries: chosen.length, ...(where && { where }) };
}

function readWhere(
  entries: readonly ListEntry[],
  attributes: readonly string[],
  condition: Expression,
  data: DataFile,
  context: CheckContext,
): ListCondition | undefined {
  if (attributes.length > 0) return readListCondition(condition, entries, attributes, context);
  context.report(finding(noListAttributes, condition.span, { file: data.file }));
  return undefined;
}

function choose(entries: readonly ListEntry[], blocks: readonly Block[], where: ListCondition): readonly Block[] {
  return blocks.filter((_, at) => {
    const entry = entries[at];
    return entry !== undefined && isMeant(where, entry);
  });
}

const SHOWN = 5;

/** One block for each entry, in their order. */
function readBlocks(entries: readonly ListEntry[], data: DataFile, path: TextNode, context: CheckContext): readonly Block[] | undefined {
  const blocks: Block[] = [];
  const samples: string[] = [];
  let broken = 0;
  for (const { text, line } of entries) {
    const block = blockOf(text);
    if (typeof block !== "string") blocks.push(block);
    else {
      broken += 1;
      if (samples.length < SHOWN) samples.push(`line ${line}: \`${text.slice(0, 60)}\` ${block}`);
    }
  }
  if (broken === 0) return blocks;
  context.report(finding(brokenListEntries, path.span, { file: data.file, count: broken, samples }));
  return undefined;
}

/** A block, or why there is none. A bare address is the block of that address. */
function blockOf(text: string): Block | string {
  if (!text.includes("/")) {
    const address = parseAddress(text);
    return address === undefined ? "is not an IP address" : blockOfAddress(address);
  }
  const reading = parseBlock(text);
  switch (reading.kind) {
    case "block":
      return reading.block;
    case "not-an-address":
      return "is not an IP address";
    case "bad-prefix":
      return `has no prefix from 0 to ${reading.longest}`;
    case "host-bits":
      return `has bits set behind its prefix (the network is ${reading.network})`;
  }
}
