/**
 * `network NAME`: a set of addresses, written out, computed from others, or read from a list. Promises: canonical blocks,
 * folded, so that two networks of the same addresses are the same.
 */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { TextNode } from "../../../grammar/ast.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { readPath } from "../../load/paths.ts";
import { type AddressSet, cidrsOf, isEmptySet } from "../../model/address-ranges.ts";
import type { Network } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import { readListNetwork } from "./network/list-network.ts";
import { emptyNetwork } from "./network/network.diagnostics.ts";
import { readNetworkBlock, readNetworkExpression } from "./network/network-expression.ts";
import { readReload } from "./network/reload.ts";
import { reloadOfNoList } from "./network/reload.diagnostics.ts";

export const network: DeclarationConstruct<"network"> = {
  kind: "declaration",
  words: ["network"],
  within: ["file"],
  summary: "a set of addresses with a name",
  written: [
    "network NAME { CIDR, ... }",
    "network NAME = NETWORK + NETWORK - NETWORK",
    'network NAME from "FILE" where CONDITION',
    'network NAME from "FILE" where CONDITION reload every DURATION shrink at most PERCENT',
  ],
  declares: "network",
  mean: readNetwork,
};

function readNetwork({ statement, name }: Declaration, context: CheckContext): Network | undefined {
  const phrase = readPhrase(statement, network, context);
  phrase.name("a name");
  const read = readAddresses(phrase, context);
  if (read === undefined) return undefined;
  const { addresses, reload } = read;
  if (isEmptySet(addresses)) context.report(finding(emptyNetwork, name.span, { name: name.name }));
  return { name: name.name, cidrs: cidrsOf(addresses), ...(reload && { reload }), span: statement.span };
}

type Read = { readonly addresses: AddressSet } & Pick<Network, "reload">;

function readAddresses(phrase: PhraseReader, context: CheckContext): Read | undefined {
  const block = phrase.optionalBlock();
  if (block !== undefined) return writtenOut(phrase, context) ? only(readNetworkBlock(block, context)) : undefined;
  if (phrase.takesMark("=")) {
    const node = phrase.expression("networks, as in `office + vpn`");
    return writtenOut(phrase, context) && node !== undefined ? only(readNetworkExpression(node, context)) : undefined;
  }
  if (!phrase.takes("from")) {
    phrase.refuse("`{`, `=` or `from`");
    return undefined;
  }
  const path = phrase.text("a file in quotes");
  const condition = phrase.takes("where") ? phrase.expression("a condition") : undefined;
  const again = readReload(phrase, context);
  if (!phrase.end() || path === undefined || again === undefined) return undefined;
  const list = readListNetwork(path, condition, context);
  if (list === undefined) return undefined;
  const { addresses, ...facts } = list;
  return again === "never" ? { addresses } : { addresses, reload: { path: pathOf(path), ...again, ...facts } };
}

function only(addresses: AddressSet | undefined): Read | undefined {
  return addresses && { addresses };
}

/** The end of what stands in the source itself, where nothing can be read again. */
function writtenOut(phrase: PhraseReader, context: CheckContext): boolean {
  const next = phrase.peek();
  if (next?.kind !== "name" || next.name !== "reload") return phrase.end();
  context.report(finding(reloadOfNoList, next.span, {}));
  return false;
}

/** As it is written, links not followed: where the list is when the gateway serves may be another place than now. */
function pathOf({ span, value }: TextNode): string {
  const reading = readPath(span.file, value);
  return reading.kind === "path" ? reading.path : value;
}
