/** A setting that is one word of a few. */
import type { Phrase } from "../../grammar/ast.ts";
import { finding } from "../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../check/context.ts";
import { unknownChoice } from "./access/routing.diagnostics.ts";
import { foundTerm } from "./terms.ts";

/** `name`: of the setting. Undefined where it is not said, or where what is said is none of the choices, which is reported. */
export function readChoice<const Choice extends string>(
  name: string,
  phrase: Phrase | undefined,
  choices: readonly Choice[],
  context: CheckContext,
): Choice | undefined {
  if (phrase === undefined) return undefined;
  const [first, ...more] = phrase.terms;
  const chosen = first?.kind === "name" && more.length === 0 ? choices.find((known) => known === first.name) : undefined;
  if (chosen !== undefined) return chosen;
  const found = foundTerm(first, context.written(phrase.span));
  context.report(finding(unknownChoice, phrase.span, { name, found, choices }));
  return undefined;
}
