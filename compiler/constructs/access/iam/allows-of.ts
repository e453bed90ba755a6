/** What rules allow, as conditions: those of the policies that they use among them, with what the uses give for parameters. */
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Policy, Rule, Use } from "../../../model/program.ts";
import { type Given, givenTo, substitute } from "../../../model/substitute.ts";

export function allowsOf(rules: readonly (Rule | Use)[], context: CheckContext): readonly Expr[] {
  return allowsWith(rules, new Map(), [], context);
}

/** `around`: the policies that are being read; one that uses itself is reported elsewhere. */
function allowsWith(rules: readonly (Rule | Use)[], given: Given, around: readonly Policy[], context: CheckContext): readonly Expr[] {
  return rules.flatMap((rule): readonly Expr[] => {
    if (rule.kind === "rule") return rule.effect === "allow" ? [substitute(rule.when, given)] : [];
    const declaration = context.declared("policy").find(({ name }) => name.name === rule.policy);
    const policy = declaration && context.meaning("policy", declaration);
    if (policy === undefined || around.includes(policy)) return [];
    const values = rule.arguments.map((argument) => substitute(argument, given));
    return allowsWith(policy.statements, givenTo(policy, values), [...around, policy], context);
  });
}

/** False of none. */
export function anyOf(conditions: readonly Expr[], span: Span): Expr {
  const [only] = conditions;
  if (only === undefined) return { op: "const", value: false, type: { kind: "bool" }, span };
  return conditions.length === 1 ? only : { op: "or", operands: conditions, type: { kind: "bool" }, span };
}
