/** Addresses as other programs write them, and how GWL does: quotes, brackets, shorthand, first and last address. Promises: only advice. */
import type { Binary, Expression } from "../../../../grammar/ast.ts";
import { cidrsOf } from "../../../model/address-ranges.ts";
import { parseAddress, parseBlock } from "../../../model/address-text.ts";

/** `10.0.0.1-10.0.0.9` */
export function isAddressRange({ operator, left, right }: Binary): boolean {
  return (
    operator === "-" && left.kind === "ip" && right.kind === "ip" && parseAddress(left.text)?.family === parseAddress(right.text)?.family
  );
}

/** What to write for what is no network; undefined where nothing special is known. */
export function networkAdvice(node: Expression): string | undefined {
  switch (node.kind) {
    case "text":
      return isWritten(node.value) ? `networks stand without quotes: \`${node.value}\`` : undefined;
    case "list":
      return "no brackets stand around networks: their entries are gathered in `network NAME { CIDR, ... }`";
    case "int":
    case "decimal":
      return shorthandAdvice(node.text);
    case "binary":
      return isAddressRange(node) && node.left.kind === "ip" && node.right.kind === "ip"
        ? rangeAdvice(node.left.text, node.right.text)
        : undefined;
    default:
      return undefined;
  }
}

function isWritten(text: string): boolean {
  return parseAddress(text) !== undefined || parseBlock(text).kind === "block";
}

function shorthandAdvice(text: string): string | undefined {
  const parts = text.split(".");
  if (parts.some((part) => !/^[0-9]{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  const network = `${[...parts, "0", "0", "0"].slice(0, 4).join(".")}/${parts.length * 8}`;
  return `write all four parts and the prefix, as in \`${network}\`: programs differ in what they take \`${text}\` for`;
}

/** More blocks than anybody would write by hand are not listed. */
const MOST_BLOCKS = 8;

function rangeAdvice(first: string, last: string): string {
  const [low, high] = [parseAddress(first), parseAddress(last)];
  const general = "`-` takes one network from another; a range of addresses is written as the blocks that make it up";
  if (low?.family !== "ipv4" || high?.family !== "ipv4" || low.value > high.value) return general;
  const blocks = cidrsOf({ ipv4: [low.value, high.value + 1], ipv6: [] });
  return blocks.length > MOST_BLOCKS ? general : `${general}: \`${blocks.join(", ")}\``;
}
