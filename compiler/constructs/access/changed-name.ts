/** What `set`, `remove` and `rename` change: `header "X-A"`, `response header "X-A"`, `query "a"`. Promises: the name is one that programs may change. */
import type { TextNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { guardReason, isHeaderName } from "../../model/header-names.ts";
import type { Transform } from "../../model/program.ts";
import type { PhraseReader } from "../phrase-reader.ts";
import { guardedHeader, notAHeaderName } from "./routing.diagnostics.ts";

export type Changed = { readonly on: Transform["on"]; readonly written: TextNode };

export function takeChanged(phrase: PhraseReader): Changed | undefined {
  if (phrase.takes("query")) return taken("query", phrase.text("a name of the query in quotes"));
  const on = phrase.takes("response") ? "response" : "request";
  return phrase.word("header") ? taken(on, phrase.text("the name of a header field in quotes")) : undefined;
}

function taken(on: Changed["on"], written: TextNode | undefined): Changed | undefined {
  return written && { on, written };
}

/** Of header fields in lower case. */
export function changeable(on: Changed["on"], node: TextNode, context: CheckContext): string | undefined {
  if (on === "query") return node.value;
  const name = node.value.toLowerCase();
  if (!isHeaderName(name)) {
    context.report(finding(notAHeaderName, node.span, { written: node.value }));
    return undefined;
  }
  const why = guardReason(name);
  if (why === undefined) return name;
  context.report(finding(guardedHeader, node.span, { name: node.value, why }));
  return undefined;
}
