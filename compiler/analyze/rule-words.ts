/** Rules in a sentence: the condition of one that stands at a level, the policy of one that came by a use. */
import type { Ir } from "../model/ir.ts";
import type { Program } from "../model/program.ts";

const MOST_NAMED = 3;

/** Whose call it is, and where rules have their words. That the caller has its identities goes without saying. */
export type RuleWords = { readonly caller: readonly string[]; readonly ir: Ir; readonly program: Program };

/** Rules that allow: each once, the first few by name, in backticks. */
export function allowWords(rules: Iterable<number>, about: RuleWords): string {
  return listed(
    inOrder(rules).map((rule) => quoted(wordsOf(rule, about).text)),
    "or",
  );
}

/**
 * Rules that forbid. `unless`: what refuses where it is true, and policies that refuse. `onlyIf`: what must be true, as a `require` says it
 * or a `deny when not`. Each is empty where there is none.
 */
export function denyWords(rules: Iterable<number>, about: RuleWords): { readonly unless: string; readonly onlyIf: string } {
  const unless: string[] = [];
  const onlyIf: string[] = [];
  for (const rule of inOrder(rules)) {
    const { text, isPolicy } = wordsOf(rule, about);
    const needed = about.ir.rules[rule]?.effect === "require" ? text : denied(text);
    if (isPolicy) unless.push(`${quoted(text)} refuses`);
    else if (needed === undefined) unless.push(quoted(text));
    else onlyIf.push(quoted(needed));
  }
  return { unless: listed(unless, "or"), onlyIf: listed(onlyIf, "and") };
}

const inOrder = (rules: Iterable<number>): readonly number[] => [...rules].sort((a, b) => a - b);
const quoted = (text: string): string => `\`${unwrapped(text) ?? text}\``;

function listed(words: readonly string[], joint: "and" | "or"): string {
  const distinct = [...new Set(words)];
  const named = distinct.slice(0, MOST_NAMED);
  const more = distinct.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(` ${joint} `);
}

/** What `text` says is not so: `not (a or b)`, or `not a` where nothing follows. */
function denied(text: string): string | undefined {
  if (!text.startsWith("not ")) return undefined;
  const rest = text.slice("not ".length);
  return unwrapped(rest) ?? (/^[\w.]+(?:\((?:"[^"]*"|[\w.]*)\))?$/.test(rest) ? rest : undefined);
}

/** What stands between parentheses that hold all of `text`. */
function unwrapped(text: string): string | undefined {
  if (!text.startsWith("(") || !text.endsWith(")")) return undefined;
  let depth = 0;
  for (const { 0: part, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[()]/g)) {
    if (part === "(") depth++;
    else if (part === ")" && --depth === 0 && index < text.length - 1) return undefined;
  }
  return text.slice(1, -1);
}

function wordsOf(number: number, { caller, ir, program }: RuleWords): { readonly text: string; readonly isPolicy: boolean } {
  const rule = ir.rules[number];
  const [outermost] = rule?.sites ?? [];
  const site = outermost === undefined ? undefined : program.sites[outermost];
  const label = (site?.label ?? rule?.label ?? "").replace(/ because .*$/, "");
  switch (site?.kind) {
    case "use":
      return { text: label.replace(/^use /, ""), isPolicy: true };
    case "apply":
      return { text: label.replace(/^apply /, "").replace(/ to routes .*$/, ""), isPolicy: true };
    default: {
      const condition = label.replace(/^require /, "").replace(/^(?:allow|deny) +when /, "");
      return { text: caller.reduce((rest, identity) => rest.replace(`principal is ${identity} and `, ""), condition), isPolicy: false };
    }
  }
}
