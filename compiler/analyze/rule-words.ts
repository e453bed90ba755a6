/** Rules in a sentence: the condition of one that stands at a level, the policy of one that came by a use. */
import type { Ir } from "../model/ir.ts";
import type { Program } from "../model/program.ts";

const MOST_NAMED = 3;

/** Each once, the first few by name, in backticks; of a policy that forbids, that it refuses. That `caller` has its identities goes without saying. */
export function ruleWords(rules: Iterable<number>, caller: readonly string[], ir: Ir, program: Program): string {
  const words = [...rules]
    .sort((a, b) => a - b)
    .map((rule) => {
      const { text, isPolicy } = wordsOf(rule, ir, program);
      const quoted = `\`${caller.reduce((rest, identity) => rest.replace(`principal is ${identity} and `, ""), text)}\``;
      return isPolicy && ir.rules[rule]?.effect !== "allow" ? `${quoted} refuses` : quoted;
    });
  const distinct = [...new Set(words)];
  const named = distinct.slice(0, MOST_NAMED);
  const more = distinct.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(" or ");
}

function wordsOf(number: number, ir: Ir, program: Program): { readonly text: string; readonly isPolicy: boolean } {
  const rule = ir.rules[number];
  const [outermost] = rule?.sites ?? [];
  const site = outermost === undefined ? undefined : program.sites[outermost];
  const label = (site?.label ?? rule?.label ?? "").replace(/ because .*$/, "");
  switch (site?.kind) {
    case "use":
      return { text: label.replace(/^use /, ""), isPolicy: true };
    case "apply":
      return { text: label.replace(/^apply /, "").replace(/ to routes .*$/, ""), isPolicy: true };
    default:
      return {
        text: rule?.effect === "require" ? `not (${label.replace(/^require /, "")})` : label.replace(/^(allow|deny) +when /, ""),
        isPolicy: false,
      };
  }
}
