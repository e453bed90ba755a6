/**
 * `network NAME`: a set of addresses, written out, computed from others, or read from a list. Promises: canonical blocks,
 * folded, so that two networks of the same addresses are the same.
 */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { type AddressSet, cidrsOf, isEmptySet } from "../../model/address-ranges.ts";
import type { Network } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { notSupportedYet } from "../frame.diagnostics.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import { readListNetwork } from "./network/list-network.ts";
import { emptyNetwork } from "./network/network.diagnostics.ts";
import { readNetworkBlock, readNetworkExpression } from "./network/network-expression.ts";

export const network: DeclarationConstruct<"network"> = {
  kind: "declaration",
  words: ["network"],
  within: ["file"],
  summary: "a set of addresses with a name",
  written: ["network NAME { CIDR, ... }", "network NAME = NETWORK + NETWORK - NETWORK", 'network NAME from "FILE" where CONDITION'],
  declares: "network",
  mean: readNetwork,
};

function readNetwork({ statement, name }: Declaration, context: CheckContext): Network | undefined {
  const phrase = readPhrase(statement, network, context);
  phrase.name("a name");
  const set = readAddresses(phrase, context);
  if (set === undefined) return undefined;
  if (isEmptySet(set)) context.report(finding(emptyNetwork, name.span, { name: name.name }));
  return { name: name.name, cidrs: cidrsOf(set), span: statement.span };
}

function readAddresses(phrase: PhraseReader, context: CheckContext): AddressSet | undefined {
  const block = phrase.optionalBlock();
  if (block !== undefined) return phrase.end() ? readNetworkBlock(block, context) : undefined;
  if (phrase.takesMark("=")) {
    const node = phrase.expression("networks, as in `office + vpn`");
    return phrase.end() && node !== undefined ? readNetworkExpression(node, context) : undefined;
  }
  if (!phrase.takes("from")) {
    phrase.refuse("`{`, `=` or `from`");
    return undefined;
  }
  const path = phrase.text("a file in quotes");
  const condition = phrase.takes("where") ? phrase.expression("a condition") : undefined;
  const next = phrase.peek();
  if (next?.kind === "name" && next.name === "reload") {
    context.report(finding(notSupportedYet, next.span, { what: "`reload`", instead: "lists are read when the gateway is built" }));
    return undefined;
  }
  return phrase.end() && path !== undefined ? readListNetwork(path, condition, context) : undefined;
}
