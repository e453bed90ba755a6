/** `[br, gzip]`: codings by their names (RFC 9110 section 8.4.1), each once. */
import type { Phrase } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { unknownChoice } from "../access/routing.diagnostics.ts";

/** All that there are, where the phrase is not good, which is reported. */
export function readCodings<Coding extends string>(phrase: Phrase, all: readonly Coding[], context: CheckContext): readonly Coding[] {
  const [list, ...more] = phrase.terms;
  const items = list?.kind === "list" && more.length === 0 ? list.items : [];
  const codings = items.flatMap((item) => all.find((coding) => item.kind === "name" && item.name === coding) ?? []);
  if (codings.length > 0 && codings.length === items.length && new Set(codings).size === codings.length) return codings;
  const choices = [`[${all.join(", ")}]`, "[gzip]"];
  context.report(finding(unknownChoice, phrase.span, { name: "with", found: context.written(phrase.span, 40), choices }));
  return all;
}
