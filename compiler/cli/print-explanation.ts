/** An explanation for people: the answer first, then the way to it. */
import type { Outcome } from "../../runtime/contract/gateway.ts";
import type { Program } from "../model/program.ts";
import type { Explanation, RuleTrace } from "../reference/index.ts";
import { describeOutcome } from "../testing/run-tests.ts";
import type { Terminal } from "./terminal.ts";

type Shown = Extract<Explanation, { readonly outcome: Outcome }>;

export function printExplanation({ outcome, trace }: Shown, program: Program, placeOf: (site: number) => string, terminal: Terminal): void {
  const { style, out } = terminal;
  const colour = outcome.decision.effect === "allow" ? "green" : "red";
  out(`${style(colour, describeOutcome(outcome, program, placeOf))}\n`);
  for (const line of facts(outcome)) out(`  ${style("dim", line)}\n`);
  for (const { name, happened, rules } of trace.phases) {
    out(`\n${style("bold", name)}: ${happened}\n`);
    for (const rule of rules) out(ruleLine(rule, program, placeOf, terminal));
  }
  if (trace.notAsked.length === 0) return;
  out(`\n${style("bold", "not asked")}: decided before\n`);
  for (const rule of trace.notAsked) out(ruleLine(rule, program, placeOf, terminal));
}

function facts({ decision, client, answer }: Outcome): readonly string[] {
  const parameters = Object.entries(decision.parameters).map(([name, value]) => `${name} = ${value}`);
  return [
    ...(decision.route === undefined ? [] : [`route ${decision.route}${parameters.length === 0 ? "" : ` with ${parameters.join(", ")}`}`]),
    `client ${client}${decision.principal === undefined ? "" : `, ${decision.principal.identity} ${decision.principal.id}`}`,
    ...(answer.kind === "forward" ? [`goes to ${answer.backend}: ${answer.method} ${answer.target}`] : []),
  ];
}

function ruleLine(rule: RuleTrace, program: Program, placeOf: (site: number) => string, { style }: Terminal): string {
  const label = rule.sites.map((site) => program.sites[site]?.label ?? "?").join(" > ");
  const place = placeOf(rule.sites.at(-1) ?? -1);
  const answer = rule.condition === "not asked" ? "  -  " : rule.condition.padEnd(5);
  const line = `  ${rule.decided ? "▶" : " "} ${answer} ${label}  ${style("dim", place)}\n`;
  return rule.decided ? style("bold", line) : line;
}
