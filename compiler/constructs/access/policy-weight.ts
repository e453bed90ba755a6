/**
 * How many parts the rules of a policy have when the policies that it uses are written out. Policies can double with each use,
 * so this must be known before anything writes them out. Grows with what is written, not with what it comes to.
 */
import type { CheckContext } from "../../check/context.ts";
import { childrenOf } from "../../model/expression-children.ts";
import type { Expr } from "../../model/expression.ts";
import type { Policy, Rule, Use } from "../../model/program.ts";

export const HEAVIEST_USE = 20_000;

/** `own` parts, and for each parameter how often its argument stands in them. */
type Weight = { readonly own: number; readonly times: ReadonlyMap<string, number> };

export type UseWeight = (policy: Policy, values: readonly Expr[]) => number;

const known = new WeakMap<Policy, Weight>();

/** Of a use with these arguments. The policies that `policy` uses have been read, and are not too large themselves. */
export function useWeight(context: CheckContext): UseWeight {
  const policyNamed = (name: string): Policy | undefined => {
    const declaration = context.declared("policy").find((declared) => declared.name.name === name);
    return declaration && context.meaning("policy", declaration);
  };
  const ofPolicy = (policy: Policy): Weight => {
    const weight = known.get(policy) ?? sum(policy.statements.map(ofStatement));
    known.set(policy, weight);
    return weight;
  };
  const ofUse = (policy: Policy, values: readonly Expr[]): Weight => {
    const { own, times } = ofPolicy(policy);
    const parts = policy.parameters.map(({ name }, at) => multiplied(ofExpression(values[at]), times.get(name) ?? 0));
    return sum([{ own, times: new Map() }, ...parts]);
  };
  const ofStatement = (statement: Rule | Use): Weight => {
    if (statement.kind === "rule") return ofExpression(statement.when);
    const used = policyNamed(statement.policy);
    return used === undefined ? NOTHING : ofUse(used, statement.arguments);
  };
  return (policy, values) => {
    const { own, times } = ofUse(policy, values);
    return [...times.values()].reduce((all, count) => all + count, own);
  };
}

const NOTHING: Weight = { own: 0, times: new Map() };

function ofExpression(expr: Expr | undefined): Weight {
  if (expr === undefined) return NOTHING;
  if (expr.op === "param") return { own: 0, times: new Map([[expr.name, 1]]) };
  return sum([{ own: 1, times: new Map() }, ...childrenOf(expr).map(ofExpression)]);
}

function multiplied({ own, times }: Weight, by: number): Weight {
  return { own: own * by, times: new Map([...times].map(([name, count]) => [name, count * by])) };
}

function sum(weights: readonly Weight[]): Weight {
  const times = new Map<string, number>();
  let own = 0;
  for (const weight of weights) {
    own += weight.own;
    for (const [name, count] of weight.times) times.set(name, (times.get(name) ?? 0) + count);
  }
  return { own, times };
}
