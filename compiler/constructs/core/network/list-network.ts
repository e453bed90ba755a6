/** `network NAME from "FILE" where ...`: the blocks of a list. Promises: one broken entry breaks the list; up to five are shown. */
import type { Expression, TextNode } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import { addressSet, type AddressSet, swallowedBlocks } from "../../../model/address-ranges.ts";
import { type Block, blockOfAddress, parseAddress, parseBlock } from "../../../model/address-text.ts";
import type { DataFile } from "../../../load/loaded.ts";
import { readJsonList } from "./json-list.ts";
import { readListCondition } from "./list-condition.ts";
import type { ListEntry } from "./list-format.ts";
import { brokenList, brokenListEntries, noListAttributes, nothingSelected, swallowedInList } from "./network.diagnostics.ts";
import { readTextList } from "./text-list.ts";

/** Undefined after a finding. */
export function readListNetwork(path: TextNode, condition: Expression | undefined, context: CheckContext): AddressSet | undefined {
  const data = context.data(path, "list");
  if (data === undefined) return undefined;
  const text = data.text.replace(/^\uFEFF/, "");
  const list = /^\s*[{[]/.test(text) ? readJsonList(text) : readTextList(text);
  if (list.kind === "broken") {
    context.report(finding(brokenList, path.span, { file: data.file, why: list.why }));
    return undefined;
  }
  const blocks = readBlocks(list.entries, data, path, context);
  if (blocks === undefined) return undefined;
  const chosen = condition === undefined ? blocks : choose(list.entries, list.attributes, blocks, condition, data, context);
  if (chosen === undefined) return undefined;
  const swallowed = swallowedBlocks(chosen).length;
  if (swallowed > 0) context.report(finding(swallowedInList, path.span, { file: data.file, count: swallowed }));
  return addressSet(chosen);
}

function choose(
  entries: readonly ListEntry[],
  attributes: readonly string[],
  blocks: readonly Block[],
  condition: Expression,
  data: DataFile,
  context: CheckContext,
): readonly Block[] | undefined {
  if (attributes.length === 0) {
    context.report(finding(noListAttributes, condition.span, { file: data.file }));
    return undefined;
  }
  const selects = readListCondition(condition, entries, attributes, context);
  if (selects === undefined) return undefined;
  const chosen = blocks.filter((_, at) => {
    const entry = entries[at];
    return entry !== undefined && selects(entry);
  });
  if (chosen.length > 0) return chosen;
  context.report(finding(nothingSelected, condition.span, {}));
  return undefined;
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
