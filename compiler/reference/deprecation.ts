/** `deprecated`: the nearest level that says it counts, and answers to allowed calls say what it says (RFC 9745, RFC 8594, RFC 5829). */
import type { HeaderField, Outcome } from "../../runtime/contract/gateway.ts";
import type { Scope, Transform } from "../model/program.ts";
import { besides } from "./besides.ts";

/** A level's own statements, and the fields that its `deprecated` comes to where it counts. */
export function transformsOf(level: Scope, levels: readonly Scope[]): readonly Transform[] {
  const nearest = levels.filter(({ deprecation }) => deprecation).at(-1);
  if (nearest !== level || !level.deprecation) return level.transforms;
  const { since, sunset, span } = level.deprecation;
  const says = (name: string, value: string): Transform => ({
    kind: "setHeader",
    on: "response",
    name,
    value: { op: "const", value, type: { kind: "string" }, span },
    span,
  });
  const fields = [says("deprecation", `@${Math.floor(since / 1000)}`)];
  if (sunset !== undefined) fields.push(says("sunset", new Date(sunset).toUTCString()));
  return [...level.transforms, ...fields];
}

/** Of an allowed call. */
export function withDeprecation(levels: readonly Scope[], outcome: Outcome): Outcome {
  const deprecation = levels.flatMap((level) => level.deprecation ?? []).at(-1);
  if (!deprecation) return outcome;
  const { decision, answer } = outcome;
  const relations = { deprecation: deprecation.see, "successor-version": deprecation.successor };
  const links = Object.entries(relations).flatMap(([relation, target]): readonly HeaderField[] =>
    target === undefined ? [] : [["link", `<${target}>; rel="${relation}"`]],
  );
  return { ...outcome, decision: { ...decision, isDeprecated: true }, answer: besides(answer, links) };
}
