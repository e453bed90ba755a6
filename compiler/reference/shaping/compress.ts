/** Which coding an answer may have (D227): one that the client takes, on a route that says so, and not in what is answered to somebody. */
import type { Answer, ContentCoding, Outcome } from "../../../runtime/contract/gateway.ts";
import type { BoundProgram } from "../bound-program.ts";
import { lowerAscii, pairsOf, trimBlanks } from "../fields.ts";

export function withCompression({ routes, gateway }: BoundProgram, rawHeaders: readonly string[], outcome: Outcome): Outcome {
  const { decision, answer } = outcome;
  const placed = routes.find(({ route }) => route.key === decision.route);
  const said = (placed ? placed.levels : [gateway]).flatMap(({ compress }) => compress ?? []).at(-1);
  if (said === undefined || said === "none" || !isPacked(answer)) return outcome;
  const named = (name: string): readonly string[] =>
    pairsOf(rawHeaders)
      .filter(([field]) => lowerAscii(field) === name)
      .map(([, value]) => value);
  const isPersonal = decision.principal !== undefined || [...named("cookie"), ...named("authorization")].length > 0;
  const weigh = weights(named("accept-encoding"));
  const [best] = said.codings.toSorted((left, right) => weigh(right) - weigh(left));
  const may = best !== undefined && weigh(best) > 0 && answer.method !== "HEAD" && (said.isPersonal || !isPersonal);
  const addedHeaders = [...(answer.addedHeaders ?? []), ["vary", "Accept-Encoding"] as const];
  return { ...outcome, answer: { ...answer, addedHeaders, ...(may && { compress: { coding: best, above: said.above } }) } };
}

function isPacked(answer: Answer): answer is Extract<Answer, { kind: "forward" | "compose" }> {
  return answer.kind === "forward" || answer.kind === "compose";
}

/** What stands last about a coding counts; `*` speaks for those that are not named. */
function weights(fields: readonly string[]): (coding: ContentCoding) => number {
  const said = fields
    .flatMap((field) => field.split(","))
    .map((part) => part.split(";").map(trimBlanks))
    .flatMap(([name = "", ...parameters]) => {
      const [, weight = "1"] = parameters.map((parameter) => /^q=(.*)$/i.exec(parameter)).find((found) => found) ?? [];
      return name !== "" && /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(weight)
        ? [{ name: lowerAscii(name), weight: Number(weight) }]
        : [];
    });
  const of = (wanted: string): number | undefined => said.findLast(({ name }) => name === wanted)?.weight;
  return (coding) => of(coding) ?? of("*") ?? 0;
}
