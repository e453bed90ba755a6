/** The rules in effect somewhere, each once by its key, in the order of their keys. */
import type { IrRule } from "../model/ir.ts";
import type { Program } from "../model/program.ts";
import type { StatedRule } from "./level-rules.ts";

export type RuleTable = { readonly number: (rule: StatedRule) => number; readonly rules: () => readonly IrRule[] };

export function ruleTable(program: Program): RuleTable {
  const numbers = new Map<string, number>();
  const rules: IrRule[] = [];
  const seen = new WeakMap<StatedRule, number>();

  const add = (rule: StatedRule): number => {
    const key = rule.sites.join("/");
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const site = program.sites[rule.sites.at(-1) ?? -1];
    numbers.set(key, rules.length);
    return (
      rules.push({
        key,
        sites: rule.sites,
        effect: rule.effect,
        ...(rule.because === undefined ? {} : { because: rule.because }),
        span: site?.span ?? rule.when.span,
        label: site?.label ?? rule.effect,
      }) - 1
    );
  };

  return {
    number: (rule) => {
      const number = seen.get(rule) ?? add(rule);
      seen.set(rule, number);
      return number;
    },
    rules: () => rules,
  };
}
