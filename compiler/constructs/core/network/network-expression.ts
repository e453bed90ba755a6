/** Networks written out: CIDR blocks, names, and `+`, `-`, `&`. Promises: exact, and one finding for one cause. */
import type { Block as BlockNode, Entry, Expression } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { readCidr, readIp } from "../../../check/literals/address-literals.ts";
import {
  addressSet,
  type AddressSet,
  addressSetOfCidrs,
  difference,
  intersection,
  swallowedBlocks,
  union,
} from "../../../model/address-ranges.ts";
import { type Block, blockOfAddress, blockText, parseAddress, parseBlock } from "../../../model/address-text.ts";
import { isExpression } from "../../terms.ts";
import { isAddressRange, networkAdvice } from "./network-habits.ts";
import { addressWithoutPrefix, notANetwork, swallowedEntry } from "./network.diagnostics.ts";
import { reloadedPart } from "./reload.diagnostics.ts";

/** `{ 203.0.113.0/24, office }`: all of its entries together. Undefined after a finding. */
export function readNetworkBlock({ entries }: BlockNode, context: CheckContext): AddressSet | undefined {
  const literals: { readonly block: Block; readonly span: Span }[] = [];
  let set: AddressSet | undefined = { ipv4: [], ipv6: [] };
  for (const entry of entries) {
    const node = expressionOf(entry, context);
    if (node?.kind === "cidr") {
      const block = readBlock(node, context);
      if (block === undefined) set = undefined;
      else literals.push({ block, span: node.span });
      continue;
    }
    const part: AddressSet | undefined = node && readNetworkExpression(node, context);
    set = set && part && union(set, part);
  }
  reportSwallowed(literals, context);
  return set && union(set, addressSet(literals.map(({ block }) => block)));
}

/** Undefined after a finding. */
export function readNetworkExpression(node: Expression, context: CheckContext): AddressSet | undefined {
  switch (node.kind) {
    case "name": {
      const network = context.resolve("network", node);
      if (network?.reload !== undefined) {
        context.report(finding(reloadedPart, node.span, { name: node.name }));
        return undefined;
      }
      return network && addressSetOfCidrs(network.cidrs);
    }
    case "paren":
      return readNetworkExpression(node.inner, context);
    case "cidr": {
      const block = readBlock(node, context);
      return block && addressSet([block]);
    }
    case "ip":
      reportAddress(node, context);
      return undefined;
    case "binary": {
      const combine = node.operator === "+" ? union : node.operator === "-" ? difference : node.operator === "&" ? intersection : undefined;
      if (combine === undefined || isAddressRange(node)) return refuse(node.span, context, networkAdvice(node));
      const left = readNetworkExpression(node.left, context);
      const right = readNetworkExpression(node.right, context);
      return left && right && combine(left, right);
    }
    default:
      return refuse(node.span, context, networkAdvice(node));
  }
}

/** A lone name is a statement to the grammar, all else an item. */
function expressionOf(entry: Entry, context: CheckContext): Expression | undefined {
  if (entry.kind === "statement" && entry.phrase.terms.length === 0) return entry.word;
  const [first, ...more] = entry.kind === "item" ? entry.value.terms : [];
  return isExpression(first) && more.length === 0 ? first : refuse(entry.span, context);
}

type AddressNode = { readonly text: string; readonly span: Span };

function readBlock({ text, span }: AddressNode, context: CheckContext): Block | undefined {
  const reading = readCidr(text, span);
  if ("problem" in reading) {
    context.report(reading.problem);
    return undefined;
  }
  const parsed = parseBlock(text);
  return parsed.kind === "block" ? parsed.block : undefined;
}

function reportAddress({ text, span }: AddressNode, context: CheckContext): void {
  const address = parseAddress(text);
  if (address !== undefined) {
    context.report(finding(addressWithoutPrefix, span, { written: text, network: blockText(blockOfAddress(address)) }));
    return;
  }
  const reading = readIp(text, span);
  if ("problem" in reading) context.report(reading.problem);
}

function reportSwallowed(literals: readonly { readonly block: Block; readonly span: Span }[], context: CheckContext): void {
  for (const { inner, outer } of swallowedBlocks(literals.map(({ block }) => block))) {
    const [small, large] = [literals[inner], literals[outer]];
    if (small === undefined || large === undefined) continue;
    const holes = { inner: blockText(small.block), outer: blockText(large.block) };
    context.report(finding(swallowedEntry, small.span, holes, [{ span: large.span, message: "already holds it" }]));
  }
}

function refuse(span: Span, context: CheckContext, hint?: string): undefined {
  context.report(finding(notANetwork, span, { found: context.written(span, 60), hint }));
  return undefined;
}
