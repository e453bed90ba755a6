/** An explanation for people: the answer first, then the way to it. */
import { askedBackends } from "../model/asked-backends.ts";
import type { Outcome } from "../../runtime/contract/gateway.ts";
import type { PhaseName, RuleTrace } from "../reference/index.ts";
import type { Explained, ExplainedRequest } from "./explanation-json.ts";
import { missedLines } from "./print-missed.ts";
import { type PlaceRule, sitesOf } from "./rule-places.ts";
import { shortened } from "./shortened.ts";
import type { Terminal } from "./terminal.ts";

/** What the phases are to somebody who asks about one call. */
const TITLES: Readonly<Record<PhaseName, string>> = {
  "canonical request": "request",
  "client address": "client",
  preflight: "preflight",
  route: "route",
  "single fields": "repeated fields",
  upgrade: "handshake",
  entry: "door",
  "rules before authentication": "rules for every caller",
  authentication: "caller",
  "rules about the caller": "rules about the caller",
  limits: "limits",
  body: "body",
  "rules about the body": "rules about the body",
  answer: "answer",
};
const TITLE_WIDTH = Math.max(...Object.values(TITLES).map((title) => title.length)) + 2;

export function printExplanation(asked: ExplainedRequest, { outcome, trace }: Explained, placeRule: PlaceRule, terminal: Terminal): void {
  const { style, out } = terminal;
  const line = ruleLines(placeRule, terminal);
  out(`${verdict(outcome, terminal)}\n`);
  for (const key of outcome.decision.rules) {
    const { label, at, through } = placeRule(sitesOf(key));
    out(`  by ${shortened(label, terminal.width - at.length - 7)}  ${style("dim", at)}\n`);
    for (const step of through)
      out(`     ${style("dim", `through ${shortened(step.label, terminal.width - step.at.length - 15)}  ${step.at}`)}\n`);
  }
  out(`\n${style("dim", circumstances(asked))}\n\n`);
  for (const { name, happened, rules } of trace.phases) {
    if (name === "rules about the body" && rules.length === 0) continue;
    const detail = name === "route" ? withParameters(happened, outcome) : inWords(happened);
    out(`${style("bold", TITLES[name].padEnd(TITLE_WIDTH))}${shortened(detail, terminal.width - TITLE_WIDTH)}\n`);
    for (const rule of rules) out(line(rule));
  }
  const missed = trace.missed === undefined ? [] : missedLines(trace.missed);
  for (const [at, text] of missed.entries()) out(`${style("bold", (at === 0 ? "nearest" : "").padEnd(TITLE_WIDTH))}${text}\n`);
  if (trace.notAsked.length === 0) return;
  out(`${style("bold", "never asked".padEnd(TITLE_WIDTH))}it was decided before\n`);
  for (const rule of trace.notAsked) out(line(rule));
}

function verdict({ decision, answer }: Outcome, { style }: Terminal): string {
  const status = answer.kind === "local" ? ` (${answer.status})` : `, goes to ${askedBackends(answer).join(" and ")}`;
  if (decision.effect === "allow") return style("green", `allowed${status}`);
  if (decision.cause === "rule") return style("red", `denied${status}`);
  if (decision.cause === "default") return style("red", `denied${status} by default: no rule allows it`);
  return style("red", `refused${status}: ${decision.cause.replaceAll("-", " ")}`);
}

function circumstances({ request, stage }: ExplainedRequest): string {
  const callers = request.as.map(({ identity, claims }) => ` as ${identity} ${JSON.stringify(claims)}`).join("");
  const time = request.at === undefined ? "" : ` at ${new Date(request.at).toISOString()}`;
  return `${request.method} ${request.target} from ${request.from}${callers}${time}${stage === undefined ? "" : ` in stage ${stage}`}`;
}

/** Causes have the names that logs and problem types have. */
function inWords(happened: string): string {
  if (happened === "refused: rule") return "denied";
  if (happened === "refused: default") return "denied by default";
  return happened.startsWith("refused: ") ? happened.replaceAll("-", " ") : happened;
}

function withParameters(happened: string, { decision }: Outcome): string {
  const parameters = Object.entries(decision.parameters).map(([name, value]) => `${name} = ${value}`);
  return parameters.length === 0 ? happened : `${happened} with ${parameters.join(", ")}`;
}

/** `▶` marks who decided. */
function ruleLines(placeRule: PlaceRule, { style, width }: Terminal): (rule: RuleTrace) => string {
  return ({ sites, condition, decided }) => {
    const { label, at, through } = placeRule(sites);
    const answer = condition === "not asked" ? "-" : condition;
    const text = `  ${decided ? "▶" : " "} ${answer.padEnd(6)}${shortened(label, width - at.length - 12)}`;
    const ways = through.map(
      (step) => `\n${" ".repeat(12)}${style("dim", `through ${shortened(step.label, width - step.at.length - 22)}  ${step.at}`)}`,
    );
    return `${decided ? style("bold", text) : text}  ${style("dim", at)}${ways.join("")}\n`;
  };
}
