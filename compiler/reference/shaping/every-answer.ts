/** Fields that all answers have, and how refusals look (D223): the nearest level that speaks of it counts. */
import type { Answer, HeaderField, LocalAnswer, Outcome } from "../../../runtime/contract/gateway.ts";
import type { RefusalForm } from "../../model/every-answer.ts";
import type { Scope } from "../../model/program.ts";
import type { BoundProgram } from "../bound-program.ts";

export function withEveryAnswer(program: BoundProgram, outcome: Outcome): Outcome {
  const { decision, answer } = outcome;
  const levels = levelsOf(program, outcome);
  const dressed = decision.effect === "deny" && answer.kind === "local" ? asSaid(answer, decision.cause, levels) : answer;
  return { ...outcome, answer: withFields(dressed, always(levels)) };
}

export function fault(program: BoundProgram, kind: string, answer: LocalAnswer, outcome: Outcome | undefined): LocalAnswer {
  const levels = levelsOf(program, outcome);
  const said = asSaid(answer, kind, levels);
  return { ...said, headers: over(said.headers, always(levels)) };
}

function levelsOf({ routes, gateway }: BoundProgram, outcome: Outcome | undefined): readonly Scope[] {
  const placed = outcome && routes.find(({ route }) => route.key === outcome.decision.route);
  return placed ? placed.levels : [gateway];
}

function always(levels: readonly Scope[]): readonly HeaderField[] {
  const said = levels.flatMap(({ securityHeaders }) => securityHeaders ?? []).at(-1);
  return said === undefined || said === "none" ? [] : said.fields;
}

function asSaid<A extends LocalAnswer>(answer: A, kind: string, levels: readonly Scope[]): A {
  const nearest = (wanted: string): RefusalForm | undefined =>
    levels.flatMap(({ refusals = [] }) => refusals).findLast((form) => form.kind === wanted);
  const form = nearest(kind) ?? nearest(answer.status >= 500 ? "server-errors" : "client-errors") ?? nearest("any");
  if (form === undefined) return answer;
  const typed: readonly HeaderField[] = form.body ? [["content-type", form.body.type], ...form.headers] : form.headers;
  return {
    ...answer,
    status: form.status ?? answer.status,
    headers: over(answer.headers, typed),
    body: form.body ? form.body.text : answer.body,
  };
}

function withFields(answer: Answer, fields: readonly HeaderField[]): Answer {
  if (answer.kind === "local") return { ...answer, headers: over(answer.headers, fields) };
  return { ...answer, responseHeaders: [...answer.responseHeaders, ...fields.map(([name, value]) => [name, [value]] as const)] };
}

function over(fields: readonly HeaderField[], others: readonly HeaderField[]): readonly HeaderField[] {
  const names = others.map(([name]) => name);
  return [...fields.filter(([name]) => !names.includes(name)), ...others];
}
