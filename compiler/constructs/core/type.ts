/** `type NAME = TYPE`: a name for a type; of a scalar, a type of its own. Must not know how types are written: the type room reads them. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { PLAN_TYPE } from "../../model/plans.ts";
import type { Type } from "../../model/types.ts";
import { planTypeTaken } from "../traffic/traffic.diagnostics.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

export const type: DeclarationConstruct<"type"> = {
  kind: "declaration",
  words: ["type"],
  within: ["file"],
  summary: "a type with a name",
  written: ["type NAME = TYPE"],
  declares: "type",
  mean: readDeclaredType,
};

function readDeclaredType(declaration: Declaration, context: CheckContext): Type | undefined {
  const phrase = readPhrase(declaration.statement, type, context);
  phrase.name("a name");
  phrase.mark("=");
  if (phrase.peek() === undefined) phrase.refuse("a type");
  reportTaken(declaration, context);
  const terms = phrase.rest();
  return phrase.end() ? context.declaredType(declaration, terms) : undefined;
}

/** Said where the type stands and not where the plan does: a file's findings are known when it is read, whatever else is. */
function reportTaken({ name }: Declaration, context: CheckContext): void {
  const [plan] = name.name === PLAN_TYPE ? context.declared("plan") : [];
  if (plan === undefined) return;
  context.report(finding(planTypeTaken, name.span, {}, [{ span: plan.name.span, message: "this plan is one of its values" }]));
}
